import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { CiphertextUnreadable } from './errors.ts';
import { randomBytes } from './random.ts';

const ivBytes = 12;
const tagBytes = 16;

/** Binds a ciphertext to its place: parts are joined so that no two lists of parts give the same bytes. */
const boundTo = (parts: readonly string[]): Buffer => Buffer.from(JSON.stringify(parts), 'utf8');

/** AES-256-GCM with a random IV.
 *  @param key   32 bytes
 *  @param place what the ciphertext belongs to; opening needs the same parts
 *  @returns base64url of iv (12 bytes), ciphertext, tag (16 bytes) */
export function seal(key: KeyObject, place: readonly string[], plaintext: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(place));
  const body = cipher.update(plaintext);
  return Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Opens what {@link seal} made.
 *  @throws CiphertextUnreadable for another key, another place or a changed text */
export function open(key: KeyObject, place: readonly string[], sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(boundTo(place)).setAuthTag(bytes.subarray(bytes.length - tagBytes));
    const body = decipher.update(bytes.subarray(ivBytes, -tagBytes));
    return Buffer.concat([body, decipher.final()]);
  } catch (cause) {
    throw new CiphertextUnreadable('a ciphertext does not belong here or was changed', { cause });
  }
}

/** Takes the version prefix off an encrypted text.
 *  @throws CiphertextUnreadable when it is not there */
export function withoutPrefix(prefix: string, text: string): string {
  if (!text.startsWith(prefix)) throw new CiphertextUnreadable(`an encrypted text does not start with ${prefix}`);
  return text.slice(prefix.length);
}
