import { normalQuantile, normalTwoSided } from './distributions.ts';
import { requireProbability } from './errors.ts';
import { type Interval, type Proportion, shareOf } from './samples.ts';

/** @property difference     treatment's share − control's
 *  @property standardError  of the difference, not pooled; 0 where both shares are 0 or 1
 *  @property interval       of the difference
 *  @property ratio          treatment's share ÷ control's, with its interval; absent where one of the shares is 0 */
export type TwoProportionTest = {
  readonly shares: readonly [control: number, treatment: number];
  readonly difference: number;
  readonly standardError: number;
  readonly z: number;
  readonly p: number;
  readonly interval: Interval;
  readonly ratio: { readonly estimate: number; readonly interval: Interval } | undefined;
};

/** Whether two shares differ, two-sided.
 *  - z with the pooled variance, p̂(1 − p̂)(1/n₁ + 1/n₂): Fleiss, Levin & Paik (2003), "Statistical Methods for Rates and Proportions", §3.1,
 *    without correction for continuity; z² is Pearson's χ². Where all or none succeeded, z = 0 and p = 1.
 *  - the interval of the difference by Newcombe (1998), "Interval estimation for the difference between independent proportions",
 *    Statistics in Medicine 17, method 10: defined for shares of 0 and 1 too. z and interval are made from different variances; very close
 *    to α they can disagree.
 *  - the interval of the ratio on the logarithm: Katz et al. (1978), "Obtaining confidence intervals for the risk ratio", Biometrics 34.
 *  @param alpha  1 − confidence
 *  @throws StatisticsError for counts that are none, or without players */
export function twoProportionTest(control: Proportion, treatment: Proportion, alpha = 0.05): TwoProportionTest {
  requireProbability('alpha', alpha);
  const shares = [shareOf(control), shareOf(treatment)] as const;
  const difference = shares[1] - shares[0];
  const pooled = (control.successes + treatment.successes) / (control.players + treatment.players);
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / control.players + 1 / treatment.players));
  const z = pooledError === 0 ? 0 : difference / pooledError;
  return {
    shares,
    difference,
    standardError: Math.sqrt(varianceOfShare(control) + varianceOfShare(treatment)),
    z,
    p: normalTwoSided(z),
    interval: newcombe(control, treatment, alpha),
    ratio: ratioOf(control, treatment, alpha),
  };
}

/** Variance of an observed share: p(1 − p) / n. */
const varianceOfShare = (proportion: Proportion): number => {
  const share = shareOf(proportion);
  return (share * (1 - share)) / proportion.players;
};

/** Interval of one share, from the score test: Wilson (1927), "Probable inference, the law of succession, and statistical inference",
 *  Journal of the American Statistical Association 22. Defined for shares of 0 and 1. */
export function shareInterval(proportion: Proportion, alpha = 0.05): Interval {
  requireProbability('alpha', alpha);
  const share = shareOf(proportion);
  const { players } = proportion;
  const z = normalQuantile(1 - alpha / 2);
  const centre = share + z ** 2 / (2 * players);
  const half = z * Math.sqrt((share * (1 - share)) / players + z ** 2 / (4 * players ** 2));
  const scale = 1 + z ** 2 / players;
  return {
    low: proportion.successes === 0 ? 0 : (centre - half) / scale,
    high: proportion.successes === players ? 1 : (centre + half) / scale,
  };
}

function newcombe(control: Proportion, treatment: Proportion, alpha: number): Interval {
  const [p1, p2] = [shareOf(control), shareOf(treatment)];
  const [first, second] = [shareInterval(control, alpha), shareInterval(treatment, alpha)];
  const difference = p2 - p1;
  return {
    low: difference - Math.hypot(p2 - second.low, first.high - p1),
    high: difference + Math.hypot(second.high - p2, p1 - first.low),
  };
}

function ratioOf(control: Proportion, treatment: Proportion, alpha: number): TwoProportionTest['ratio'] {
  if (control.successes === 0 || treatment.successes === 0) return undefined;
  const estimate = shareOf(treatment) / shareOf(control);
  const error = Math.sqrt(
    1 / control.successes - 1 / control.players + 1 / treatment.successes - 1 / treatment.players,
  );
  const factor = Math.exp(normalQuantile(1 - alpha / 2) * error);
  return { estimate, interval: { low: estimate / factor, high: estimate * factor } };
}
