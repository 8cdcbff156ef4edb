import { describe, expect, test } from 'vitest';
import { shareInterval, twoProportionTest } from '../../src/statistics/two-proportions.ts';
import { draws, problemOf, rate } from './simulate.ts';

const proportion = (successes: number, players: number) => ({ successes, players });

describe('the test of two shares', () => {
  /** Agresti (2007), "An Introduction to Categorical Data Analysis", 2nd edition, §2.2 and 2.4.5: heart attacks with placebo and aspirin.
   *  Difference 0.0077, X² = 25.0, relative risk 1.82 with the 95 % interval (1.43, 2.31). */
  test('finds that aspirin prevents heart attacks', () => {
    const found = twoProportionTest(proportion(104, 11_037), proportion(189, 11_034));
    expect(found.difference).toBeCloseTo(0.0077, 4);
    expect(found.standardError).toBeCloseTo(0.0015, 4);
    expect(found.z ** 2).toBeCloseTo(25.0, 1);
    expect(found.p).toBeCloseTo(5.692e-7, 10);
    expect(found.ratio?.estimate).toBeCloseTo(1.82, 2);
    expect(found.ratio?.interval.low).toBeCloseTo(1.433, 3);
    expect(found.ratio?.interval.high).toBeCloseTo(2.306, 3);
  });

  /** Newcombe (1998), Statistics in Medicine 17: 873–890, table II, method 10. */
  test.each([
    { first: [56, 70], second: [48, 80], low: 0.0524, high: 0.3339 },
    { first: [9, 10], second: [3, 10], low: 0.1705, high: 0.809 },
    { first: [6, 7], second: [2, 7], low: 0.0582, high: 0.8062 },
    { first: [5, 56], second: [0, 29], low: -0.0381, high: 0.1926 },
    { first: [0, 10], second: [0, 20], low: -0.1611, high: 0.2775 },
    { first: [0, 10], second: [0, 10], low: -0.2775, high: 0.2775 },
    { first: [10, 10], second: [0, 20], low: 0.6791, high: 1 },
    { first: [10, 10], second: [0, 10], low: 0.6075, high: 1 },
  ])('gives $first − $second the interval of Newcombe’s table', ({ first, second, low, high }) => {
    const { interval } = twoProportionTest(proportion(second[0]!, second[1]!), proportion(first[0]!, first[1]!));
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  /** The same paper's table of single proportions (Newcombe 1998, Statistics in Medicine 17: 857–872), method 3: 81 of 263, 0 of 20. */
  test('has Wilson’s interval for each share', () => {
    const { low, high } = shareInterval(proportion(81, 263));
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
    expect(shareInterval(proportion(0, 20)).low).toBe(0);
    expect(shareInterval(proportion(0, 20)).high).toBeCloseTo(0.1611, 4);
    expect(shareInterval(proportion(29, 29)).high).toBe(1);
  });

  test('covers the difference as often as it says: exactly, over all outcomes of 20 and 30 players', () => {
    for (const [p1, p2] of [
      [0.5, 0.5],
      [0.2, 0.4],
      [0.1, 0.8],
      [0.02, 0.05],
    ] as const) {
      let covered = 0;
      for (let x = 0; x <= 20; x += 1)
        for (let y = 0; y <= 30; y += 1) {
          const { low, high } = twoProportionTest(proportion(x, 20), proportion(y, 30)).interval;
          if (low <= p2 - p1 && p2 - p1 <= high) covered += binomial(20, x, p1) * binomial(30, y, p2);
        }
      expect(covered, `${p1} and ${p2}`).toBeGreaterThan(0.94);
      expect(covered, `${p1} and ${p2}`).toBeLessThan(1);
    }
  });

  test('has a uniform p where there is no difference', () => {
    const { successes } = draws(3);
    const ps = Array.from({ length: 2_000 }, () => twoProportionTest(successes(500, 0.3), successes(700, 0.3)).p);
    for (const level of [0.01, 0.05, 0.5, 0.9])
      expect(Math.abs(ps.filter((p) => p < level).length / 2_000 - level), `${level}`).toBeLessThan(
        3.5 * Math.sqrt((level * (1 - level)) / 2_000),
      );
  });

  test('changes only its sign when the cohorts change places', () => {
    const [there, back] = [
      twoProportionTest(proportion(30, 100), proportion(50, 120)),
      twoProportionTest(proportion(50, 120), proportion(30, 100)),
    ];
    expect(back.z).toBeCloseTo(-there.z, 12);
    expect(back.p).toBeCloseTo(there.p, 12);
    expect(back.interval.low).toBeCloseTo(-there.interval.high, 12);
    expect(back.ratio?.interval.low).toBeCloseTo(1 / (there.ratio?.interval.high ?? 0), 12);
  });

  test('finds nothing, and says so, where all or none succeeded', () => {
    expect(twoProportionTest(proportion(0, 10), proportion(0, 20))).toMatchObject({ z: 0, p: 1, standardError: 0 });
    expect(twoProportionTest(proportion(10, 10), proportion(20, 20))).toMatchObject({ z: 0, p: 1 });
    expect(twoProportionTest(proportion(0, 10), proportion(5, 20)).ratio).toBeUndefined();
    expect(twoProportionTest(proportion(5, 10), proportion(0, 20)).ratio).toBeUndefined();
  });

  test('is refused without players, and for numbers that are none', () => {
    expect(problemOf(() => twoProportionTest(proportion(0, 0), proportion(1, 2)))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => twoProportionTest(proportion(1, 2), proportion(3, 2)))).toBe('INVALID_NUMBER');
    expect(problemOf(() => twoProportionTest(proportion(1, 2), proportion(1, 2), 0))).toBe('INVALID_NUMBER');
    expect(problemOf(() => twoProportionTest(proportion(1, 2), proportion(1, 2), Number.NaN))).toBe('INVALID_NUMBER');
  });

  test('misses a difference that is there less often with more players', () => {
    const { successes } = draws(4);
    const found = (players: number) =>
      rate(300, () => twoProportionTest(successes(players, 0.3), successes(players, 0.36)).p < 0.05);
    expect(found(1_200)).toBeGreaterThan(found(300) + 0.3);
  });
});

function binomial(n: number, k: number, p: number): number {
  let probability = (1 - p) ** n;
  for (let i = 1; i <= k; i += 1) probability *= ((n - i + 1) / i) * (p / (1 - p));
  return probability;
}
