import { expect, test } from 'vitest';
import { KeysError } from '../../src/security/errors.ts';
import { maxTokenLifeS } from '../../src/security/keys.ts';
import {
  activationDelayMs,
  rotateJwtKeys,
  rotateMasterKey,
  rotateNakamaSessionKey,
} from '../../src/security/rotate-keys.ts';
import { freshKeys, ringOf, start } from './support.ts';

const nowMs = start.getTime();
const activeMs = nowMs + activationDelayMs;
const at = (ms: number) => new Date(ms);

test('a rotated JWT key signs only after every process has had time to read it', () => {
  const ring = ringOf();
  const old = ring.signingKey(nowMs).kid;
  ring.replace(rotateJwtKeys({ now: start }));
  expect(ring.signingKey(activeMs - 1).kid).toBe(old);
  expect(ring.signingKey(activeMs).kid).not.toBe(old);
  expect(ring.verifyingKey(ring.signingKey(activeMs).kid, nowMs)).toBeDefined();
});

test('a retired JWT key verifies until the last token it signed has expired, then it is dropped', () => {
  const ring = ringOf();
  const old = ring.signingKey(nowMs).kid;
  ring.replace(rotateJwtKeys({ now: start }));
  const deadMs = activeMs + maxTokenLifeS * 1000;
  expect(ring.verifyingKey(old, deadMs - 1)).toBeDefined();
  expect(ring.verifyingKey(old, deadMs)).toBeUndefined();
  ring.replace(rotateJwtKeys({ now: at(deadMs - 1) }));
  expect(ring.keys().jwt).toHaveLength(3);
  ring.replace(rotateJwtKeys({ now: at(deadMs) }));
  expect(ring.keys().jwt.map(({ kid }) => kid)).not.toContain(old);
});

test('a compromised JWT key stops counting at once', () => {
  const ring = ringOf();
  const old = ring.signingKey(nowMs).kid;
  ring.replace(rotateJwtKeys({ now: start, compromised: true }));
  expect(ring.verifyingKey(old, nowMs)).toBeUndefined();
  expect(ring.signingKey(nowMs).kid).not.toBe(old);
});

test('a new master key wraps after its delay and every older one stays', () => {
  const ring = ringOf();
  const old = ring.wrappingKey(nowMs).id;
  ring.replace(rotateMasterKey(start));
  expect(ring.wrappingKey(activeMs - 1).id).toBe(old);
  expect(ring.wrappingKey(activeMs).id).not.toBe(old);
  expect(ring.masterKey(old)).toBeDefined();
});

test('a key that is not in the file cannot be rotated there', () => {
  const { nakamaSessionKey: _key, ...rest } = freshKeys();
  expect(() => rotateNakamaSessionKey(rest)).toThrow(/SANDAI_NAKAMA_SESSION_KEY/);
  expect(rotateNakamaSessionKey(freshKeys()).nakamaSessionKey).toMatch(/^[\w-]{43}$/);
});

test('a reload keeps the old keys when the new ones are another pepper or lack a master key', () => {
  const ring = ringOf();
  const before = ring.keys();
  expect(() => ring.replace((keys) => ({ ...keys, pepper: freshKeys().pepper }))).toThrow(KeysError);
  expect(() => ring.replace((keys) => ({ ...keys, masterKeys: freshKeys().masterKeys }))).toThrow(KeysError);
  expect(ring.keys()).toBe(before);
  expect(ring.generation()).toBe(1);
});
