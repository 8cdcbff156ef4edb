import { KeysError } from './errors.ts';
import {
  type KeyName,
  keyGuide,
  newJwtKey,
  newMasterKey,
  newNakamaSessionKey,
  type StoredJwtKey,
  type StoredKeys,
} from './key-material.ts';
import { maxTokenLifeS } from './keys.ts';

/** Time between making a key and its first use, in ms: every running process has read the file again by then, so that
 *  none meets a token or a wrapped key that it cannot open. */
export const activationDelayMs = 60_000;

/** @property compromised the old keys stop verifying at once (everyone signs in again), the new one signs at once */
export type JwtRotation = { readonly now: Date; readonly compromised?: boolean };

/** A change of the stored keys that adds a new JWT key; older ones verify until the tokens they signed have expired,
 *  those whose tokens have all expired are dropped. */
export const rotateJwtKeys =
  ({ now, compromised = false }: JwtRotation) =>
  (keys: Partial<StoredKeys>): Partial<StoredKeys> => {
    const fresh = newJwtKey(now);
    if (compromised) return { ...keys, jwtKeys: [fresh] };
    const activeFrom = new Date(now.getTime() + activationDelayMs).toISOString();
    const retire = (key: StoredJwtKey): StoredJwtKey => ({ ...key, retiredAt: key.retiredAt ?? activeFrom });
    const alive = ({ retiredAt }: StoredJwtKey) => Date.parse(retiredAt!) + maxTokenLifeS * 1000 > now.getTime();
    const older = inFile(keys, 'jwtKeys').map(retire).filter(alive);
    return { ...keys, jwtKeys: [{ ...fresh, activeFrom }, ...older] };
  };

/** A change of the stored keys that adds a new master key for new wraps. Older ones stay for ever: backups need them. */
export const rotateMasterKey =
  (now: Date) =>
  (keys: Partial<StoredKeys>): Partial<StoredKeys> => {
    const activeFrom = new Date(now.getTime() + activationDelayMs).toISOString();
    return { ...keys, masterKeys: [{ ...newMasterKey(now), activeFrom }, ...inFile(keys, 'masterKeys')] };
  };

/** A change of the stored keys that replaces the Nakama session key; Nakama must be given the same one. */
export const rotateNakamaSessionKey = (keys: Partial<StoredKeys>): Partial<StoredKeys> => {
  inFile(keys, 'nakamaSessionKey');
  return { ...keys, nakamaSessionKey: newNakamaSessionKey() };
};

function inFile<Name extends KeyName>(keys: Partial<StoredKeys>, name: Name): StoredKeys[Name] {
  const value = keys[name];
  if (value === undefined) {
    throw new KeysError([`${name} is not in the keys file: where ${keyGuide[name].env} sets it, rotate it there`]);
  }
  return value as StoredKeys[Name];
}
