import { z } from 'zod';
import type { CohortName } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { eventsTable } from './analytics-tables.ts';
import { exposuresTable, type RunPlace } from './exposures.ts';
import { physicalName } from './table.ts';

/** What is measured of each player who was exposed.
 *  @property event    name of an analytics event
 *  @property measure  the measure that is added up over a player's events; null = the events are counted
 *  @property windowMs how long after a player's exposure their events count, and how long before it for the covariate */
export type CohortMetric = { readonly event: string; readonly measure: string | null; readonly windowMs: number };

/** Exposures are timed by the database and events by the façade: what seems to be so little before an exposure came after it. */
const clocksDifferMicros = 10_000_000n;

const number = z.coerce.number();
const metricRow = z
  .object({
    cohort: z.string(),
    players: number,
    doers: number,
    sum_after: number,
    squares_after: number,
    sum_before: number,
    squares_before: number,
    products: number,
  })
  .transform((row) => ({
    cohort: row.cohort as CohortName,
    players: row.players,
    doers: row.doers,
    sum: row.sum_after,
    sumOfSquares: row.squares_after,
    covariate: { sum: row.sum_before, sumOfSquares: row.squares_before, sumOfProducts: row.products },
  }));

/** A metric over the exposed players of one cohort, each with one value: the sum over their events in the window after exposure, 0 without one.
 *  @property doers     players with at least one such event
 *  @property covariate the same players' values from the window before exposure, and the sum of the products of both */
export type CohortMetricSums = z.infer<typeof metricRow>;

/** A metric of a run of an experiment, by cohort; cohorts that nobody was shown are missing. */
export async function cohortMetric(
  sql: Sql,
  generations: Generations,
  { tenant, experiment, run }: RunPlace,
  { event, measure, windowMs }: CohortMetric,
): Promise<readonly CohortMetricSums[]> {
  const exposed = physicalName(exposuresTable, await generations.of('exposures'));
  const events = physicalName(eventsTable, await generations.of('analytics'));
  const { rows } = await sql.query(
    `SELECT cohort, count(*) AS players, count(*) FILTER (WHERE done > 0) AS doers,
            sum(after) AS sum_after, sum(after * after) AS squares_after,
            sum(before) AS sum_before, sum(before * before) AS squares_before, sum(before * after) AS products
     FROM (
       SELECT cohort, player_id, count(is_after) AS done,
              sum(CASE WHEN is_after THEN value ELSE 0 END) AS after, sum(CASE WHEN is_before THEN value ELSE 0 END) AS before
       FROM (
         SELECT x.cohort, x.player_id, CASE WHEN e.at >= x.exposed_at - $7::bigint THEN true END AS is_after,
                CASE WHEN e.at < x.exposed_at - $7::bigint THEN true END AS is_before,
                CASE WHEN e.at IS NULL THEN 0 WHEN $5::text IS NULL THEN 1
                     ELSE coalesce((e.measures::jsonb ->> $5::text)::numeric, 0) END AS value
         FROM ${exposed} AS x LEFT JOIN ${events} AS e
           ON e.tenant = x.tenant AND e.player_id = x.player_id AND e.name = $4::text
              AND e.at >= x.exposed_at - $6::bigint AND e.at < x.exposed_at + $6::bigint
         WHERE x.tenant = $1::text AND x.experiment = $2::text AND x.run = $3::int
       ) AS joined GROUP BY cohort, player_id
     ) AS players GROUP BY cohort ORDER BY cohort`,
    [tenant, experiment, run, event, measure, `${windowMs * 1_000}`, `${clocksDifferMicros}`],
  );
  return rows.map((row) => metricRow.parse(row));
}
