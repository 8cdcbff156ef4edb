import { betaBinomial } from '../statistics/beta-binomial.ts';
import { cuped, type PairedSums } from '../statistics/cuped.ts';
import { StatisticsError } from '../statistics/errors.ts';
import { guardrailTest } from '../statistics/non-inferiority.ts';
import { type Proportion, type Sums, sampleOf } from '../statistics/samples.ts';
import { sequentialTest } from '../statistics/sequential.ts';
import { twoProportionTest } from '../statistics/two-proportions.ts';
import { welchTest } from '../statistics/welch.ts';
import type { CohortInput, MetricDefinition, Observed } from './input.ts';
import type { Comparison } from './report.ts';

/** @property plannedPlayers  of the two cohorts together */
export type Terms = { readonly alpha: number; readonly plannedPlayers: number };

/** One cohort against control in one metric, before verdicts.
 *  @throws StatisticsError where there is no answer */
export function compare(
  metric: MetricDefinition,
  control: CohortInput,
  cohort: CohortInput,
  terms: Terms,
): Omit<Comparison, 'verdict'> {
  const compared = metric.kind === 'share' ? compareShares : compareMeans;
  const { standardError, ...found } = compared(metric, control, cohort, terms);
  const { difference, test } = found;
  const { degreesOfFreedom } = test;
  const players = control.players + cohort.players;
  const guardrail = (margin: number) => {
    const { better } = metric;
    const tested = guardrailTest({
      ...{ difference, standardError, margin, better },
      ...(degreesOfFreedom !== undefined && { degreesOfFreedom }),
      alpha: terms.alpha / 2,
    });
    return { margin, ...tested };
  };
  return {
    ...found,
    cohort: cohort.cohort,
    sequential: sequentialTest(
      { difference, standardError, players, plannedPlayers: terms.plannedPlayers },
      terms.alpha,
    ),
    ...(metric.role === 'guardrail' && { guardrail: guardrail(requireMargin(metric)) }),
  };
}

type Found = Omit<Comparison, 'verdict' | 'cohort' | 'sequential' | 'guardrail'> & { readonly standardError: number };

function compareShares(
  { metric, better }: MetricDefinition,
  control: CohortInput,
  cohort: CohortInput,
  { alpha }: Terms,
): Found {
  const [a, b] = [proportionOf(metric, control), proportionOf(metric, cohort)];
  const { difference, standardError, interval, ratio, z, p } = twoProportionTest(a, b, alpha);
  const known = betaBinomial(a, b, undefined, 1 - alpha);
  const { expectedLoss } = known;
  // where less is better, the loss of one choice is what the other would lose where more is better
  const isHigher = better === 'higher';
  return {
    difference,
    standardError,
    interval,
    relative: ratio && relativeOf(ratio),
    test: { statistic: 'z', value: z, p },
    bayesian: {
      control: { a: known.control.a, b: known.control.b },
      cohort: { a: known.treatment.a, b: known.treatment.b },
      probabilityBetter: isHigher ? known.treatmentBetter : 1 - known.treatmentBetter,
      expectedLoss: {
        control: isHigher ? expectedLoss.control : expectedLoss.treatment,
        cohort: isHigher ? expectedLoss.treatment : expectedLoss.control,
      },
      differenceInterval: known.difference.interval,
    },
  };
}

function compareMeans(
  { metric }: MetricDefinition,
  control: CohortInput,
  cohort: CohortInput,
  { alpha }: Terms,
): Found {
  const sums = [sumsOf(metric, control), sumsOf(metric, cohort)] as const;
  const welch = welchTest(sampleOf(sums[0]), sampleOf(sums[1]), alpha);
  const { difference, standardError, interval, ratio, t, degreesOfFreedom, p } = welch;
  const paired = [pairedOf(metric, control), pairedOf(metric, cohort)] as const;
  return {
    difference,
    standardError,
    interval,
    relative: ratio && relativeOf(ratio),
    test: { statistic: 't', value: t, degreesOfFreedom, p },
    ...(paired[0] && paired[1] && { cuped: sharpened([paired[0], paired[1]], alpha) }),
  };
}

function sharpened(paired: readonly [PairedSums, PairedSums], alpha: number): NonNullable<Comparison['cuped']> {
  const { theta, reduction, adjusted } = cuped(paired);
  const { difference, interval, p } = welchTest(adjusted[0]!, adjusted[1]!, alpha);
  return { theta, reduction, difference, interval, p };
}

const relativeOf = ({ estimate, interval }: NonNullable<ReturnType<typeof welchTest>['ratio']>) => ({
  estimate: estimate - 1,
  interval: interval && { low: interval.low - 1, high: interval.high - 1 },
});

function observed(metric: string, { cohort, metrics }: CohortInput): Observed {
  const found = metrics[metric];
  if (found) return found;
  throw new StatisticsError('TOO_FEW_PLAYERS', `Nothing is known of ${metric} in ${cohort}.`);
}

/** What is known of a share in a cohort. @throws StatisticsError when nothing is */
export function proportionOf(metric: string, cohort: CohortInput): Proportion {
  return { players: cohort.players, successes: observed(metric, cohort).successes ?? Number.NaN };
}

/** What is known of a mean in a cohort. @throws StatisticsError when nothing is */
export function sumsOf(metric: string, cohort: CohortInput): Sums {
  const { sum = Number.NaN, sumOfSquares = Number.NaN } = observed(metric, cohort);
  return { count: cohort.players, sum, sumOfSquares };
}

function pairedOf(metric: string, cohort: CohortInput): PairedSums | undefined {
  const { covariate } = observed(metric, cohort);
  return (
    covariate && {
      metric: sumsOf(metric, cohort),
      covariate: { count: cohort.players, sum: covariate.sum, sumOfSquares: covariate.sumOfSquares },
      sumOfProducts: covariate.sumOfProducts,
    }
  );
}

function requireMargin({ metric, margin }: MetricDefinition): number {
  if (margin !== undefined) return margin;
  throw new StatisticsError('INVALID_NUMBER', `The guardrail ${metric} has no margin: say which harm is acceptable.`);
}
