import { studentQuantile, studentTwoSided } from './distributions.ts';
import { requireCount, requireFinite, requireProbability, StatisticsError } from './errors.ts';
import type { Interval, Sample } from './samples.ts';

/** @property difference        treatment's mean − control's
 *  @property ratio             treatment's mean ÷ control's, with its interval; absent where control's mean is 0, its interval where
 *                              control's mean cannot be told from 0 */
export type WelchTest = {
  readonly means: readonly [control: number, treatment: number];
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly t: number;
  readonly p: number;
  readonly interval: Interval;
  readonly ratio: { readonly estimate: number; readonly interval: Interval | undefined } | undefined;
};

/** Whether two means differ, two-sided, without taking their variances for equal.
 *  - t and its degrees of freedom: Welch (1947), "The generalization of 'Student's' problem when several different population variances
 *    are involved", Biometrika 34; ν by Satterthwaite (1946): (s₁²/n₁ + s₂²/n₂)² / Σ (sᵢ²/nᵢ)²/(nᵢ − 1).
 *  - the interval of the ratio: Fieller (1954), "Some problems in interval estimation", Journal of the Royal Statistical Society B 16.
 *  @param alpha  1 − confidence
 *  @throws StatisticsError `TOO_FEW_PLAYERS` below 2 in a cohort, `NO_VARIANCE` where all numbers of both are the same */
export function welchTest(control: Sample, treatment: Sample, alpha = 0.05): WelchTest {
  requireProbability('alpha', alpha);
  const squares = [squaredError(control), squaredError(treatment)] as const;
  const standardError = Math.sqrt(squares[0] + squares[1]);
  if (standardError === 0)
    throw new StatisticsError(
      'NO_VARIANCE',
      'In both cohorts all numbers are the same: nothing can be said about chance.',
    );
  const degreesOfFreedom =
    standardError ** 4 / (squares[0] ** 2 / (control.count - 1) + squares[1] ** 2 / (treatment.count - 1));
  const difference = treatment.mean - control.mean;
  const t = difference / standardError;
  const quantile = studentQuantile(1 - alpha / 2, degreesOfFreedom);
  const half = quantile * standardError;
  return {
    means: [control.mean, treatment.mean],
    difference,
    standardError,
    degreesOfFreedom,
    t,
    p: studentTwoSided(t, degreesOfFreedom),
    interval: { low: difference - half, high: difference + half },
    ratio: ratioOf([control.mean, treatment.mean], squares, quantile),
  };
}

/** Interval of one mean, by Student's t distribution. @throws StatisticsError below 2 players */
export function meanInterval(sample: Sample, alpha = 0.05): Interval {
  requireProbability('alpha', alpha);
  const half = studentQuantile(1 - alpha / 2, Math.max(1, sample.count - 1)) * Math.sqrt(squaredError(sample));
  return { low: sample.mean - half, high: sample.mean + half };
}

function squaredError({ count, mean, variance }: Sample): number {
  requireCount('The number of players', count);
  requireFinite('The mean', mean);
  requireFinite('The variance', variance);
  if (variance < 0) throw new StatisticsError('INVALID_NUMBER', `The variance is ${variance}: it cannot be below 0.`);
  if (count < 2) throw new StatisticsError('TOO_FEW_PLAYERS', `A variance needs 2 players; there are ${count}.`);
  return variance / count;
}

function ratioOf(
  [control, treatment]: readonly [number, number],
  [controlSquare, treatmentSquare]: readonly [number, number],
  quantile: number,
): WelchTest['ratio'] {
  if (control === 0) return undefined;
  const estimate = treatment / control;
  const g = (quantile ** 2 * controlSquare) / control ** 2;
  if (g >= 1) return { estimate, interval: undefined };
  const half = (quantile / Math.abs(control)) * Math.sqrt(treatmentSquare * (1 - g) + estimate ** 2 * controlSquare);
  return { estimate, interval: { low: (estimate - half) / (1 - g), high: (estimate + half) / (1 - g) } };
}
