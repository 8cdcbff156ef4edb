import { describe, expect, test } from 'vitest';
import { cuped } from '../../src/statistics/cuped.ts';
import { welchTest } from '../../src/statistics/welch.ts';
import { draws, problemOf, rate, sumsOf } from './simulate.ts';

const paired = (players: readonly { before: number; after: number }[]) => ({
  metric: sumsOf(players.map(({ after }) => after)),
  covariate: sumsOf(players.map(({ before }) => before)),
  sumOfProducts: players.reduce((total, { before, after }) => total + before * after, 0),
});

/** Cars of R's `mtcars`, rows 1 to 10: miles per gallon by weight, the first five against the others. */
const weights = [2.62, 2.32, 3.215, 3.19, 3.15, 3.44, 3.46, 3.57, 3.44, 3.44];
const miles = [21, 22.8, 21.4, 24.4, 22.8, 18.7, 18.1, 14.3, 19.2, 17.8];
const cars = miles.map((after, index) => ({ after, before: weights[index]! }));

/** Two cohorts of players whose numbers before and during the experiment correlate by 0.8. */
function experiment({ normal }: ReturnType<typeof draws>, players: number, effect: number) {
  const cohort = (shift: number) =>
    paired(
      Array.from({ length: players }, () => {
        const before = normal();
        return { before: 5 + before, after: 10 + 0.8 * before + 0.6 * normal() + shift };
      }),
    );
  return [cohort(0), cohort(effect)] as const;
}

describe('CUPED', () => {
  /** statsmodels 0.14, OLS of mpg on group and weight: coefficients -4.94767396 and 0.15354459. */
  test('adjusts as the analysis of covariance does', () => {
    const { theta, adjusted } = cuped([paired(cars.slice(0, 5)), paired(cars.slice(5))]);
    expect(theta).toBeCloseTo(0.15354459, 7);
    expect(adjusted[1]!.mean - adjusted[0]!.mean).toBeCloseTo(-4.94767396, 7);
  });

  test('takes ρ² of the variance away', () => {
    const { reduction, theta } = cuped(experiment(draws(11), 20_000, 0.3));
    expect(reduction).toBeCloseTo(0.64, 1);
    expect(theta).toBeCloseTo(0.8, 1);
  });

  test('keeps the difference unbiased and its interval true, and finds more', () => {
    const random = draws(12);
    const runs = 400;
    let [difference, plain] = [0, 0];
    let found = 0;
    const covered = rate(runs, () => {
      const cohorts = experiment(random, 60, 0.3);
      const [control, treatment] = cuped(cohorts).adjusted;
      const test = welchTest(control!, treatment!);
      difference += test.difference / runs;
      if (test.p < 0.05) found += 1;
      const [a, b] = cohorts.map(({ metric }) => {
        const mean = metric.sum / metric.count;
        const variance = (metric.sumOfSquares - metric.count * mean ** 2) / (metric.count - 1);
        return { count: metric.count, mean, variance };
      });
      if (welchTest(a!, b!).p < 0.05) plain += 1;
      return test.interval.low <= 0.3 && 0.3 <= test.interval.high;
    });
    expect(difference).toBeCloseTo(0.3, 1);
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.035);
    expect(found).toBeGreaterThan(1.5 * plain);
  });

  test('changes nothing without variance in the covariate', () => {
    const players = miles.map((after) => ({ after, before: 3 }));
    const { theta, reduction, adjusted } = cuped([paired(players.slice(0, 5)), paired(players.slice(5))]);
    expect([theta, reduction]).toEqual([0, 0]);
    expect(adjusted[0]!.mean).toBeCloseTo(22.48, 10);
  });

  test('leaves no variance where the covariate tells everything', () => {
    const players = miles.map((after) => ({ after, before: 2 * after }));
    const { theta, reduction } = cuped([paired(players.slice(0, 5)), paired(players.slice(5))]);
    expect(theta).toBeCloseTo(0.5, 10);
    expect(reduction).toBeCloseTo(1, 9);
  });

  test('is refused where metric and covariate are not of the same players', () => {
    const first = paired(cars.slice(0, 5));
    expect(problemOf(() => cuped([{ ...first, covariate: sumsOf(weights) }, first]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => cuped([{ ...first, sumOfProducts: 1e6 }, first]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => cuped([{ ...first, sumOfProducts: Number.NaN }, first]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => cuped([paired(cars.slice(0, 1)), first]))).toBe('TOO_FEW_PLAYERS');
  });
});
