import { createHash } from 'node:crypto';
import { KeysError } from './errors.ts';
import {
  generateKeys,
  type KeyName,
  keyGuide,
  keyNames,
  keysLeftOut,
  newTestStoreKey,
  type StoredKeys,
} from './key-material.ts';
import { readOverrides } from './key-overrides.ts';
import { type Keys, openKeys } from './keys.ts';
import { createKeysFile, exposedKeysFile, readKeysFile } from './keys-file.ts';

/** @property file        the keys file, see `keysFilePath`
 *  @property env         environment; a key there beats all others
 *  @property vault       keys read from Vault, which beat the file; none when left out
 *  @property mayGenerate make the missing keys when there is no keys file yet. False with a database of someone else,
 *                        and where a database already stands: fresh keys could not read what it holds. */
export type LoadKeysOptions = {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly vault?: Partial<StoredKeys>;
  readonly mayGenerate: boolean;
  readonly now: () => Date;
};

/** @property fromEnvironment, fromVault the keys that a change of the file does not reach
 *  @property digests  tell whether a key is the one of another load
 *  @property created  a keys file was made by this call
 *  @property warnings one line each, for the operator */
export type LoadedKeys = {
  readonly keys: Keys;
  readonly fromEnvironment: ReadonlySet<KeyName>;
  readonly fromVault: ReadonlySet<KeyName>;
  readonly digests: ReadonlyMap<KeyName, string>;
  readonly created: boolean;
  readonly warnings: readonly string[];
};

/** Loads all keys: environment before Vault before file, generated on the first start if that is allowed.
 *  @throws KeysError with every problem at once, and how to solve them */
export function loadKeys({ file, env, vault = {}, mayGenerate, now }: LoadKeysOptions): LoadedKeys {
  const problems: string[] = [];
  const overrides = readOverrides(env, problems);
  let stored = readKeysFile(file);
  let created = false;
  if (stored === null && mayGenerate && problems.length === 0) {
    const wanted = keyNames.filter((name) => !(name in overrides) && !(name in vault));
    const testStoreKey = wanted.includes('testStoreKey') ? { testStoreKey: newTestStoreKey() } : {};
    created = createKeysFile(file, { ...generateKeys(wanted, now()), ...testStoreKey });
    stored = readKeysFile(file);
  }
  const complete = requireAll({ ...keysLeftOut, ...stored, ...vault, ...overrides }, problems, file);
  const exposed = stored === null ? null : exposedKeysFile(file);
  return {
    keys: openKeys(complete),
    fromEnvironment: new Set(keyNames.filter((name) => name in overrides)),
    fromVault: new Set(keyNames.filter((name) => name in vault && !(name in overrides))),
    digests: new Map(keyNames.map((name) => [name, digestOf(complete[name])])),
    created,
    warnings: exposed ? [exposed] : [],
  };
}

const digestOf = (key: StoredKeys[KeyName]): string =>
  createHash('sha256').update(JSON.stringify(key)).digest('base64');

function requireAll(found: Partial<StoredKeys>, problems: readonly string[], file: string): StoredKeys {
  const missing = keyNames.filter(
    (name) => !(name in found) && !problems.some((line) => line.includes(keyGuide[name].env)),
  );
  if (missing.length === 0 && problems.length === 0) return found as StoredKeys;
  const missingLines = missing.map((name) => `${name} is missing (${keyGuide[name].env}): ${keyGuide[name].purpose}`);
  const advice = `\`npx sandai keys generate\` adds them to ${file}. Is the database in use already? Then bring the keys it was used with.`;
  throw new KeysError([...problems, ...missingLines], missing.length > 0 ? advice : '');
}
