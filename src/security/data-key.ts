import { createSecretKey, type KeyObject } from 'node:crypto';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { open, seal, withoutPrefix } from './aes-gcm.ts';
import { CiphertextUnreadable } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import type { MasterKey } from './keys.ts';
import { randomBytes } from './random.ts';

/** Whose data key. */
export type DataKeyId = { readonly tenant: TenantId; readonly playerId: PlayerId };

/** A data key as stored: wrapped by the master key `kekId`. */
export type WrappedDataKey = DataKeyId & { readonly wrappedKey: string; readonly kekId: string };

/** A row of `data_keys`; null = erased, a tombstone. */
export type DataKeyRow = DataKeyId & { readonly wrappedKey: string | null; readonly kekId: string | null };

const prefix = 'dk1.';
const placeOf = ({ tenant, playerId }: DataKeyId): readonly string[] => ['data key', tenant, playerId];

/** Makes a player's data key: 32 random bytes. */
export const newDataKey = (): KeyObject => createSecretKey(randomBytes(32));

/** Wraps a data key with a master key, AES-256-GCM, bound to the player. */
export const wrapDataKey = (master: MasterKey, id: DataKeyId, dataKey: KeyObject): WrappedDataKey => ({
  ...id,
  wrappedKey: prefix + seal(master.key, placeOf(id), dataKey.export()),
  kekId: master.id,
});

/** Unwraps a data key.
 *  @throws CiphertextUnreadable when its master key is not in the ring, or the row was changed */
export function unwrapDataKey(ring: KeyRing, wrapped: WrappedDataKey): KeyObject {
  const master = ring.masterKey(wrapped.kekId);
  if (!master) {
    const problem = `master key ${wrapped.kekId} is not in the key ring: add it to the keys file or SANDAI_MASTER_KEYS`;
    throw new CiphertextUnreadable(problem);
  }
  return createSecretKey(open(master.key, placeOf(wrapped), withoutPrefix(prefix, wrapped.wrappedKey)));
}
