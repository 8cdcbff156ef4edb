import { KeysError } from './errors.ts';
import { generateKeys, type KeyName, keyNames } from './key-material.ts';
import { readOverrides } from './key-overrides.ts';
import { createKeysFile, readKeysFile, updateKeysFile } from './keys-file.ts';

/** Makes each key that neither the environment nor the file has, and adds it to the file; what is there stays.
 *  @returns names of the keys made
 *  @throws KeysError when the environment or the file is wrong */
export function generateMissingKeys(file: string, env: NodeJS.ProcessEnv, now: Date): readonly KeyName[] {
  const problems: string[] = [];
  const overrides = readOverrides(env, problems);
  if (problems.length > 0) throw new KeysError(problems);
  const missingFrom = (keys: object) => keyNames.filter((name) => !(name in keys) && !(name in overrides));
  const all = missingFrom({});
  if (readKeysFile(file) === null && createKeysFile(file, generateKeys(all, now))) return all;
  let missing: readonly KeyName[] = [];
  updateKeysFile(file, (keys) => {
    missing = missingFrom(keys);
    return { ...keys, ...generateKeys(missing, now) };
  });
  return missing;
}
