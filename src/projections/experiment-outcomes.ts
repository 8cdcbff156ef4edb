import { z } from 'zod';
import { importedOutcome } from '../events/analytics.ts';
import type { CohortName, ExperimentId, PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { eventsTable } from './analytics-tables.ts';
import { arrayLiteral } from './array-literal.ts';
import { type ExposureRow, exposuresPage } from './exposures.ts';
import { physicalName } from './table.ts';

/** Which run, and when it was, in µs since 1970; null = without that end.
 *  @property earlierUs how far back from a player's exposure `earlier` goes */
export type OutcomesAsked = {
  readonly tenant: TenantId;
  readonly experiment: ExperimentId;
  readonly run: number;
  readonly from: bigint | null;
  readonly to: bigint | null;
  readonly earlierUs: bigint;
};

/** A number of an exposed player: the sum of a measure over their analytics events that name the experiment, undefined = there is none.
 *  @property earlier the sum over their other events in the days before they were exposed, imported ones left out */
export type PlayerOutcome = {
  readonly cohort: CohortName;
  readonly metric: string;
  readonly value: number | undefined;
  readonly earlier: number;
};

const outcomeRow = z.object({
  player_id: z.string(),
  metric: z.string(),
  value: z.coerce.number(),
  is_outcome: z.boolean(),
  earlier: z.coerce.number(),
});

const playersAtOnce = 5_000;

/** What came of the players of a run, page by page. Players without any number are left out. */
export async function* experimentOutcomes(
  sql: Sql,
  generations: Generations,
  asked: OutcomesAsked,
): AsyncGenerator<readonly PlayerOutcome[]> {
  let after: PlayerId | null = null;
  for (;;) {
    const players: readonly ExposureRow[] = await exposuresPage(sql, generations, asked, {
      after,
      limit: playersAtOnce,
    });
    if (players.length > 0) yield outcomesOf(sql, generations, asked, players);
    if (players.length < playersAtOnce) return;
    after = players.at(-1)?.playerId ?? null;
  }
}

async function outcomesOf(
  sql: Sql,
  generations: Generations,
  { tenant, experiment, from, to, earlierUs }: OutcomesAsked,
  players: readonly ExposureRow[],
): Promise<readonly PlayerOutcome[]> {
  const isOutcome = `coalesce(e.experiment = $2::text, false) AND ($3::int8 IS NULL OR e.at >= $3::int8)
    AND ($4::int8 IS NULL OR e.at < $4::int8)`;
  const isEarlier = `coalesce(e.experiment <> $2::text, true) AND e.name <> $8::text AND e.at < s.exposed_at AND e.at >= s.exposed_at - $5::int8`;
  const { rows } = await sql.query(
    `SELECT s.player_id::text AS player_id, m.key AS metric,
       sum(CASE WHEN ${isOutcome} THEN m.value::float8 ELSE 0::float8 END) AS value,
       bool_or(${isOutcome}) AS is_outcome,
       sum(CASE WHEN ${isEarlier} THEN m.value::float8 ELSE 0::float8 END) AS earlier
     FROM unnest($6::uuid[], $7::int8[]) AS s (player_id, exposed_at)
     JOIN ${physicalName(eventsTable, await generations.of('analytics'))} AS e
       ON e.tenant = $1::text AND e.player_id = s.player_id
     CROSS JOIN LATERAL jsonb_each_text(e.measures::jsonb) AS m (key, value)
     WHERE (${isOutcome}) OR (${isEarlier})
     GROUP BY s.player_id, m.key ORDER BY s.player_id, m.key`,
    [
      ...[tenant, experiment, from, to, earlierUs],
      arrayLiteral(players.map(({ playerId }) => playerId)),
      arrayLiteral(players.map(({ exposedAt }) => exposedAt)),
      importedOutcome,
    ],
  );
  const cohorts = new Map<string, CohortName>(players.map(({ playerId, cohort }) => [playerId, cohort]));
  return rows.map((row) => {
    const { player_id, metric, value, is_outcome, earlier } = outcomeRow.parse(row);
    return { cohort: cohorts.get(player_id) as CohortName, metric, value: is_outcome ? value : undefined, earlier };
  });
}
