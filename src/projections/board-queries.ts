import { z } from 'zod';
import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { entries, leaderboards, seasons } from './leaderboards.ts';
import type { Standing } from './standing.ts';
import { physicalName } from './table.ts';

const number = z.coerce.number();
const bigint = z.coerce.bigint();

const table = async (definition: typeof entries | typeof seasons, generations: Generations): Promise<string> =>
  physicalName(definition, await generations.of(leaderboards.name));

/** A season that has entries or is known by its own events; @property status null = entries came before the news of its opening */
export type KnownSeason = {
  readonly tenant: TenantId;
  readonly season: SeasonName;
  readonly status: 'open' | 'closed' | null;
};

const knownRow = z.object({ tenant: z.string(), season: z.string(), status: z.enum(['open', 'closed']).nullable() });

/** The next season after a name, of all tenants; one row of an index per call. */
export async function nextKnownSeason(
  sql: Sql,
  generations: Generations,
  after: { readonly tenant: string; readonly season: string },
): Promise<KnownSeason | null> {
  const seasonsTable = await table(seasons, generations);
  const { rows } = await sql.query(
    `SELECT n.tenant, n.season, s.status FROM (
       SELECT tenant, season FROM (
         (SELECT tenant, season FROM ${await table(entries, generations)}
          WHERE (tenant, season) > ($1::text, $2::text) ORDER BY tenant, season LIMIT 1)
         UNION ALL
         (SELECT tenant, season FROM ${seasonsTable}
          WHERE (tenant, season) > ($1::text, $2::text) ORDER BY tenant, season LIMIT 1)) AS both_tables
       ORDER BY tenant, season LIMIT 1) AS n
     LEFT JOIN ${seasonsTable} s ON s.tenant = n.tenant AND s.season = n.season`,
    [after.tenant, after.season],
  );
  if (rows[0] === undefined) return null;
  const row = knownRow.parse(rows[0]);
  return { tenant: row.tenant as TenantId, season: row.season as SeasonName, status: row.status };
}

const entryRow = z.object({
  player_id: z.string(),
  score: number.nullable(),
  subscore: number,
  reached_at: bigint,
  reached_partition: number,
  reached_position: bigint,
  event_id: z.string().nullable(),
  version: bigint,
});

const nilUuid = '00000000-0000-0000-0000-000000000000';

/** @property standing null = withdrawn to nothing */
export type EntryRow = { readonly playerId: PlayerId; readonly version: bigint; readonly standing: Standing | null };

/** Entries of a season in the order of player ids, withdrawn ones too.
 *  @param after last player of the page before, null for the first page */
export async function entriesPage(
  sql: Sql,
  generations: Generations,
  board: { readonly tenant: TenantId; readonly season: SeasonName },
  after: string | null,
  limit: number,
): Promise<readonly EntryRow[]> {
  const { rows } = await sql.query(
    `SELECT player_id::text AS player_id, score, coalesce(subscore, 0) AS subscore, coalesce(reached_at, 0) AS reached_at,
       coalesce(reached_partition, 0) AS reached_partition, coalesce(reached_position, 0) AS reached_position,
       event_id::text AS event_id, version
     FROM ${await table(entries, generations)}
     WHERE tenant = $1::text AND season = $2::text AND player_id > $3::uuid
     ORDER BY player_id LIMIT $4::int8`,
    [board.tenant, board.season, after ?? nilUuid, limit],
  );
  return rows.map((each) => {
    const row = entryRow.parse(each);
    const standing =
      row.score === null || row.event_id === null
        ? null
        : {
            score: row.score,
            subscore: row.subscore,
            reachedAt: row.reached_at,
            partition: row.reached_partition,
            position: row.reached_position,
            eventId: row.event_id,
          };
    return { playerId: row.player_id as PlayerId, version: row.version, standing };
  });
}
