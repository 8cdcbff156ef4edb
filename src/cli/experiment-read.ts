import { findExperiment } from '../commands/experiment.ts';
import type { ExperimentId, TenantId } from '../events/ids.ts';
import type { ExperimentInput } from '../experiment-report/input.ts';
import {
  type AskedMetric,
  type CohortSums,
  cohortInput,
  type MetricSums,
  metricsOf,
} from '../experiment-report/tally.ts';
import { analytics } from '../projections/analytics.ts';
import { experimentOutcomes, type PlayerOutcome } from '../projections/experiment-outcomes.ts';
import { experimentRuns } from '../projections/experiment-queries.ts';
import { experiments } from '../projections/experiments.ts';
import { type ExposureCount, exposureCounts, exposures } from '../projections/exposures.ts';
import { UserError } from './command.ts';
import { withRows } from './with-rows.ts';
import type { TerminalRuntime } from './with-runtime.ts';

const dayUs = 86_400_000_000n;

/** @property run           undefined = the last one
 *  @property covariateDays days before the exposure whose numbers sharpen a mean */
export type ReadExperiment = {
  readonly tenant: TenantId;
  readonly experiment: ExperimentId;
  readonly run: number | undefined;
  readonly control: string | undefined;
  readonly covariateDays: number;
  readonly metrics: readonly AskedMetric[];
};

/** What a report needs, from the read models as of now.
 *  @throws UserError for an experiment that is not there, or never ran */
export async function readExperiment(runtime: TerminalRuntime, asked: ReadExperiment): Promise<ExperimentInput> {
  const { tenant, experiment, covariateDays } = asked;
  const found = await findExperiment(runtime, tenant, experiment);
  if (found.phase === 'absent') throw new UserError(`There is no experiment ${experiment} in tenant ${tenant}.`);
  if (found.run === 0) throw new UserError(`${experiment} never ran: there is nothing to report.`);
  const run = asked.run ?? found.run;
  if (run > found.run) throw new UserError(`${experiment} has had ${found.run} runs; there is no run ${run}.`);
  const { definition } = found;
  return await withRows(runtime, [experiments, exposures, analytics], async (generations) => {
    const { database } = runtime;
    const runs = await experimentRuns(database, generations, tenant, experiment);
    const startOf = (wanted: number) => runs.find((each) => each.run === wanted)?.startedAt ?? null;
    const shown = await exposureCounts(database, generations, { tenant, experiment, run });
    const outcomes = experimentOutcomes(database, generations, {
      ...{ tenant, experiment, run, earlierUs: BigInt(covariateDays) * dayUs },
      // what an import tells of the first run may be older than its start
      from: run === 1 ? null : startOf(run),
      to: startOf(run + 1),
    });
    const sums = await addUp(outcomes);
    const cohorts = definition.cohorts.map(({ cohort, share }) => ({
      ...{ cohort, share, metrics: sums(cohort) },
      players: daysOf(cohort, shown).reduce((total, { players }) => total + players, 0),
    }));
    return {
      experiment: run === 1 ? experiment : `${experiment}, run ${run}`,
      control: asked.control ?? definition.control,
      cohorts: cohorts.map(({ share, ...sums }) => cohortInput(sums, share, daysOf(sums.cohort, shown))),
      metrics: metricsOf(cohorts, asked.metrics),
    };
  });
}

/** Sums by cohort and metric. A metric that no event of the experiment has is none, whatever players did earlier. */
async function addUp(pages: AsyncIterable<readonly PlayerOutcome[]>) {
  const sums = new Map<string, MetricSums & { before: NonNullable<MetricSums['before']> }>();
  const names = new Set<string>();
  for await (const page of pages)
    for (const { cohort, metric, value: outcome, earlier } of page) {
      if (outcome !== undefined) names.add(metric);
      const value = outcome ?? 0;
      const key = `${cohort} ${metric}`;
      const { sum, sumOfSquares, isBinary, before } = sums.get(key) ?? nothing;
      sums.set(key, {
        sum: sum + value,
        sumOfSquares: sumOfSquares + value ** 2,
        isBinary: isBinary && (value === 0 || value === 1),
        before: {
          sum: before.sum + earlier,
          sumOfSquares: before.sumOfSquares + earlier ** 2,
          sumOfProducts: before.sumOfProducts + earlier * value,
        },
      });
    }
  return (cohort: string): CohortSums['metrics'] =>
    new Map(
      [...names].sort().map((metric) => {
        const { before, ...own } = sums.get(`${cohort} ${metric}`) ?? nothing;
        const isSharper = [...sums].some(([key, each]) => key.endsWith(` ${metric}`) && each.before.sumOfSquares > 0);
        return [metric, isSharper ? { ...own, before } : own];
      }),
    );
}

const nothing = {
  ...{ sum: 0, sumOfSquares: 0, isBinary: true },
  before: { sum: 0, sumOfSquares: 0, sumOfProducts: 0 },
};

const daysOf = (cohort: string, shown: readonly ExposureCount[]) =>
  shown.filter((each) => each.cohort === cohort).map(({ day, players }) => ({ day, players }));
