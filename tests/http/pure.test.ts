import fc from 'fast-check';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, test } from 'vitest';
import { countWebhook } from '../../src/http/access.ts';
import { clientNetwork, isLoopback } from '../../src/http/client-address.ts';
import { canonicalJson, fingerprint } from '../../src/http/fingerprint.ts';
import { parseKeyHeader } from '../../src/http/idempotency-key.ts';
import { encodePosition, parseWaitFor } from '../../src/http/position.ts';
import { createRateLimiter, type RateLimiter } from '../../src/http/rate-limit.ts';

describe('canonical JSON', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, child]) => [key, shuffled(child)]),
    );
  };

  test('is the same for every order of keys, and parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(shuffled(parsed))).toBe(canonicalJson(parsed));
        expect(JSON.parse(canonicalJson(parsed))).toEqual(parsed);
      }),
    );
  });

  test('different values have different fingerprints, the idempotency key does not count', () => {
    const of = (body: unknown) => fingerprint('POST', '/v1/x', body);
    const different = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: { a: 1 } }, { b: 1 }, {}, [], null, 'a'].map(of);
    expect(new Set(different).size).toBe(different.length);
    expect(of({ a: 1, idempotency_key: 'k' })).toBe(of({ a: 1 }));
    expect(fingerprint('POST', '/v1/y', {})).not.toBe(of({}));
    expect(fingerprint('PATCH', '/v1/x', {})).not.toBe(of({}));
    expect(of(undefined)).toBe(of(null));
  });
});

test.each([
  ['abc', 'abc'],
  ['"abc"', 'abc'],
  ['"a\\"b\\\\c"', 'a"b\\c'],
  ['a"b', 'a"b'],
  ['"', null],
  ['"a', null],
  ['"a"b"', null],
  ['"a\\x"', null],
  ['"a b"', null],
  ['', null],
  ['ü', null],
])('the key in %j is %j', (header, key) => {
  expect(parseKeyHeader(header)).toBe(key);
});

test('positions survive the way to the client and back', () => {
  const logId = '29bb16f5-4afb-42aa-b65b-7905158a906c';
  const places = fc.uniqueArray(fc.tuple(fc.nat(15), fc.bigInt({ min: 0n, max: 10n ** 17n })), {
    minLength: 1,
    selector: ([partition]) => partition,
  });
  fc.assert(
    fc.property(places, (each) => {
      const position = new Map(each);
      expect(parseWaitFor(encodePosition(logId, position), { logId, partitions: 16 })).toEqual(position);
    }),
  );
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});

test('loopback is told from the rest', () => {
  expect(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
  expect(['10.0.0.1', '128.0.0.1', '::2', '', 'localhost'].some(isLoopback)).toBe(false);
});

test('counts each client in windows of a minute', () => {
  let now = 60_000_000 + 15_000;
  const take = createRateLimiter(
    () => ({ anonymous: 2, signedIn: 1, device: 1, deviceHour: 1, newPlayer: 1, matchCommand: 2, webhook: 1 }),
    () => now,
  );
  expect(take('anonymous', 'a')).toEqual({ limit: 2, remaining: 1, resetS: 45, exceeded: false });
  expect(take('anonymous', 'a').exceeded).toBe(false);
  expect(take('anonymous', 'b').remaining).toBe(1);
  expect(take('signedIn', 'a').exceeded).toBe(false);
  now += 44_999;
  expect(take('anonymous', 'a')).toEqual({ limit: 2, remaining: 0, resetS: 1, exceeded: true });
  now += 1;
  expect(take('anonymous', 'a')).toEqual({ limit: 2, remaining: 1, resetS: 60, exceeded: false });
});

test('counts match commands of a player and signed webhooks of a sender in windows of a second', () => {
  let now = 60_000_000 + 15_400;
  const max = { anonymous: 1, signedIn: 1, device: 1, deviceHour: 1, newPlayer: 1, matchCommand: 2, webhook: 2 };
  const take = createRateLimiter(
    () => max,
    () => now,
  );
  for (const limit of ['matchCommand', 'webhook'] as const) {
    expect([1, 2, 3].map(() => take(limit, 'a').exceeded)).toEqual([false, false, true]);
    expect(take(limit, 'b').exceeded).toBe(false);
  }
  now += 600;
  expect(take('matchCommand', 'a')).toEqual({ limit: 2, remaining: 1, resetS: 1, exceeded: false });
});

test('a webhook counts by who signed it, one without a good signature by address', () => {
  const counted: string[] = [];
  const limiter: RateLimiter = (limit, client) => {
    counted.push(`${limit} ${client}`);
    return { limit: 1, remaining: 0, resetS: 7, exceeded: counted.length === 3 };
  };
  const request = { ip: '2001:db8::1' } as FastifyRequest;
  const headers: Record<string, unknown> = {};
  const reply = {
    header(name: string, value: unknown) {
      headers[name] = value;
      return this;
    },
  } as unknown as FastifyReply;
  expect(countWebhook(limiter, request, reply, 'psp/acme')).toBeUndefined();
  expect(countWebhook(limiter, request, reply, null)).toBeUndefined();
  expect(countWebhook(limiter, request, reply, 'psp/acme')).toMatchObject({
    code: 'RATE_LIMITED',
    headers: { 'retry-after': '7' },
  });
  expect(counted).toEqual(['webhook psp/acme', 'anonymous 2001:db8:0:0::/64', 'webhook psp/acme']);
  expect(headers).toEqual({ 'ratelimit-limit': 1, 'ratelimit-remaining': 0, 'ratelimit-reset': 7 });
});
