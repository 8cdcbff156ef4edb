import { z } from 'zod';
import type { RecordedEvent } from '../events/envelope.ts';
import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import type { LeaderboardEntryEvent } from '../events/leaderboard-entry.ts';
import { rewardTiersField } from '../events/reward.ts';
import type { SeasonEvent } from '../events/season.ts';
import { operatorField } from '../events/season.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { type Standing, standingAfter } from './standing.ts';
import { change, physicalName } from './table.ts';

/** One row per player and season; NULL scores = withdrawn to nothing, kept for its version and never shown. Times in µs since 1970. */
const entries = {
  name: 'leaderboard_entries',
  key: ['tenant', 'season', 'player_id'],
  columns: {
    tenant: 'text',
    season: 'text',
    player_id: 'uuid',
    score: 'bigint',
    subscore: 'bigint',
    reached_at: 'bigint',
    reached_partition: 'int',
    reached_position: 'bigint',
    event_id: 'uuid',
  },
} as const;

/** One row per season; `opened_…` is its place in the log, the order in which seasons are listed. */
const seasons = {
  name: 'leaderboard_seasons',
  key: ['tenant', 'season'],
  columns: {
    tenant: 'text',
    season: 'text',
    operator: 'text',
    opens_at: 'text',
    closes_at: 'text',
    submit_by: 'text',
    status: 'text',
    opened_at: 'bigint',
    opened_partition: 'int',
    opened_position: 'bigint',
    closed_at: 'bigint',
    archived_at: 'bigint',
    rewards: 'text',
  },
  indexes: [
    { name: 'due', columns: ['closes_at', 'tenant', 'season'], where: "status = 'open'" },
    { name: 'ended', columns: ['closed_at', 'tenant', 'season'], where: "status = 'closed' AND archived_at IS NULL" },
  ],
} as const;

const entryChange = (
  event: RecordedEvent<Extract<LeaderboardEntryEvent, { type: 'LeaderboardUpdated' | 'ScoreWithdrawn' }>>,
) => {
  const standing = standingAfter(event);
  return [
    change(entries, event.version, {
      tenant: event.tenant,
      season: event.data.season,
      player_id: event.data.playerId,
      score: standing?.score ?? null,
      subscore: standing?.subscore ?? null,
      reached_at: standing?.reachedAt ?? null,
      reached_partition: standing?.partition ?? null,
      reached_position: standing?.position ?? null,
      event_id: standing?.eventId ?? null,
    }),
  ];
};

/** Times are compared as texts. */
const inOneForm = (instant: string | null): string | null => instant && new Date(instant).toISOString();

/** Standing scores and seasons. Boards are ordered by score and subscore, highest first, then by (reached_at, reached_partition,
 *  reached_position), then by player_id. */
export const leaderboards = defineProjection<LeaderboardEntryEvent | SeasonEvent>({
  name: 'leaderboards',
  version: 2,
  tables: [entries, seasons],
  on: {
    LeaderboardUpdated: entryChange,
    ScoreWithdrawn: entryChange,
    ScoreAttempted: 'ignored', // leaves the standing score as it was
    SeasonOpened: ({ tenant, version, data, recordedAt, partition, position }) => [
      change(seasons, version, {
        tenant,
        season: data.season,
        operator: data.operator,
        opens_at: inOneForm(data.opensAt),
        closes_at: inOneForm(data.closesAt),
        submit_by: data.submitBy,
        status: 'open',
        opened_at: recordedAt,
        opened_partition: partition,
        opened_position: position,
      }),
    ],
    SeasonClosed: ({ tenant, version, data, metadata: { occurredAt }, recordedAt }) => [
      change(seasons, version, {
        tenant,
        season: data.season,
        status: 'closed',
        closed_at: occurredAt === undefined ? recordedAt : BigInt(Date.parse(occurredAt)) * 1000n,
      }),
    ],
    SeasonArchived: ({ tenant, version, data, recordedAt }) => [
      change(seasons, version, { tenant, season: data.season, archived_at: recordedAt }),
    ],
    SeasonRewardsDefined: ({ tenant, version, data }) => [
      change(seasons, version, { tenant, season: data.season, rewards: JSON.stringify(data.rewards) }),
    ],
    SeasonEntriesLimited: 'ignored', // of tournaments, which have a read model of their own
    SeasonRewardsAwarded: 'ignored', // who got what is in their own streams
  },
});

