import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { TenantId } from '../events/ids.ts';
import { open, seal, withoutPrefix } from './aes-gcm.ts';
import { CiphertextUnreadable } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import { randomBytes } from './random.ts';

/** Which idempotency record a response belongs to. */
export type RecordPlace = { readonly tenant: TenantId; readonly scope: string; readonly key: string };

/** Encrypts stored responses that hold tokens. */
export type StoredResponses = {
  /** @returns `sr1.<master key id>.<salt>.<sealed>`, bound to the record */
  readonly encrypt: (place: RecordPlace, response: string) => string;
  /** @returns the very same text
   *  @throws CiphertextUnreadable when it was changed, belongs to another record, or its master key is gone */
  readonly decrypt: (place: RecordPlace, stored: string) => string;
};

const prefix = 'sr1.';
const placeOf = ({ tenant, scope, key }: RecordPlace) => ['stored response', tenant, scope, key];

/** Whether a stored response is encrypted. A JSON body never looks like this. */
export const isEncryptedResponse = (stored: string): boolean => stored.startsWith(prefix);

/** Codec of stored responses. Each is encrypted with a key of its own, derived from the master key and a random salt:
 *  one key with random IVs would be worn out by 2^32 responses.
 *  @param now ms since 1970 */
export function createStoredResponses(ring: KeyRing, now: () => number): StoredResponses {
  const baseKeys = new WeakMap<KeyObject, Buffer>();
  const keyOf = (master: KeyObject, salt: string): KeyObject => {
    let base = baseKeys.get(master);
    if (!base) {
      base = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), 'sandai stored responses 1', 32));
      baseKeys.set(master, base);
    }
    return createSecretKey(createHmac('sha256', base).update(salt).digest());
  };
  return {
    encrypt(place, response) {
      const master = ring.wrappingKey(now());
      const salt = randomBytes(16).toString('base64url');
      return `${prefix}${master.id}.${salt}.${seal(keyOf(master.key, salt), placeOf(place), Buffer.from(response, 'utf8'))}`;
    },
    decrypt(place, stored) {
      const [id = '', salt = '', sealed = ''] = withoutPrefix(prefix, stored).split('.');
      const master = ring.masterKey(id);
      if (!master) throw new CiphertextUnreadable(`master key ${id} of a stored response is not in the key ring`);
      return open(keyOf(master.key, salt), placeOf(place), sealed).toString('utf8');
    },
  };
}
