import { describe, expect, test } from 'vitest';
import { mixingRatio, sequentialTest } from '../../src/statistics/sequential.ts';
import { twoProportionTest } from '../../src/statistics/two-proportions.ts';
import { draws, problemOf } from './simulate.ts';

/** An experiment with a look after every 100 players of each cohort, until 5,000. */
function* looks({ successes }: ReturnType<typeof draws>, control: number, treatment: number) {
  const sofar = [0, 0] as [number, number];
  for (let players = 100; players <= 5_000; players += 100) {
    sofar[0] += successes(100, control).successes;
    sofar[1] += successes(100, treatment).successes;
    const { difference, standardError, p } = twoProportionTest(
      { players, successes: sofar[0] },
      { players, successes: sofar[1] },
    );
    yield { fixed: p, look: { difference, standardError, players: 2 * players, plannedPlayers: 5_000 } };
  }
}

describe('the sequential test', () => {
  test('errs at most with α under fifty looks, where the ordinary test errs in every fourth experiment', () => {
    const random = draws(8);
    const runs = 500;
    let [sequential, ordinary] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      let [wrong, wrongOrdinary] = [false, false];
      for (const { fixed, look } of looks(random, 0.2, 0.2)) {
        if (sequentialTest(look).p < 0.05) wrong = true;
        if (fixed < 0.05) wrongOrdinary = true;
      }
      if (wrong) sequential += 1;
      if (wrongOrdinary) ordinary += 1;
    }
    expect(sequential / runs).toBeLessThanOrEqual(0.05);
    expect(ordinary / runs).toBeGreaterThan(0.2);
  });

  test('covers the difference at all fifty looks at once, and finds it', () => {
    const random = draws(9);
    const runs = 300;
    let [missed, found] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      let [outside, significant] = [false, false];
      for (const { look } of looks(random, 0.2, 0.23)) {
        const { p, interval } = sequentialTest(look);
        if (interval.low > 0.03 || interval.high < 0.03) outside = true;
        if (p < 0.05) significant = true;
      }
      if (outside) missed += 1;
      if (significant) found += 1;
    }
    expect(missed / runs).toBeLessThanOrEqual(0.05);
    expect(found / runs).toBeGreaterThan(0.7);
  });

  test('has a p below α exactly where its interval excludes 0', () => {
    for (let z = 0; z < 6; z += 0.05)
      for (const players of [100, 5_000, 80_000]) {
        const { p, interval } = sequentialTest({ difference: z, standardError: 1, players, plannedPlayers: 5_000 });
        expect(p < 0.05).toBe(interval.low > 0);
      }
  });

  /** By hand from Johari et al. (2022), equation 11: s² = 0.25, τ² = 1, d = 2: Λ = √(0.25/1.25) e^(4 / (2 · 0.25 · 1.25)) = 269.0. */
  test('is the mixture likelihood ratio of equation 11', () => {
    // players so many that τ²/s² = 4
    const players = (4 / mixingRatio(0.05)) * 1_000;
    const { p } = sequentialTest({ difference: 2, standardError: 0.5, players, plannedPlayers: 1_000 });
    expect(1 / p).toBeCloseTo(Math.sqrt(0.2) * Math.exp(6.4), 8);
  });

  test('is narrowest about where it was planned', () => {
    const width = (plannedPlayers: number) => {
      const { interval } = sequentialTest({ difference: 0, standardError: 1, players: 10_000, plannedPlayers });
      return interval.high - interval.low;
    };
    expect(mixingRatio(0.05)).toBeCloseTo(7.94, 2);
    for (const other of [2_000, 5_000, 20_000, 50_000]) expect(width(other)).toBeGreaterThan(width(10_000));
    expect(width(1_000) / width(10_000)).toBeLessThan(1.08);
    expect(width(100_000) / width(10_000)).toBeLessThan(1.3);
  });

  test('says nothing yet without a standard error', () => {
    const nothing = sequentialTest({ difference: 0, standardError: 0, players: 3, plannedPlayers: 1_000 });
    expect(nothing).toEqual({ p: 1, interval: { low: -Infinity, high: Infinity } });
  });

  test('is refused for numbers that are none', () => {
    const look = { difference: 1, standardError: 1, players: 100, plannedPlayers: 1_000 };
    for (const wrong of [
      { difference: Number.NaN },
      { standardError: -1 },
      { players: 0 },
      { plannedPlayers: Infinity },
    ])
      expect(problemOf(() => sequentialTest({ ...look, ...wrong }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sequentialTest(look, 0))).toBe('INVALID_NUMBER');
  });
});
