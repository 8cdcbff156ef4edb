import betaCumulative from '@stdlib/stats-base-dists-beta-cdf';
import betaDensityOf from '@stdlib/stats-base-dists-beta-pdf';
import betaInverse from '@stdlib/stats-base-dists-beta-quantile';
import chiSquareCumulative from '@stdlib/stats-base-dists-chisquare-cdf';
import normalCumulative from '@stdlib/stats-base-dists-normal-cdf';
import normalInverse from '@stdlib/stats-base-dists-normal-quantile';
import studentCumulative from '@stdlib/stats-base-dists-t-cdf';
import studentInverse from '@stdlib/stats-base-dists-t-quantile';

/** P(Z ≤ z) of the standard normal distribution. */
export const normalCdf = (z: number): number => normalCumulative(z, 0, 1);

/** The z with P(Z ≤ z) = `probability`. */
export const normalQuantile = (probability: number): number => normalInverse(probability, 0, 1);

/** P(|Z| ≥ |z|): a tail is asked for, not taken from 1, so that small p-values keep their digits. */
export const normalTwoSided = (z: number): number => Math.min(1, 2 * normalCumulative(-Math.abs(z), 0, 1));

/** P(T ≤ t) of Student's t distribution. */
export const studentCdf = (t: number, degreesOfFreedom: number): number => studentCumulative(t, degreesOfFreedom);

/** The t with P(T ≤ t) = `probability`. */
export const studentQuantile = (probability: number, degreesOfFreedom: number): number =>
  studentInverse(probability, degreesOfFreedom);

/** P(|T| ≥ |t|). */
export const studentTwoSided = (t: number, degreesOfFreedom: number): number =>
  Math.min(1, 2 * studentCumulative(-Math.abs(t), degreesOfFreedom));

/** P(X ≥ x) of the chi-square distribution. With one degree of freedom exact however small; with more, 0 below about 1e-15. */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === 1) return normalTwoSided(Math.sqrt(x));
  return Math.max(0, 1 - chiSquareCumulative(x, degreesOfFreedom));
}

/** P(X ≤ x) of Beta(a, b). */
export const betaCdf = (x: number, a: number, b: number): number => betaCumulative(x, a, b);

/** Density of Beta(a, b) at x. */
export const betaDensity = (x: number, a: number, b: number): number => betaDensityOf(x, a, b);

/** The x with P(X ≤ x) = `probability`, of Beta(a, b). */
export const betaQuantile = (probability: number, a: number, b: number): number => betaInverse(probability, a, b);
