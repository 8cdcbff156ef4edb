import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../src/statistics/samples.ts';
import { welchTest } from '../../src/statistics/welch.ts';
import { draws, problemOf, rate, sumsOf } from './simulate.ts';

const sample = (values: readonly number[]) => sampleOf(sumsOf(values));

describe("Welch's test", () => {
  /** Student (1908); R's documentation of t.test, `t.test(extra ~ group, data = sleep)`: t = -1.8608, df = 17.776, p-value = 0.07939,
   *  95 percent confidence interval -3.3654832 0.2054832, means 0.75 and 2.33. */
  test('gives what R gives for the hours of sleep', () => {
    const first = sample([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
    const second = sample([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
    const found = welchTest(second, first);
    expect(found.means[1]).toBeCloseTo(0.75, 10);
    expect(found.means[0]).toBeCloseTo(2.33, 10);
    expect(found.t).toBeCloseTo(-1.8608, 4);
    expect(found.degreesOfFreedom).toBeCloseTo(17.776, 3);
    expect(found.p).toBeCloseTo(0.07939, 5);
    expect(found.interval.low).toBeCloseTo(-3.3654832, 7);
    expect(found.interval.high).toBeCloseTo(0.2054832, 7);
  });

  test('keeps α with unequal variances and unequal groups', () => {
    const { normal } = draws(5);
    const wrong = () =>
      welchTest(sample(Array.from({ length: 8 }, () => 3 * normal())), sample(Array.from({ length: 40 }, normal))).p <
      0.05;
    expect(Math.abs(rate(4_000, wrong) - 0.05)).toBeLessThan(0.012);
  });

  test('covers difference and ratio as often as it says', () => {
    const { normal } = draws(6);
    let [differences, ratios] = [0, 0];
    for (let run = 0; run < 2_000; run += 1) {
      const found = welchTest(
        sample(Array.from({ length: 25 }, () => 10 + 2 * normal())),
        sample(Array.from({ length: 25 }, () => 12 + 2 * normal())),
      );
      if (found.interval.low <= 2 && 2 <= found.interval.high) differences += 1;
      const { low, high } = found.ratio?.interval ?? { low: 2, high: 0 };
      if (low <= 1.2 && 1.2 <= high) ratios += 1;
    }
    expect(Math.abs(differences / 2_000 - 0.95)).toBeLessThan(0.017);
    expect(Math.abs(ratios / 2_000 - 0.95)).toBeLessThan(0.017);
  });

  test('has no ratio to a mean of 0, and no interval of it where that mean cannot be told from 0', () => {
    const treatment = { count: 10, mean: 4, variance: 1 };
    expect(welchTest({ count: 10, mean: 0, variance: 1 }, treatment).ratio).toBeUndefined();
    expect(welchTest({ count: 10, mean: 0.1, variance: 1 }, treatment).ratio).toMatchObject({ interval: undefined });
  });

  test('takes one cohort without variance, and refuses two', () => {
    const varied = { count: 10, mean: 4, variance: 1 };
    const constant = { count: 10, mean: 5, variance: 0 };
    expect(welchTest(constant, varied).degreesOfFreedom).toBeCloseTo(9, 10);
    expect(problemOf(() => welchTest(constant, { ...constant, mean: 4 }))).toBe('NO_VARIANCE');
  });

  test('is refused below two players, and for numbers that are none', () => {
    const fine = { count: 10, mean: 4, variance: 1 };
    expect(problemOf(() => welchTest({ ...fine, count: 1 }, fine))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => welchTest({ ...fine, mean: Number.NaN }, fine))).toBe('INVALID_NUMBER');
    expect(problemOf(() => welchTest({ ...fine, variance: -1 }, fine))).toBe('INVALID_NUMBER');
    expect(problemOf(() => welchTest(fine, fine, 1))).toBe('INVALID_NUMBER');
  });
});
