import { StatisticsError } from '../statistics/errors.ts';
import { benjaminiHochberg, holm } from '../statistics/multiplicity.ts';
import { detectableDifference, detectableRise } from '../statistics/power.ts';
import { type SampleRatio, sampleRatio } from '../statistics/sample-ratio.ts';
import { sampleOf } from '../statistics/samples.ts';
import { shareInterval } from '../statistics/two-proportions.ts';
import { meanInterval } from '../statistics/welch.ts';
import { compare, proportionOf, sumsOf } from './compare.ts';
import type { CohortInput, ExperimentInput, MetricDefinition } from './input.ts';
import type { CohortValue, Comparison, ExperimentReport, MetricReport, Missing, Verdict } from './report.ts';
import { warningsOf } from './warnings.ts';

/** Where the sequential test is narrowest when nobody planned: a fixed number, because one taken from the data would break its promise. */
const usualPlan = 10_000;

type Unjudged = Omit<Comparison, 'verdict'>;

/** Everything about an experiment: the sample ratio first, then each metric, each cohort against control. What cannot be computed says why
 *  instead of failing the report.
 *  @throws RangeError when control is none of the cohorts, or two have one name */
export function makeReport(input: ExperimentInput): ExperimentReport {
  const steps = reportSteps(input);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** As {@link makeReport}, beside other work: each comparison takes some 20 ms, and `pause` is awaited after each. */
export async function makeReportGently(
  input: ExperimentInput,
  pause: () => Promise<unknown>,
): Promise<ExperimentReport> {
  const steps = reportSteps(input);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await pause();
  }
}

function* reportSteps(input: ExperimentInput): Generator<undefined, ExperimentReport> {
  const { experiment, cohorts, alpha = 0.05, plannedPlayers = usualPlan } = input;
  const control = cohorts.find(({ cohort }) => cohort === input.control);
  if (!control) throw new RangeError(`The control cohort ${input.control} is none of the cohorts.`);
  if (new Set(cohorts.map(({ cohort }) => cohort)).size < cohorts.length)
    throw new RangeError('Two cohorts have the same name.');
  const others = cohorts.filter((each) => each !== control);
  const ratio = tried(() =>
    sampleRatio(
      cohorts.map(({ players }) => players),
      cohorts.map(({ share }) => share),
    ),
  );
  const terms = { alpha, plannedPlayers: (plannedPlayers * 2) / cohorts.length };
  const compared: (Unjudged | (Missing & { cohort: string }))[][] = [];
  for (const metric of input.metrics) {
    const comparisons: (typeof compared)[number] = [];
    for (const cohort of others) {
      comparisons.push({ cohort: cohort.cohort, ...tried(() => compare(metric, control, cohort, terms)) });
      yield;
    }
    compared.push(comparisons);
  }
  const adjusted = adjustedOf(input.metrics, compared);
  const isUntrusted = 'verdict' in ratio && ratio.verdict === 'mismatched';
  const metrics = input.metrics.map((metric, index): MetricReport => {
    const comparisons = compared[index]!.map((each) => {
      if ('problem' in each) return each;
      const judged = { ...each, ...(adjusted.has(each) && { adjusted: adjusted.get(each)! }) };
      return { ...judged, verdict: isUntrusted ? ('untrusted' as const) : verdictOf(metric, judged, alpha) };
    });
    const values = cohorts.map((cohort) => tried(() => cohortValue(metric, cohort, alpha)));
    return {
      ...metric,
      cohorts: values.filter((value): value is CohortValue => !('problem' in value)),
      comparisons,
      detectable: detectableOf(metric, control, others, alpha),
    };
  });
  return {
    experiment,
    control: control.cohort,
    players: cohorts.reduce((total, { players }) => total + players, 0),
    alpha,
    plannedPlayers,
    warnings: warningsOf(ratio, metrics),
    sampleRatio: ratio,
    cohorts: plannedOf(cohorts, ratio),
    metrics,
    daily: dailyOf(cohorts),
  };
}

function tried<T extends object>(compute: () => T): T | Missing {
  try {
    return compute();
  } catch (error) {
    if (error instanceof StatisticsError) return { problem: error.message };
    throw error;
  }
}

function adjustedOf(metrics: readonly MetricDefinition[], compared: readonly (readonly (Unjudged | Missing)[])[]) {
  const goals = compared
    .filter((_each, index) => metrics[index]!.role === 'goal')
    .flat()
    .filter((each): each is Unjudged => !('problem' in each));
  const ps = goals.map(({ test }) => test.p);
  const [strict, mild] = [holm(ps), benjaminiHochberg(ps)];
  return new Map(goals.map((each, index) => [each, { holm: strict[index]!, benjaminiHochberg: mild[index]! }]));
}

function verdictOf(
  { better }: MetricDefinition,
  { difference, adjusted, guardrail }: Unjudged,
  alpha: number,
): Verdict {
  if (guardrail) return guardrail.verdict;
  if (!adjusted || adjusted.holm >= alpha) return 'unclear';
  return difference > 0 === (better === 'higher') ? 'better' : 'worse';
}

function cohortValue(metric: MetricDefinition, cohort: CohortInput, alpha: number): CohortValue {
  const { players } = cohort;
  if (metric.kind === 'share') {
    const proportion = proportionOf(metric.metric, cohort);
    const interval = shareInterval(proportion, alpha);
    return { cohort: cohort.cohort, players, value: proportion.successes / players, interval };
  }
  const sample = sampleOf(sumsOf(metric.metric, cohort));
  const interval = meanInterval(sample, alpha);
  return { cohort: cohort.cohort, players, value: sample.mean, interval, deviation: Math.sqrt(sample.variance) };
}

/** With the smallest of the other cohorts. */
function detectableOf(
  metric: MetricDefinition,
  control: CohortInput,
  others: readonly CohortInput[],
  alpha: number,
): number | undefined {
  const ratio = Math.min(...others.map(({ players }) => players)) / control.players;
  const found = tried(() => {
    const value = cohortValue(metric, control, alpha);
    const planning = { alpha, ratio };
    const effect =
      value.deviation === undefined
        ? detectableRise(value.value, control.players, planning)
        : detectableDifference(value.deviation, control.players, planning);
    return { effect };
  });
  return 'effect' in found ? found.effect : undefined;
}

function plannedOf(cohorts: readonly CohortInput[], ratio: SampleRatio | Missing): ExperimentReport['cohorts'] {
  const players = cohorts.reduce((total, each) => total + each.players, 0);
  const shares = cohorts.reduce((total, { share }) => total + share, 0);
  return cohorts.map(({ cohort, players: seen, share }, index) => {
    const planned = 'expected' in ratio ? ratio.expected[index]! : (players * share) / shares;
    return { cohort, players: seen, planned };
  });
}

function dailyOf(cohorts: readonly CohortInput[]): ExperimentReport['daily'] {
  const days = [...new Set(cohorts.flatMap(({ daily }) => daily.map(({ day }) => day)))].sort();
  return days.map((day) => ({
    day,
    players: Object.fromEntries(
      cohorts.map(({ cohort, daily }) => [cohort, daily.find((each) => each.day === day)?.players ?? 0]),
    ),
  }));
}
