import type { KeyObject } from 'node:crypto';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { PersonalDataErased } from '../ports/personal-data.ts';
import { open, seal, withoutPrefix } from './aes-gcm.ts';
import {
  type DataKeyId,
  type DataKeyRow,
  newDataKey,
  unwrapDataKey,
  type WrappedDataKey,
  wrapDataKey,
} from './data-key.ts';
import type { KeyRing } from './key-ring.ts';
import { createTtlCache } from './ttl-cache.ts';

/** Loads rows of `data_keys`, tombstones included; players without a row are left out. */
export type LoadDataKeys = (ids: readonly DataKeyId[]) => Promise<readonly DataKeyRow[]>;

/** @property newKey  null, or a key that the caller must insert in the same append as the ciphertexts. When the append
 *                    fails with DataKeyExists, ask for a writer again and encrypt anew.
 *  @property encrypt gives `pd1.` and base64url text, bound to tenant, player and field */
export type PersonalDataWriter = {
  readonly newKey: WrappedDataKey | null;
  readonly encrypt: (field: string, text: string) => string;
};

/** A stored personal value. @property ciphertext null = never set */
export type EncryptedValue = DataKeyId & { readonly field: string; readonly ciphertext: string | null };

export type PersonalData = {
  /** @throws PersonalDataErased when this player's data key was deleted */
  readonly forWriting: (tenant: TenantId, playerId: PlayerId) => Promise<PersonalDataWriter>;
  /** As `forWriting`, without looking whether the player has a key: for an account that is being made. The append fails
   *  with DataKeyExists when it has one after all. */
  readonly forNewPlayer: (tenant: TenantId, playerId: PlayerId) => PersonalDataWriter;
  /** Decrypts a page of values with at most one load of keys.
   *  @returns in the order given; null where the value is null or the player's key was erased
   *  @throws CiphertextUnreadable when a value was changed or stands in the place of another */
  readonly decryptMany: (values: readonly EncryptedValue[]) => Promise<readonly (string | null)[]>;
  /** As `decryptMany`, for one value. */
  readonly decrypt: (value: EncryptedValue) => Promise<string | null>;
  /** Forgets a key at once; called when `PersonalDataErased` is seen. */
  readonly invalidate: (tenant: TenantId, playerId: PlayerId) => void;
};

/** @property now     ms since 1970
 *  @property ttlMs   how long a key is used without loading it again, at most 60 s
 *  @property maxKeys keys kept in memory */
export type PersonalDataOptions = {
  readonly ring: KeyRing;
  readonly loadDataKeys: LoadDataKeys;
  readonly now: () => number;
  readonly ttlMs?: number;
  readonly maxKeys?: number;
};

const prefix = 'pd1.';
const cacheKey = ({ tenant, playerId }: DataKeyId): string => `${tenant}/${playerId}`;
const placeOf = ({ tenant, playerId }: DataKeyId, field: string) => ['personal data', tenant, playerId, field];

/** The one place that encrypts and decrypts personal data: AES-256-GCM with a data key per player. Deleting that key
 *  makes everything written with it unreadable, wherever it was copied to. */
export function createPersonalData(options: PersonalDataOptions): PersonalData {
  const { ring, loadDataKeys, now, ttlMs = 60_000, maxKeys = 10_000 } = options;
  const cache = createTtlCache<KeyObject | 'erased'>({ ttlMs, maxEntries: maxKeys, keepAbsent: false, now });

  const keysOf = (ids: readonly DataKeyId[]) => {
    const idOf = new Map(ids.map((id) => [cacheKey(id), id]));
    return cache.getMany([...ids.map(cacheKey)], async (missing) => {
      const rows = await loadDataKeys(missing.map((key) => idOf.get(key)!));
      return new Map(rows.map((row) => [cacheKey(row), openRow(ring, row)]));
    });
  };
  const decryptMany = async (values: readonly EncryptedValue[]) => {
    const keys = await keysOf(values.filter(({ ciphertext }) => ciphertext !== null));
    let next = 0;
    return values.map((value) => {
      if (value.ciphertext === null) return null;
      const key = keys[next++];
      if (key === undefined || key === 'erased') return null;
      return open(key, placeOf(value, value.field), withoutPrefix(prefix, value.ciphertext)).toString('utf8');
    });
  };

  const writer = (id: DataKeyId, stored: KeyObject | undefined): PersonalDataWriter => {
    const key = stored ?? newDataKey();
    return {
      newKey: stored ? null : wrapDataKey(ring.wrappingKey(now()), id, key),
      encrypt: (field, text) => prefix + seal(key, placeOf(id, field), Buffer.from(text, 'utf8')),
    };
  };

  return {
    async forWriting(tenant, playerId) {
      const id = { tenant, playerId };
      const [stored] = await keysOf([id]);
      if (stored === 'erased') throw new PersonalDataErased(tenant, playerId);
      return writer(id, stored);
    },
    forNewPlayer: (tenant, playerId) => writer({ tenant, playerId }, undefined),
    decryptMany,
    decrypt: async (value) => (await decryptMany([value]))[0] ?? null,
    invalidate: (tenant, playerId) => cache.forget(cacheKey({ tenant, playerId })),
  };
}

const openRow = (ring: KeyRing, { wrappedKey, kekId, ...id }: DataKeyRow): KeyObject | 'erased' =>
  wrappedKey === null || kekId === null ? 'erased' : unwrapDataKey(ring, { ...id, wrappedKey, kekId });
