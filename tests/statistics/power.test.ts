import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  detectableDifference,
  detectableRise,
  playersForMeans,
  playersForShares,
  powerOfShares,
} from '../../src/statistics/power.ts';
import { twoProportionTest } from '../../src/statistics/two-proportions.ts';
import { draws, problemOf, rate } from './simulate.ts';

describe('planning', () => {
  /** R's documentation of power.prop.test: `p1 = .50, p2 = .75, power = .90` gives n = 76.7, `n = 50, p1 = .50, p2 = .75` power = 0.740. */
  test('of shares gives what R gives', () => {
    expect(playersForShares(0.5, 0.25, { power: 0.9 }).control).toBeCloseTo(76.7, 1);
    expect(powerOfShares(0.5, 0.25, 50)).toBeCloseTo(0.74, 3);
  });

  /** R's documentation of power.t.test: `power = .90, delta = 1` gives n = 22.02. Guenther (1981) is within 0.1 of the exact answer. */
  test('of means gives what R gives', () => {
    expect(Math.abs(playersForMeans(1, 1, { power: 0.9 }).control - 22.02)).toBeLessThan(0.06);
  });

  /** van Belle (2008), "Statistical Rules of Thumb", 2nd edition, §2.1: 16 σ²/δ² for each group, for a power of 0.8. */
  test('of means is near 16 σ²/δ²', () => {
    expect(playersForMeans(10, 0.5).control / (16 * 400)).toBeCloseTo(0.98, 2);
  });

  test('is turned round: the smallest rise that so many players find needs so many', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.integer({ min: 200, max: 1e6 }),
        (share, players) => {
          const rise = detectableRise(share, players);
          if (rise === undefined) return;
          expect(playersForShares(share, rise).control / players).toBeCloseTo(1, 4);
        },
      ),
    );
    expect(playersForMeans(3, detectableDifference(3, 1_000, { ratio: 2 })!, { ratio: 2 }).control).toBeCloseTo(
      1_000,
      8,
    );
  });

  test('needs fewer players of control, and more in all, with a larger treatment', () => {
    const [even, uneven] = [playersForShares(0.2, 0.02), playersForShares(0.2, 0.02, { ratio: 4 })];
    expect(uneven.treatment).toBeCloseTo(4 * uneven.control, 8);
    expect(uneven.control).toBeLessThan(even.control);
    expect(uneven.control + uneven.treatment).toBeGreaterThan(even.control + even.treatment);
  });

  test('is kept by experiments of that size', () => {
    const { successes } = draws(14);
    const players = Math.ceil(playersForShares(0.3, 0.06).control);
    const found = rate(1_000, () => twoProportionTest(successes(players, 0.3), successes(players, 0.36)).p < 0.05);
    expect(Math.abs(found - 0.8)).toBeLessThan(3 * Math.sqrt(0.16 / 1_000));
  });

  test('finds nothing with too few players, and says so', () => {
    expect(detectableRise(0.99, 5)).toBeUndefined();
    expect(detectableDifference(1, 0.5)).toBeUndefined();
  });

  test('is refused for effects of 0, impossible shares, and numbers that are none', () => {
    expect(problemOf(() => playersForShares(0.5, 0))).toBe('INVALID_NUMBER');
    expect(problemOf(() => playersForShares(0.5, 0.5))).toBe('INVALID_NUMBER');
    expect(problemOf(() => playersForShares(0, 0.1))).toBe('INVALID_NUMBER');
    expect(problemOf(() => playersForShares(0.5, Number.NaN))).toBe('INVALID_NUMBER');
    expect(problemOf(() => playersForShares(0.5, 0.1, { power: 0.01 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => playersForShares(0.5, 0.1, { ratio: 0 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => playersForMeans(0, 1))).toBe('INVALID_NUMBER');
  });
});
