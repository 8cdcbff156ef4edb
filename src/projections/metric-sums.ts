import { z } from 'zod';
import { importedOutcome } from '../events/analytics.ts';
import type { CohortName } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { eventsTable } from './analytics-tables.ts';
import { exposuresTable, type RunPlace } from './exposures.ts';
import { physicalName } from './table.ts';

/** Which analytics events of a player count, and for what. Times in µs since 1970, lengths in µs.
 *  `tagged`: each measure of those that name the experiment, within the run's times (null = without that end), is a metric; `before` are
 *  their others, so long before the exposure. `names` = only these metrics, null = all.
 *  `event`: those of one name, whatever they name, so long after and before the exposure, are the one metric; its values are those of `measure`,
 *  null = the events are counted */
export type Measured =
  | {
      readonly kind: 'tagged';
      readonly from: bigint | null;
      readonly to: bigint | null;
      readonly beforeUs: bigint;
      readonly names: readonly string[] | null;
    }
  | { readonly kind: 'event'; readonly event: string; readonly measure: string | null; readonly windowUs: bigint };

/** Exposures are timed by the database and events by the façade: what seems to be so little before an exposure came after it. */
const clocksDifferUs = 10_000_000n;

const number = z.coerce.number();
const sumsRow = z
  .object({
    cohort: z.string(),
    metric: z.string(),
    doers: number,
    sum_after: number,
    squares_after: number,
    is_binary: z.boolean(),
    sum_before: number,
    squares_before: number,
    products: number,
  })
  .transform((row) => ({
    cohort: row.cohort as CohortName,
    metric: row.metric,
    doers: row.doers,
    sum: row.sum_after,
    sumOfSquares: row.squares_after,
    isBinary: row.is_binary,
    before: { sum: row.sum_before, sumOfSquares: row.squares_before, sumOfProducts: row.products },
  }));

/** A metric over the exposed players of one cohort, each with one number: the sum of their values after the exposure, 0 without one.
 *  @property metric   '' where there is but one
 *  @property doers    players with at least one such event
 *  @property isBinary whether each number is 0 or 1
 *  @property before   of the same players' numbers from before the exposure, and of the products of both */
export type MeasuredSums = z.infer<typeof sumsRow>;

/** What happened to exposed players of one page: cohort, player, metric, whether it was after the exposure, value. Parameters from $7 on. */
function told(measured: Measured, exposed: string, events: string): { text: string; params: readonly unknown[] } {
  const players = `FROM ${exposed} AS x JOIN ${events} AS e ON e.tenant = x.tenant AND e.player_id = x.player_id`;
  const page = `x.tenant = $1::text AND x.experiment = $2::text AND x.run = $3::int
    AND ($4::uuid IS NULL OR x.player_id > $4::uuid) AND ($5::uuid IS NULL OR x.player_id <= $5::uuid)`;
  const isLate = 'e.at >= x.exposed_at - $6::bigint';
  if (measured.kind === 'event')
    return {
      text: `SELECT x.cohort, x.player_id, '' AS metric, ${isLate} AS is_after,
          CASE WHEN $9::text IS NULL THEN 1::numeric ELSE coalesce((e.measures::jsonb ->> $9::text)::numeric, 0::numeric) END AS value
        ${players} AND e.name = $7::text AND e.at >= x.exposed_at - $8::bigint AND e.at < x.exposed_at + $8::bigint
        WHERE ${page}`,
      params: [measured.event, measured.windowUs, measured.measure],
    };
  // an import tells of a player in the append that exposes them, by the clock of whoever imports
  const isTagged = `coalesce(e.experiment = $2::text, false) AND (e.name = $7::text OR ${isLate})
    AND ($8::bigint IS NULL OR e.at >= $8::bigint) AND ($9::bigint IS NULL OR e.at < $9::bigint)`;
  const isEarlier = `coalesce(e.experiment <> $2::text, true) AND e.name <> $7::text AND NOT ${isLate} AND e.at >= x.exposed_at - $10::bigint`;
  return {
    text: `SELECT x.cohort, x.player_id, m.key AS metric, ${isTagged} AS is_after, m.value::numeric AS value
      ${players} CROSS JOIN LATERAL jsonb_each_text(e.measures::jsonb) AS m (key, value)
      WHERE ${page} AND ((${isTagged}) OR (${isEarlier})) AND ($11::text[] IS NULL OR m.key = ANY($11::text[]))`,
    params: [importedOutcome, measured.from, measured.to, measured.beforeUs, measured.names],
  };
}

/** What the players of a run did, as sums by cohort and metric; where nobody did anything there are none. Read in short statements, page by page
 *  of the players.
 *  @param playersAtOnce of a page */
export async function metricSums(
  sql: Sql,
  generations: Generations,
  { tenant, experiment, run }: RunPlace,
  measured: Measured,
  playersAtOnce = 5_000,
): Promise<readonly MeasuredSums[]> {
  const exposed = physicalName(exposuresTable, await generations.of('exposures'));
  const { text, params } = told(measured, exposed, physicalName(eventsTable, await generations.of('analytics')));
  const sums = new Map<string, MeasuredSums>();
  for (let after: string | null = null; ; ) {
    const { rows: ends } = await sql.query(
      // ordered by the column: by its name alone it would be the text that is selected, for which there is no index
      `SELECT x.player_id::text AS player_id FROM ${exposed} AS x
       WHERE x.tenant = $1::text AND x.experiment = $2::text AND x.run = $3::int AND ($4::uuid IS NULL OR x.player_id > $4::uuid)
       ORDER BY x.player_id LIMIT 1 OFFSET $5::bigint`,
      [tenant, experiment, run, after, playersAtOnce - 1],
    );
    const through: string | null = (ends[0] as { player_id: string } | undefined)?.player_id ?? null;
    const { rows } = await sql.query(
      `SELECT cohort, metric, count(*) FILTER (WHERE is_doer) AS doers, sum(late) AS sum_after, sum(late * late) AS squares_after,
              bool_and(late = 0 OR late = 1) AS is_binary, sum(early) AS sum_before, sum(early * early) AS squares_before,
              sum(early * late) AS products
       FROM (
         SELECT min(cohort) AS cohort, player_id, metric, bool_or(is_after) AS is_doer,
                sum(CASE WHEN is_after THEN value ELSE 0::numeric END) AS late, sum(CASE WHEN is_after THEN 0::numeric ELSE value END) AS early
         FROM (${text}) AS told GROUP BY player_id, metric
       ) AS players GROUP BY cohort, metric ORDER BY cohort, metric`,
      [tenant, experiment, run, after, through, clocksDifferUs, ...params],
    );
    for (const row of rows) {
      const page = sumsRow.parse(row);
      const key = JSON.stringify([page.cohort, page.metric]);
      const known = sums.get(key);
      sums.set(key, known === undefined ? page : added(known, page));
    }
    if (through === null) return [...sums.values()];
    after = through;
  }
}

const added = (one: MeasuredSums, other: MeasuredSums): MeasuredSums => ({
  ...one,
  doers: one.doers + other.doers,
  sum: one.sum + other.sum,
  sumOfSquares: one.sumOfSquares + other.sumOfSquares,
  isBinary: one.isBinary && other.isBinary,
  before: {
    sum: one.before.sum + other.before.sum,
    sumOfSquares: one.before.sumOfSquares + other.before.sumOfSquares,
    sumOfProducts: one.before.sumOfProducts + other.before.sumOfProducts,
  },
});
