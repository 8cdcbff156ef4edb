import type { PlayerId, SessionId, TenantId } from '../../src/events/ids.ts';
import { generateKeys, keyNames, type StoredKeys } from '../../src/security/key-material.ts';
import { type KeyRing, openKeyRing } from '../../src/security/key-ring.ts';
import { openKeys } from '../../src/security/keys.ts';

export const start = new Date('2026-03-01T12:00:00.000Z');
export const acme = 'acme' as TenantId;
export const other = 'other' as TenantId;
export const ann = '3f1f3a52-0f0e-4c39-9d0c-0d7f6c5b4a39' as PlayerId;
export const bob = '8a4f9f0e-50f5-4f0d-8f0a-0f4e6a7b1c2d' as PlayerId;
export const session = '1c0a7f5e-6f7d-4a55-8b7e-2f6f3f0f9b11' as SessionId;

export const freshKeys = (): StoredKeys => generateKeys(keyNames, start) as StoredKeys;

/** A clock that stands still until it is moved. */
export function clockAt(date: Date) {
  let nowMs = date.getTime();
  return {
    now: () => nowMs,
    advance(ms: number) {
      nowMs += ms;
    },
  };
}

/** A ring whose stored keys a test can replace before `reload`. */
export function ringOf(
  stored: StoredKeys = freshKeys(),
): KeyRing & { replace(change: (keys: StoredKeys) => Partial<StoredKeys>): void } {
  let current = stored;
  const ring = openKeyRing(() => openKeys(current));
  return {
    ...ring,
    replace(change) {
      current = change(current) as StoredKeys;
      ring.reload();
    },
  };
}
