import { readFileSync } from 'node:fs';
import { KeysError } from './errors.ts';
import { generateKeys, type KeyName, keyGuide, keyNames, keyShapes, type StoredKeys } from './key-material.ts';
import { type Keys, openKeys } from './keys.ts';
import { createKeysFile, exposedKeysFile, readKeysFile } from './keys-file.ts';

/** Every environment variable that {@link loadKeys} reads. */
export const keyVariables: readonly string[] = keyNames.flatMap((name) => [
  keyGuide[name].env,
  `${keyGuide[name].env}_FILE`,
]);

/** @property file        the keys file, see `keysFilePath`
 *  @property env         environment; a key there beats the file
 *  @property mayGenerate make the missing keys when there is no keys file yet. False with a database of someone else,
 *                        and where a database already stands: fresh keys could not read what it holds. */
export type LoadKeysOptions = {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly mayGenerate: boolean;
  readonly now: () => Date;
};

/** @property fromEnvironment the keys that a change of the file does not reach
 *  @property created  a keys file was made by this call
 *  @property warnings one line each, for the operator */
export type LoadedKeys = {
  readonly keys: Keys;
  readonly fromEnvironment: ReadonlySet<KeyName>;
  readonly created: boolean;
  readonly warnings: readonly string[];
};

/** Loads all keys: environment before file, generated on the first start if that is allowed.
 *  @throws KeysError with every problem at once, and how to solve them */
export function loadKeys({ file, env, mayGenerate, now }: LoadKeysOptions): LoadedKeys {
  const problems: string[] = [];
  const overrides = readOverrides(env, problems);
  let stored = readKeysFile(file);
  let created = false;
  if (stored === null && mayGenerate && problems.length === 0) {
    const wanted = keyNames.filter((name) => !(name in overrides));
    created = createKeysFile(file, generateKeys(wanted, now()));
    stored = readKeysFile(file);
  }
  const complete = requireAll({ ...stored, ...overrides }, problems, file);
  const exposed = stored === null ? null : exposedKeysFile(file);
  return {
    keys: openKeys(complete),
    fromEnvironment: new Set(keyNames.filter((name) => name in overrides)),
    created,
    warnings: exposed ? [exposed] : [],
  };
}

function requireAll(found: Partial<StoredKeys>, problems: readonly string[], file: string): StoredKeys {
  const missing = keyNames.filter(
    (name) => !(name in found) && !problems.some((line) => line.includes(keyGuide[name].env)),
  );
  if (missing.length === 0 && problems.length === 0) return found as StoredKeys;
  const missingLines = missing.map((name) => `${name} is missing (${keyGuide[name].env}): ${keyGuide[name].purpose}`);
  const advice = `\`npx sandai keys generate\` adds missing keys to ${file}; give every process of one database the same keys.`;
  throw new KeysError([...problems, ...missingLines], missing.length > 0 ? advice : '');
}

function readOverrides(env: NodeJS.ProcessEnv, problems: string[]): Partial<StoredKeys> {
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

/** `id:secret,id:secret`, the first signs or wraps; other keys are plain text. */
function fromText(name: KeyName, text: string): unknown {
  if (name !== 'jwtKeys' && name !== 'masterKeys') return text;
  return text.split(',').map((entry) => {
    const [id, secret] = entry.trim().split(':', 2);
    return name === 'jwtKeys' ? { kid: id, secret } : { id, key: secret };
  });
}
