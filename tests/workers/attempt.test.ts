import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutsideRefused } from '../../src/ports/outside.ts';
import { failedAttempt, fullJitter } from '../../src/workers/attempt.ts';

const backoff = { baseMs: 1_000, capMs: 600_000 };
const now = Date.parse('2026-03-01T10:00:00.000Z');
const at = (ms: number) => new Date(now + ms).toISOString();

test('the pause is anything up to a bound that doubles with each failure, and has an end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (n, x) => {
        const pause = fullJitter(n, x, backoff);
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(Math.min(600_000, 1_000 * 2 ** n));
      },
    ),
  );
  expect([1, 2, 3, 20].map((n) => fullJitter(n, 0.5, backoff))).toEqual([1_000, 2_000, 4_000, 300_000]);
});

const failed = (error: unknown) => failedAttempt(error, 2, { now, random: () => 0.5, backoff });

test('what nobody refused was unreachable', () =>
  expect(failed(new TypeError('fetch failed: https://user:password@host'))).toEqual({
    attempt: 2,
    reason: 'unreachable',
    permanent: false,
    retryAt: at(2_000),
  }));

test('a refusal is recorded in our words, and waits as long as it asks for', () => {
  expect(failed(new OutsideRefused('too_many_messages', false, 30_000))).toMatchObject({
    reason: 'too_many_messages',
    permanent: false,
    retryAt: at(30_000),
  });
  expect(failed(new OutsideRefused('blocked_by_user', true))).toMatchObject({ permanent: true, retryAt: at(2_000) });
});
