import { z } from 'zod';
import type { SeasonName, TenantId, TournamentName } from '../events/ids.ts';
import { type RewardTier, rewardTierField } from '../events/reward.ts';
import { operatorField } from '../events/season.ts';
import type { RosterEvent, TournamentEvent } from '../events/tournament.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per tournament; times are RFC 3339 UTC with milliseconds, so that they are in order as texts. `next_at` NULL = it does not come again. */
const tournamentsTable = {
  name: 'tournaments',
  key: ['tenant', 'tournament'],
  columns: {
    tenant: 'text',
    tournament: 'text',
    operator: 'text',
    submit_by: 'text',
    cron: 'text',
    duration_ms: 'bigint',
    entry_ms: 'bigint',
    max_entries: 'bigint',
    rewards: 'text',
    ends_at: 'text',
    next_at: 'text',
  },
  indexes: [{ name: 'due', columns: ['next_at', 'tenant', 'tournament'], where: 'next_at IS NOT NULL' }],
} as const;

/** One row per occurrence. */
const occurrencesTable = {
  name: 'tournament_occurrences',
  key: ['tenant', 'tournament', 'season'],
  columns: {
    tenant: 'text',
    tournament: 'text',
    season: 'text',
    opens_at: 'text',
    closes_at: 'text',
    entries_close_at: 'text',
  },
} as const;

/** One row per occurrence that somebody entered. */
const rostersTable = {
  name: 'tournament_rosters',
  key: ['tenant', 'season'],
  columns: { tenant: 'text', season: 'text', entries: 'bigint' },
} as const;

const inOneForm = (instant: string | null): string | null => instant && new Date(instant).toISOString();

/** Tournaments with their occurrences. */
export const tournaments = defineProjection<TournamentEvent | RosterEvent>({
  name: 'tournaments',
  version: 1,
  tables: [tournamentsTable, occurrencesTable, rostersTable],
  on: {
    TournamentScheduled: ({ tenant, version, data }) => [
      change(tournamentsTable, version, {
        tenant,
        tournament: data.tournament,
        operator: data.operator,
        submit_by: data.submitBy,
        cron: data.cron,
        duration_ms: data.durationMs,
        entry_ms: data.entryMs,
        max_entries: data.maxEntries,
        rewards: JSON.stringify(data.rewards),
        ends_at: inOneForm(data.endsAt),
        next_at: inOneForm(data.nextAt),
      }),
    ],
    TournamentOccurrenceOpened: ({ tenant, version, data }) => [
      change(tournamentsTable, version, { tenant, tournament: data.tournament, next_at: inOneForm(data.nextAt) }),
      change(occurrencesTable, version, {
        tenant,
        tournament: data.tournament,
        season: data.season,
        opens_at: inOneForm(data.opensAt),
        closes_at: inOneForm(data.closesAt),
        entries_close_at: inOneForm(data.entriesCloseAt),
      }),
    ],
    TournamentOccurrencesMissed: ({ tenant, version, data }) => [
      change(tournamentsTable, version, { tenant, tournament: data.tournament, next_at: inOneForm(data.nextAt) }),
    ],
    TournamentEnded: ({ tenant, version, data }) => [
      change(tournamentsTable, version, { tenant, tournament: data.tournament, next_at: null }),
    ],
    TournamentSeatTaken: ({ tenant, version, data }) => [
      change(rostersTable, version, { tenant, season: data.season, entries: data.entries }),
    ],
  },
});

const number = z.coerce.number();
const tournamentRow = z
  .object({
    tournament: z.string(),
    operator: operatorField,
    submit_by: z.enum(['players', 'service']),
    cron: z.string(),
    duration_ms: number,
    entry_ms: number,
    max_entries: number.nullable(),
    rewards: z.string(),
    ends_at: z.string().nullable(),
    next_at: z.string().nullable(),
  })
  .transform((row) => ({
    tournament: row.tournament as TournamentName,
    operator: row.operator,
    submitBy: row.submit_by,
    cron: row.cron,
    durationMs: row.duration_ms,
    entryMs: row.entry_ms,
    maxEntries: row.max_entries,
    rewards: z.array(rewardTierField).parse(JSON.parse(row.rewards)) as readonly RewardTier[],
    endsAt: row.ends_at,
    nextAt: row.next_at,
  }));

