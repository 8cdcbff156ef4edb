import { readFileSync } from 'node:fs';
import { type KeyName, keyGuide, keyNames, keyShapes, type StoredKeys } from './key-material.ts';

/** Keys that the environment gives, inline or by naming a file.
 *  @param problems what is wrong is added here; such a key is left out */
export function readOverrides(env: NodeJS.ProcessEnv, problems: string[]): Partial<StoredKeys> {
  const overrides: Partial<Record<KeyName, unknown>> = {};
  for (const name of keyNames) {
    const text = overrideText(keyGuide[name].env, env, problems);
    if (text === undefined) continue;
    take(name, fromText(name, text), keyGuide[name].env, overrides, problems);
  }
  return overrides as Partial<StoredKeys>;
}

/** Keys out of an object that has them under their names, as JSON or as text in the form of their environment variables.
 *  @param source   where they come from, for messages
 *  @param problems what is wrong is added here; such a key is left out */
export function parseKeys(
  values: Readonly<Record<string, unknown>>,
  source: string,
  problems: string[],
): Partial<StoredKeys> {
  const keys: Partial<Record<KeyName, unknown>> = {};
  for (const name of keyNames) {
    const value = values[name];
    const isLeftOut = value === null && !keyShapes[name].safeParse(null).success;
    if (value === undefined || value === '' || isLeftOut) continue;
    take(name, typeof value === 'string' ? fromJsonOrText(name, value) : value, `${source} ${name}`, keys, problems);
  }
  return keys as Partial<StoredKeys>;
}

function take(
  name: KeyName,
  value: unknown,
  source: string,
  keys: Partial<Record<KeyName, unknown>>,
  problems: string[],
): void {
  const parsed = keyShapes[name].safeParse(value);
  if (parsed.success) keys[name] = parsed.data;
  else
    problems.push(...parsed.error.issues.map(({ path, message }) => [source, ...path.map(named), message].join(' ')));
}

const named = (part: PropertyKey): string => (typeof part === 'number' ? `entry ${part + 1}` : String(part));

function fromJsonOrText(name: KeyName, text: string): unknown {
  if (!text.startsWith('[')) return fromText(name, text);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function overrideText(variable: string, env: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const inline = env[variable];
  const path = env[`${variable}_FILE`];
  if (inline && path) problems.push(`${variable} and ${variable}_FILE are both set: keep one`);
  if (inline || !path) return inline || undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    problems.push(
      `${variable}_FILE names ${path}, which cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`,
    );
    return undefined;
  }
}

/** `id:secret,id:secret`, the first signs or wraps; `tenant/bot:secret:token,…` for bots, the token left out where there is
 *  none; `tenant:secret,…` for payment service providers; other keys are plain text. */
function fromText(name: KeyName, text: string): unknown {
  if (name === 'telegramBots')
    return text.split(',').map((entry) => {
      const [, tenant, bot, secret, token] = /^([^:/]*)\/?([^:]*):([^:]*):?(.*)$/.exec(entry.trim()) ?? [];
      return { tenant, bot: bot || 'main', secret, ...(token && { token }) };
    });
  if (name === 'pspSecrets')
    return text.split(',').map((entry) => {
      const [tenant, secret] = parted(entry);
      return { tenant, secret };
    });
  if (name !== 'jwtKeys' && name !== 'masterKeys') return text;
  return text.split(',').map((entry) => {
    const [id, secret] = parted(entry);
    return name === 'jwtKeys' ? { kid: id, secret } : { id, key: secret };
  });
}

/** What stands before the first colon, and all that stands behind it: nothing of a secret is cut off. */
function parted(entry: string): readonly [string, string] {
  const [, name = '', secret = ''] = /^([^:]*):?(.*)$/s.exec(entry.trim()) ?? [];
  return [name, secret];
}