const number = z.coerce.number();
const bigint = z.coerce.bigint();
const seasonRow = z
  .object({
    tenant: z.string(),
    season: z.string(),
    operator: operatorField.nullable(),
    opens_at: z.string().nullable(),
    closes_at: z.string().nullable(),
    submit_by: z.enum(['players', 'service']).nullable(),
    status: z.enum(['open', 'closed']),
    opened_at: bigint.nullable(),
    rewards: z.string().nullable(),
  })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    season: row.season as SeasonName,
    rewards: row.rewards === null ? [] : rewardTiersField.parse(JSON.parse(row.rewards)),
    operator: row.operator,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    submitBy: row.submit_by,
    status: row.status,
    openedAt: row.opened_at,
  }));

/** A season as the read model knows it. @property openedAt µs since 1970 */
export type SeasonRow = z.infer<typeof seasonRow>;

const table = async (definition: typeof entries | typeof seasons, generations: Generations): Promise<string> =>
  physicalName(definition, await generations.of('leaderboards'));

const seasonColumns = 'tenant, season, operator, opens_at, closes_at, submit_by, status, opened_at, rewards';

/** Seasons of a tenant, in the order of their names.
 *  @param after name of the last season of the page before; '' for the first page */
export async function listSeasons(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly SeasonRow[]> {
  const { rows } = await sql.query(
    `SELECT ${seasonColumns} FROM ${await table(seasons, generations)}
     WHERE tenant = $1::text AND season > $2::text ORDER BY season LIMIT $3::int8`,
    [tenant, page.after, page.limit],
  );
  return rows.map((row) => seasonRow.parse(row));
}

/** One season, or null. */
export async function findSeason(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  season: SeasonName,
): Promise<SeasonRow | null> {
  const { rows } = await sql.query(
    `SELECT ${seasonColumns} FROM ${await table(seasons, generations)} WHERE tenant = $1::text AND season = $2::text`,
    [tenant, season],
  );
  return rows[0] === undefined ? null : seasonRow.parse(rows[0]);
}

const dueRow = z.object({ tenant: z.string(), season: z.string(), closes_at: z.string() }).transform((row) => ({
  tenant: row.tenant as TenantId,
  id: row.season as SeasonName,
  dueAt: Date.parse(row.closes_at),
}));

/** Seasons of all tenants that are to end by `now` and are not closed, in the order of (closes_at, tenant, season).
 *  @param now   milliseconds since 1970
 *  @param after the last one of the page before, null for the first page */
export async function seasonsToClose(
  sql: Sql,
  generations: Generations,
  now: number,
  after: { readonly tenant: TenantId; readonly id: string; readonly dueAt: number } | null,
  limit: number,
): Promise<readonly z.infer<typeof dueRow>[]> {
  const { rows } = await sql.query(
    `SELECT tenant, season, closes_at FROM ${await table(seasons, generations)}
     WHERE status = 'open' AND closes_at <= $1::text
       AND (closes_at, tenant, season) > ($2::text, $3::text, $4::text)
     ORDER BY closes_at, tenant, season LIMIT $5::int8`,
    [
      new Date(now).toISOString(),
      after === null ? '' : new Date(after.dueAt).toISOString(),
      after?.tenant ?? '',
      after?.id ?? '',
      limit,
    ],
  );
  return rows.map((row) => dueRow.parse(row));
}

const endedRow = z.object({ tenant: z.string(), season: z.string(), closed_at: bigint }).transform((row) => ({
  tenant: row.tenant as TenantId,
  id: row.season as SeasonName,
  closedAt: row.closed_at,
}));

/** Seasons of all tenants that closed before a moment and are not archived, in the order of (closed_at, tenant, season).
 *  @param before µs since 1970 */
export async function seasonsToArchive(
  sql: Sql,
  generations: Generations,
  before: bigint,
  after: { readonly tenant: TenantId; readonly id: string; readonly closedAt: bigint } | null,
  limit: number,
): Promise<readonly z.infer<typeof endedRow>[]> {
  const { rows } = await sql.query(
    `SELECT tenant, season, closed_at FROM ${await table(seasons, generations)}
     WHERE status = 'closed' AND archived_at IS NULL AND closed_at < $1::int8
       AND (closed_at, tenant, season) > ($2::int8, $3::text, $4::text)
     ORDER BY closed_at, tenant, season LIMIT $5::int8`,
    [`${before}`, `${after?.closedAt ?? 0n}`, after?.tenant ?? '', after?.id ?? '', limit],
  );
  return rows.map((row) => endedRow.parse(row));
}

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
