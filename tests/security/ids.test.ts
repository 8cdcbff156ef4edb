import fc from 'fast-check';
import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { deviceHmac, playerIdOf } from '../../src/security/device-id.ts';
import { hashId } from '../../src/security/log-hash.ts';
import {
  hashRefreshToken,
  isRefreshToken,
  newRefreshToken,
  parseRefreshToken,
} from '../../src/security/refresh-token.ts';
import { acme, other, ringOf, session } from './support.ts';

const keys = ringOf().keys();
const strangerKeys = ringOf().keys();

test('a refresh token leads to its session and is known by its hash', () => {
  const token = newRefreshToken(session);
  expect(parseRefreshToken(token)).toEqual({ sessionId: session });
  const stored = hashRefreshToken(keys.refresh, token);
  expect(stored).toMatch(/^[\w-]{43}$/);
  expect(isRefreshToken(keys.refresh, token, stored)).toBe(true);
  expect(isRefreshToken(keys.refresh, newRefreshToken(session), stored)).toBe(false);
  expect(isRefreshToken(strangerKeys.refresh, token, stored)).toBe(false);
  expect(isRefreshToken(keys.refresh, token, '')).toBe(false);
});

test('text of another form is no refresh token', () => {
  const token = newRefreshToken(session);
  for (const text of [
    '',
    session,
    `${token}A`,
    token.slice(0, -1),
    ` ${token}`,
    `${token}\n`,
    token.replace('.', ''),
  ]) {
    expect(parseRefreshToken(text)).toBeNull();
  }
});

test('a device has one pseudonym per tenant and pepper', () => {
  const hmac = deviceHmac(keys.pepper, acme, 'device-0001');
  expect(hmac).toMatch(/^[0-9a-f]{64}$/);
  expect(deviceHmac(keys.pepper, acme, 'device-0001')).toBe(hmac);
  expect(deviceHmac(keys.pepper, acme, 'device-0002')).not.toBe(hmac);
  expect(deviceHmac(keys.pepper, other, 'device-0001')).not.toBe(hmac);
  expect(deviceHmac(strangerKeys.pepper, acme, 'device-0001')).not.toBe(hmac);
});

test('a player id is a UUID that follows from tenant, device and generation alone', () => {
  const device = 'ab'.repeat(32) as ReturnType<typeof deviceHmac>;
  // fixed for ever: stored player ids depend on it
  expect(playerIdOf(acme, device, 0)).toBe('1c64c0a7-21ee-52e2-a3d0-309bef70f746');
  expect(version(playerIdOf(acme, device, 0))).toBe(5);
  const ids = [playerIdOf(acme, device, 0), playerIdOf(acme, device, 1), playerIdOf(other, device, 0)];
  expect(ids.every((id) => validate(id))).toBe(true);
  expect(new Set(ids).size).toBe(3);
});

test('a logged id is 12 characters that depend on the key', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      const hash = hashId(keys.logHash, id);
      expect(hash).toMatch(/^[\w-]{12}$/);
      expect(hashId(keys.logHash, id)).toBe(hash);
      expect(hashId(strangerKeys.logHash, id)).not.toBe(hash);
    }),
  );
});
