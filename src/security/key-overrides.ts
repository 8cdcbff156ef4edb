import { readFileSync } from 'node:fs';
import { type KeyName, keyGuide, keyNames, keyShapes, type StoredKeys } from './key-material.ts';

/** Keys that the environment gives, inline or by naming a file.
 *  @param problems what is wrong is added here; such a key is left out */
export function readOverrides(env: NodeJS.ProcessEnv, problems: string[]): Partial<StoredKeys> {
  const overrides: Partial<Record<KeyName, unknown>> = {};
  for (const name of keyNames) {
    const text = overrideText(keyGuide[name].env, env, problems);
    if (text === undefined) continue;
    const parsed = keyShapes[name].safeParse(fromText(name, text));
    if (parsed.success) overrides[name] = parsed.data;
    else
      problems.push(
        ...parsed.error.issues.map(({ path, message }) => [keyGuide[name].env, ...path, message].join(' ')),
      );
  }
  return overrides as Partial<StoredKeys>;
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
 *  none; other keys are plain text. */
function fromText(name: KeyName, text: string): unknown {
  if (name === 'telegramBots')
    return text.split(',').map((entry) => {
      const [, tenant, bot, secret, token] = /^([^:/]*)\/?([^:]*):([^:]*):?(.*)$/.exec(entry.trim()) ?? [];
      return { tenant, bot: bot || 'main', secret, ...(token && { token }) };
    });
  if (name !== 'jwtKeys' && name !== 'masterKeys') return text;
  return text.split(',').map((entry) => {
    const [id, secret] = entry.trim().split(':', 2);
    return name === 'jwtKeys' ? { kid: id, secret } : { id, key: secret };
  });
}