/** A tournament as the read model knows it. */
export type TournamentRow = z.infer<typeof tournamentRow>;

const table = async (definition: { readonly name: string }, generations: Generations): Promise<string> =>
  physicalName(definition, await generations.of('tournaments'));

const columns = 'tournament, operator, submit_by, cron, duration_ms, entry_ms, max_entries, rewards, ends_at, next_at';

/** Tournaments of a tenant, in the order of their names.
 *  @param page.after name of the last one of the page before; '' for the first page */
export async function listTournaments(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly TournamentRow[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${await table(tournamentsTable, generations)}
     WHERE tenant = $1::text AND tournament > $2::text ORDER BY tournament LIMIT $3::int8`,
    [tenant, page.after, page.limit],
  );
  return rows.map((row) => tournamentRow.parse(row));
}

/** One tournament, or null. */
export async function findTournament(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  tournament: TournamentName,
): Promise<TournamentRow | null> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${await table(tournamentsTable, generations)}
     WHERE tenant = $1::text AND tournament = $2::text`,
    [tenant, tournament],
  );
  return rows[0] === undefined ? null : tournamentRow.parse(rows[0]);
}

const occurrenceRow = z
  .object({
    season: z.string(),
    opens_at: z.string(),
    closes_at: z.string(),
    entries_close_at: z.string(),
    entries: number,
  })
  .transform((row) => ({
    season: row.season as SeasonName,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    entriesCloseAt: row.entries_close_at,
    entries: row.entries,
  }));

/** An occurrence of a tournament. @property entries players in it */
export type OccurrenceRow = z.infer<typeof occurrenceRow>;

/** Occurrences of a tournament, the latest first.
 *  @param page.before season of the last one of the page before; null for the first page */
export async function listOccurrences(
  sql: Sql,
  generations: Generations,
  place: { readonly tenant: TenantId; readonly tournament: TournamentName },
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly OccurrenceRow[]> {
  const { rows } = await sql.query(
    `SELECT o.season, o.opens_at, o.closes_at, o.entries_close_at, coalesce(r.entries, 0) AS entries
     FROM ${await table(occurrencesTable, generations)} o
     LEFT JOIN ${await table(rostersTable, generations)} r ON r.tenant = o.tenant AND r.season = o.season
     WHERE o.tenant = $1::text AND o.tournament = $2::text AND ($3::text IS NULL OR o.season < $3::text)
     ORDER BY o.season DESC LIMIT $4::int8`,
    [place.tenant, place.tournament, page.before, page.limit],
  );
  return rows.map((row) => occurrenceRow.parse(row));
}

const dueRow = z.object({ tenant: z.string(), tournament: z.string(), next_at: z.string() }).transform((row) => ({
  tenant: row.tenant as TenantId,
  id: row.tournament as TournamentName,
  dueAt: Date.parse(row.next_at),
}));

/** Tournaments of all tenants whose next occurrence is due, in the order of (next_at, tenant, tournament).
 *  @param now   milliseconds since 1970
 *  @param after the last one of the page before, null for the first page */
export async function tournamentsDue(
  sql: Sql,
  generations: Generations,
  now: number,
  after: { readonly tenant: TenantId; readonly id: string; readonly dueAt: number } | null,
  limit: number,
): Promise<readonly z.infer<typeof dueRow>[]> {
  const { rows } = await sql.query(
    `SELECT tenant, tournament, next_at FROM ${await table(tournamentsTable, generations)}
     WHERE next_at IS NOT NULL AND next_at <= $1::text AND (next_at, tenant, tournament) > ($2::text, $3::text, $4::text)
     ORDER BY next_at, tenant, tournament LIMIT $5::int8`,
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
