import { betaCdf, betaDensity, betaQuantile, normalQuantile } from './distributions.ts';
import { requireProbability, StatisticsError } from './errors.ts';
import { integrate, whereReached } from './quadrature.ts';
import { type Interval, type Proportion, shareOf } from './samples.ts';

/** A beta distribution of a share: `a` − 1 successes and `b` − 1 failures seen, as it were. Both at least 0.5 (Jeffreys' prior). */
export type Beta = { readonly a: number; readonly b: number };

/** @property interval  equal tails on both sides */
export type Posterior = Beta & { readonly mean: number; readonly interval: Interval };

/** @property treatmentBetter   probability that treatment's share is above control's
 *  @property expectedLoss      by how much the share is expected to be too low when this cohort is chosen: E[max(other − this, 0)]
 *  @property difference        treatment − control */
export type BetaBinomial = {
  readonly control: Posterior;
  readonly treatment: Posterior;
  readonly treatmentBetter: number;
  readonly expectedLoss: { readonly control: number; readonly treatment: number };
  readonly difference: { readonly mean: number; readonly interval: Interval };
};

export const uniformPrior: Beta = { a: 1, b: 1 };

/** What is known of two shares, given a prior: Beta(a + successes, b + failures), the conjugate posterior.
 *  P(B > A) = ∫ f_B(x) F_A(x) dx, E[max(A − B, 0)] = ∫ F_B(x)(1 − F_A(x)) dx, by quadrature in θ = arcsin √x, where densities are bounded.
 *
 *  Gelman et al. (2013), "Bayesian Data Analysis", 3rd edition, §2.4; Cook (2005), "Exact Calculation of Beta Inequalities"; expected loss as a
 *  rule to stop: Stucchio (2015), "Bayesian A/B Testing at VWO".
 *  @param credibility  of the intervals
 *  @throws StatisticsError for counts that are none, without players, or for a prior below 0.5 */
export function betaBinomial(
  control: Proportion,
  treatment: Proportion,
  prior: Beta = uniformPrior,
  credibility = 0.95,
): BetaBinomial {
  requireProbability('The credibility', credibility);
  const [a, b] = [posteriorOf(control, prior, credibility), posteriorOf(treatment, prior, credibility)];
  const rise = b.mean - a.mean;
  // the smaller loss is integrated, where both curves overlap; the larger follows from it without loss of digits
  const smaller = rise >= 0 ? expectedExcess(a, b) : expectedExcess(b, a);
  const tail = (1 - credibility) / 2;
  const spread = 12 * (deviation(a) + deviation(b));
  const bounds = [Math.max(-1, rise - spread), Math.min(1, rise + spread)] as const;
  // on the scale of normal quantiles the curve is almost a line, and the search takes few steps
  const reached = (probability: number) =>
    whereReached((d) => asNormal(belowDifference(a, b, d)), asNormal(probability), ...bounds);
  return {
    control: a,
    treatment: b,
    treatmentBetter: Math.min(1, Math.max(0, 1 - belowDifference(a, b, 0))),
    expectedLoss: {
      control: rise >= 0 ? smaller + rise : smaller,
      treatment: rise >= 0 ? smaller : smaller - rise,
    },
    difference: { mean: rise, interval: { low: reached(tail), high: reached(1 - tail) } },
  };
}

/** Density of a posterior at a share, for plots. */
export const densityOf = ({ a, b }: Beta, share: number): number => betaDensity(share, a, b);

function posteriorOf(observed: Proportion, prior: Beta, credibility: number): Posterior {
  shareOf(observed);
  if (!(prior.a >= 0.5 && prior.b >= 0.5 && prior.a < Infinity && prior.b < Infinity))
    throw new StatisticsError(
      'INVALID_NUMBER',
      `The prior is Beta(${prior.a}, ${prior.b}): give at least 0.5 for both.`,
    );
  const a = prior.a + observed.successes;
  const b = prior.b + observed.players - observed.successes;
  const tail = (1 - credibility) / 2;
  return { a, b, mean: a / (a + b), interval: { low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b) } };
}

/** P(B − A ≤ d), along the narrower of both: the other one is smooth there. */
const belowDifference = (a: Beta, b: Beta, difference: number): number =>
  a.a + a.b >= b.a + b.b
    ? integrateShares((x) => betaDensity(x, a.a, a.b) * cdf(b, x + difference), angles(a))
    : integrateShares((x) => betaDensity(x, b.a, b.b) * (1 - cdf(a, x - difference)), angles(b));

/** E[max(A − B, 0)]. */
function expectedExcess(a: Beta, b: Beta): number {
  const overlap = { low: angles(b).low, high: angles(a).high };
  const narrower = Math.min(reachOf(a), reachOf(b));
  const panels = Math.min(2_000, Math.max(smoothPanels, Math.ceil((2 * (overlap.high - overlap.low)) / narrower)));
  return integrateShares((x) => cdf(b, x) * (1 - cdf(a, x)), overlap, panels);
}

const cdf = ({ a, b }: Beta, x: number): number => {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : betaCdf(x, a, b);
};

const smoothPanels = 12;

/** ∫ f(x) dx over the shares x = sin²θ. */
function integrateShares(f: (x: number) => number, { low, high }: Interval, panels = smoothPanels): number {
  if (high <= low) return 0;
  return integrate((angle) => f(Math.sin(angle) ** 2) * Math.sin(2 * angle), low, high, panels);
}

/** Twelve deviations, as angles: on this scale the deviation is about 1 / (2√(a + b)), whatever the mean. */
const reachOf = ({ a, b }: Beta): number => 6 / Math.sqrt(a + b);

/** Where all of the distribution lies but less than 1e-20 of it. */
function angles(beta: Beta): Interval {
  const middle = Math.asin(Math.sqrt(beta.a / (beta.a + beta.b)));
  return { low: Math.max(0, middle - reachOf(beta)), high: Math.min(Math.PI / 2, middle + reachOf(beta)) };
}

const asNormal = (probability: number): number => normalQuantile(Math.min(1 - 1e-15, Math.max(1e-15, probability)));

const deviation = ({ a, b }: Beta): number => Math.sqrt((a * b) / (a + b + 1)) / (a + b);
