import type { CohortName } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { exposureCounts, type RunPlace } from './exposures.ts';
import { type MeasuredSums, metricSums } from './metric-sums.ts';

/** What is measured of each player who was exposed.
 *  @property event    name of an analytics event
 *  @property measure  the measure that is added up over a player's events; null = the events are counted
 *  @property windowMs how long after a player's exposure their events count, and how long before it for the covariate */
export type CohortMetric = { readonly event: string; readonly measure: string | null; readonly windowMs: number };

/** A metric over the exposed players of one cohort. @property players all of them */
export type CohortMetricSums = Pick<MeasuredSums, 'cohort' | 'doers' | 'sum' | 'sumOfSquares' | 'before'> & {
  readonly players: number;
};

const nothing = {
  metric: '',
  isBinary: true,
  doers: 0,
  sum: 0,
  sumOfSquares: 0,
  before: { sum: 0, sumOfSquares: 0, sumOfProducts: 0 },
};

/** A metric of a run of an experiment, by cohort; cohorts that nobody was shown are missing. */
export async function cohortMetric(
  sql: Sql,
  generations: Generations,
  place: RunPlace,
  { event, measure, windowMs }: CohortMetric,
): Promise<readonly CohortMetricSums[]> {
  const players = new Map<CohortName, number>();
  for (const { cohort, players: more } of await exposureCounts(sql, generations, place))
    players.set(cohort, (players.get(cohort) ?? 0) + more);
  const windowUs = BigInt(windowMs) * 1_000n;
  const found = await metricSums(sql, generations, place, { kind: 'event', event, measure, windowUs });
  return [...players].map(([cohort, all]) => {
    const { metric: _, isBinary: __, ...sums } = found.find((each) => each.cohort === cohort) ?? { cohort, ...nothing };
    return { ...sums, players: all };
  });
}
