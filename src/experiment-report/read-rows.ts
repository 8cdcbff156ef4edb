import type { ExperimentDefinition } from '../events/experiment.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, Projection } from '../ports/projection.ts';
import { analytics } from '../projections/analytics.ts';
import { experimentRuns } from '../projections/experiment-queries.ts';
import { experiments } from '../projections/experiments.ts';
import { type ExposureCount, exposureCounts, exposures, type RunPlace } from '../projections/exposures.ts';
import { type Measured, type MeasuredSums, metricSums } from '../projections/metric-sums.ts';
import type { ExperimentInput } from './input.ts';
import { type AskedMetric, type CohortSums, cohortInput, metricsOf } from './tally.ts';

/** @property control      null = as defined
 *  @property covariateDays days before the exposure whose numbers sharpen a mean
 *  @property metrics       none = all that there are */
export type AskedReport = {
  readonly control: string | null;
  readonly covariateDays: number;
  readonly metrics: readonly AskedMetric[];
};

/** Read models that a report is read from. */
export const readModelsOfReport: readonly Projection[] = [experiments, exposures, analytics];

const dayUs = 86_400_000_000n;

/** What a report of a run is made from, by the read models. */
export async function readRows(
  sql: Sql,
  generations: Generations,
  place: RunPlace,
  { cohorts: defined, control }: Pick<ExperimentDefinition, 'cohorts' | 'control'>,
  asked: AskedReport,
): Promise<ExperimentInput> {
  const { tenant, experiment, run } = place;
  const runs = await experimentRuns(sql, generations, tenant, experiment);
  const startOf = (wanted: number) => runs.find((each) => each.run === wanted)?.startedAt ?? null;
  const shown = await exposureCounts(sql, generations, place);
  const sumsOf = (measured: Measured) => metricSums(sql, generations, place, measured);
  const sums: MeasuredSums[] = [];
  const tagged = asked.metrics.filter(({ source }) => source === undefined);
  if (asked.metrics.length === 0 || tagged.length > 0)
    sums.push(
      ...(await sumsOf({
        kind: 'tagged',
        // what an import tells of the first run may be older than its start
        from: run === 1 ? null : startOf(run),
        to: startOf(run + 1),
        beforeUs: BigInt(asked.covariateDays) * dayUs,
        names: tagged.length === 0 ? null : tagged.map(({ metric }) => metric),
      })),
    );
  for (const { metric, source } of asked.metrics) {
    if (source === undefined) continue;
    const { event, measure, withinS } = source;
    const found = await sumsOf({ kind: 'event', event, measure, windowUs: BigInt(withinS) * 1_000_000n });
    sums.push(...found.map((each) => ({ ...each, metric })));
  }
  const cohorts = defined.map(({ cohort, share }) => {
    const daily = daysOf(cohort, shown);
    const players = daily.reduce((total, each) => total + each.players, 0);
    return { share, daily, sums: { cohort, players, metrics: metricsIn(cohort, sums) } };
  });
  return {
    experiment: run === 1 ? experiment : `${experiment}, run ${run}`,
    control: asked.control ?? control,
    cohorts: cohorts.map(({ share, daily, sums: own }) => cohortInput(own, share, daily)),
    metrics: metricsOf(
      cohorts.map(({ sums: own }) => own),
      asked.metrics,
    ),
  };
}

/** Metrics of a cohort by name. What no event of the experiment has is no metric, whatever players did earlier; what nobody did earlier
 *  sharpens nothing. */
function metricsIn(cohort: string, sums: readonly MeasuredSums[]): CohortSums['metrics'] {
  const names = new Set(sums.filter(({ doers }) => doers > 0).map(({ metric }) => metric));
  return new Map(
    [...names].sort().map((name) => {
      const all = sums.filter(({ metric }) => metric === name);
      const { sum, sumOfSquares, isBinary, before } = all.find((each) => each.cohort === cohort) ?? nothing;
      const isSharper = all.some((each) => each.before.sumOfSquares > 0);
      return [name, { sum, sumOfSquares, isBinary, ...(isSharper && { before }) }];
    }),
  );
}

const nothing = {
  ...{ sum: 0, sumOfSquares: 0, isBinary: true },
  before: { sum: 0, sumOfSquares: 0, sumOfProducts: 0 },
};

const daysOf = (cohort: string, shown: readonly ExposureCount[]) =>
  shown.filter((each) => each.cohort === cohort).map(({ day, players }) => ({ day, players }));
