import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createThrottle } from '../../src/processors/throttle.ts';

test('work never runs ahead of its rate by more than one piece, and is not held back when it is slow', async () => {
  const pieces = fc.array(fc.record({ units: fc.integer({ min: 1, max: 5_000 }), workMs: fc.nat(400) }), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100_000 }), pieces, async (perSecond, work) => {
      let now = 0;
      let done = 0;
      let slept = 0;
      const throttle = createThrottle(perSecond, undefined, {
        now: () => now,
        sleep: async (ms) => {
          now += ms;
          slept += ms;
        },
      });
      for (const { units, workMs } of work) {
        now += workMs;
        done += units;
        await throttle(units);
        // what was not used of the last second may be caught up
        expect(done).toBeLessThanOrEqual((perSecond * (now + 1_000)) / 1_000 + 1e-6);
      }
      const workMs = work.reduce((sum, piece) => sum + piece.workMs, 0);
      expect(slept).toBeLessThanOrEqual(Math.max(0, (done / perSecond) * 1_000) + 1e-6);
      expect(now).toBeCloseTo(workMs + slept, 6);
    }),
  );
});

test('without a rate nothing is held back', async () => {
  const throttle = createThrottle(undefined, undefined, {
    now: () => 0,
    sleep: () => Promise.reject(new Error('held back')),
  });
  await throttle(1_000_000);
});

test('who is held back goes on at once when the work is called off', async () => {
  const abort = new AbortController();
  const throttle = createThrottle(1, abort.signal);
  const held = throttle(1_000_000);
  abort.abort();
  await held;
  await throttle(1_000_000);
});
