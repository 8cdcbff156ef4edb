import { requireFinite, StatisticsError } from './errors.ts';
import { type Sample, type Sums, sampleOf } from './samples.ts';

/** Sums of a metric and of its covariate over the same players. The covariate has to stand before the player saw a cohort. */
export type PairedSums = {
  readonly metric: Sums;
  readonly covariate: Sums;
  /** Σ metric × covariate. */
  readonly sumOfProducts: number;
};

/** @property adjusted  for `welchTest`, in the order of the cohorts; their mean is unchanged in expectation
 *  @property reduction share of the variance within cohorts that is gone: ρ², 0 to 1 */
export type Cuped = {
  readonly theta: number;
  readonly adjusted: readonly Sample[];
  readonly reduction: number;
};

/** Takes out of a metric what players did before the experiment, so that the same players tell more.
 *  Ŷ = Ȳ − θ(X̄ − X̄ of all), θ = cov(X, Y) / var(X), both pooled within cohorts: θ is then the slope of the analysis of covariance.
 *  Without variance in the covariate θ is 0 and nothing changes.
 *
 *  Deng, Xu, Kohavi & Walker (2013), "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data", WSDM,
 *  equations 3 to 5.
 *  @throws StatisticsError `TOO_FEW_PLAYERS` below 2 in a cohort, `INVALID_NUMBER` where metric and covariate count different players */
export function cuped(cohorts: readonly PairedSums[]): Cuped {
  const samples = cohorts.map(pairedSample);
  const within = (of: (sample: PairedSample) => number) =>
    samples.reduce((total, sample) => total + (sample.metric.count - 1) * of(sample), 0);
  const covariateVariance = within(({ covariate }) => covariate.variance);
  const theta = covariateVariance === 0 ? 0 : within(({ covariance }) => covariance) / covariateVariance;
  const players = cohorts.reduce((total, { covariate }) => total + covariate.count, 0);
  const overall = cohorts.reduce((total, { covariate }) => total + covariate.sum, 0) / players;
  const adjusted = samples.map(({ metric, covariate, covariance }) => ({
    count: metric.count,
    mean: metric.mean - theta * (covariate.mean - overall),
    variance: Math.max(0, metric.variance - 2 * theta * covariance + theta ** 2 * covariate.variance),
  }));
  const before = within(({ metric }) => metric.variance);
  const after = adjusted.reduce((total, { count, variance }) => total + (count - 1) * variance, 0);
  return { theta, adjusted, reduction: before === 0 ? 0 : Math.max(0, 1 - after / before) };
}

type PairedSample = { readonly metric: Sample; readonly covariate: Sample; readonly covariance: number };

function pairedSample({ metric, covariate, sumOfProducts }: PairedSums): PairedSample {
  requireFinite('The sum of products', sumOfProducts);
  if (metric.count !== covariate.count)
    throw new StatisticsError(
      'INVALID_NUMBER',
      `The metric counts ${metric.count} players, its covariate ${covariate.count}: give a covariate for each player.`,
    );
  const samples = { metric: sampleOf(metric), covariate: sampleOf(covariate) };
  const covariance = (sumOfProducts - (metric.sum * covariate.sum) / metric.count) / (metric.count - 1);
  const largest = Math.sqrt(samples.metric.variance * samples.covariate.variance);
  if (Math.abs(covariance) > largest * (1 + 1e-6) + 1e-9)
    throw new StatisticsError(
      'INVALID_NUMBER',
      'The sum of products is larger than the sums of squares allow: they are not of the same players.',
    );
  return { ...samples, covariance };
}
