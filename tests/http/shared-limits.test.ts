import { expect, test } from 'vitest';
import { createRateLimiter } from '../../src/http/rate-limit.ts';
import { createSharedLimits } from '../../src/http/shared-limits.ts';
import type { SharedCount, SharedCounts } from '../../src/ports/shared-counts.ts';

const max = { anonymous: 5, signedIn: 5, device: 5, deviceHour: 5, newPlayer: 5, matchCommand: 5, webhook: 5 };

/** Counters in memory. @property answered resolves when the calls so far were answered */
function countersInMemory() {
  const totals = new Map<string, number>();
  const calls: (readonly SharedCount[])[] = [];
  let isGone = false;
  const waiting: (() => void)[] = [];
  const counts: SharedCounts = {
    async add(some) {
      calls.push(some);
      // the caller's own reaction to the answer comes first
      setImmediate(() => {
        for (const each of waiting.splice(0)) each();
      });
      if (isGone) throw new Error('gone');
      return some.map(({ key, by }) => {
        totals.set(key, (totals.get(key) ?? 0) + by);
        return totals.get(key)!;
      });
    },
    stop: async () => undefined,
  };
  return {
    counts,
    totals,
    calls,
    go: (gone: boolean) => {
      isGone = gone;
    },
    answered: () => new Promise<void>((resolve) => void waiting.push(resolve)),
  };
}

const limiterOn = (counts: SharedCounts, now = () => 90_000) =>
  createRateLimiter(
    () => max,
    now,
    createSharedLimits(counts, (client) => `hash of ${client}`),
  );

test('a process counts at once, and learns what others count with its first request', async () => {
  const { counts, answered } = countersInMemory();
  const [here, there] = [limiterOn(counts), limiterOn(counts)];
  const told = answered();
  for (let n = 1; n <= 5; n += 1) expect(here('device', 'ada')).toMatchObject({ remaining: 5 - n, exceeded: false });
  expect(here('device', 'ada').exceeded).toBe(true);
  await told;
  const learnt = answered();
  expect(there('device', 'ada')).toMatchObject({ remaining: 4, exceeded: false });
  await learnt;
  expect(there('device', 'ada')).toMatchObject({ remaining: 0, exceeded: true });
  expect(there('device', 'eve').exceeded).toBe(false);
  expect(there('anonymous', 'ada').exceeded).toBe(false);
});

test('requests of some milliseconds go as one call, which names no client', async () => {
  const { counts, calls, answered } = countersInMemory();
  const take = limiterOn(counts);
  const told = answered();
  for (let n = 0; n < 3; n += 1) take('device', 'ada');
  take('matchCommand', 'eve');
  await told;
  expect(calls).toEqual([
    [
      { key: 'device:120000:hash of ada', by: 3, ttlMs: 30_000 },
      { key: 'matchCommand:91000:hash of eve', by: 1, ttlMs: 1_000 },
    ],
  ]);
});

test('a process counts alone while the counters are gone', async () => {
  const { counts, answered, go } = countersInMemory();
  go(true);
  const take = limiterOn(counts);
  const told = answered();
  take('device', 'ada');
  await told;
  for (let n = 2; n <= 5; n += 1) expect(take('device', 'ada').exceeded).toBe(false);
  expect(take('device', 'ada').exceeded).toBe(true);
});

test('a new window begins with nothing', async () => {
  let now = 90_000;
  const { counts, answered } = countersInMemory();
  const [here, there] = [limiterOn(counts, () => now), limiterOn(counts, () => now)];
  const told = answered();
  for (let n = 0; n < 9; n += 1) here('device', 'ada');
  await told;
  now = 120_000;
  const learnt = answered();
  there('device', 'ada');
  await learnt;
  expect(there('device', 'ada')).toMatchObject({ remaining: 3, exceeded: false });
});

test('a window of a minute begins anew beside one of an hour, and ends while that one goes on', async () => {
  const { counts, totals, answered } = countersInMemory();
  let now = 90_000;
  const take = limiterOn(counts, () => now);
  const first = answered();
  for (const limit of ['newPlayer', 'device', 'device'] as const) take(limit, 'ada');
  await first;
  now = 119_999;
  const second = answered();
  for (const limit of ['newPlayer', 'device'] as const) take(limit, 'ada');
  await second;
  now = 240_000;
  const third = answered();
  expect(take('device', 'ada').remaining).toBe(4);
  expect(take('newPlayer', 'ada').remaining).toBe(2);
  await third;
  expect(Object.fromEntries(totals)).toEqual({
    'newPlayer:3600000:hash of ada': 3,
    'device:120000:hash of ada': 3,
    'device:300000:hash of ada': 1,
  });
});
