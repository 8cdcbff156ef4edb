import { z } from 'zod';
import type { SeasonName, TenantId, TournamentName } from '../events/ids.ts';
import { type RewardTier, rewardTierField } from '../events/reward.ts';
import { operatorField } from '../events/season.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { type DueRow, dueRows } from './due-rows.ts';
import { findByName, listByName } from './named-rows.ts';
import { physicalName } from './table.ts';
import { tournamentEntriesTable } from './tournament-entries.ts';
import { occurrencesTable, tournaments, tournamentsTable } from './tournaments.ts';

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
  physicalName(definition, await generations.of(tournaments.name));

const columns = 'tournament, operator, submit_by, cron, duration_ms, entry_ms, max_entries, rewards, ends_at, next_at';

const named = async (generations: Generations) => ({
  table: await table(tournamentsTable, generations),
  name: 'tournament',
  columns,
});

/** Tournaments of a tenant, in the order of their names. @param page as in {@link listByName} */
export async function listTournaments(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly TournamentRow[]> {
  const rows = await listByName(sql, await named(generations), tenant, page);
  return rows.map((row) => tournamentRow.parse(row));
}

/** One tournament, or null. */
export async function findTournament(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  tournament: TournamentName,
): Promise<TournamentRow | null> {
  const row = await findByName(sql, await named(generations), tenant, tournament);
  return row === undefined ? null : tournamentRow.parse(row);
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
  const entries = physicalName(tournamentEntriesTable, await generations.of('tournament_entries'));
  const { rows } = await sql.query(
    `SELECT o.season, o.opens_at, o.closes_at, o.entries_close_at,
       (SELECT coalesce(sum(e.entries), 0) FROM ${entries} e WHERE e.tenant = o.tenant AND e.season = o.season) AS entries
     FROM ${await table(occurrencesTable, generations)} o
     WHERE o.tenant = $1::text AND o.tournament = $2::text AND ($3::text IS NULL OR o.season < $3::text)
     ORDER BY o.season DESC LIMIT $4::int8`,
    [place.tenant, place.tournament, page.before, page.limit],
  );
  return rows.map((row) => occurrenceRow.parse(row));
}

/** The season of an occurrence of a tournament: of the one that is asked for, or of the latest; null = there is none. */
export async function findOccurrence(
  sql: Sql,
  generations: Generations,
  { tenant, tournament }: { readonly tenant: TenantId; readonly tournament: TournamentName },
  season: SeasonName | null,
): Promise<SeasonName | null> {
  const { rows } = await sql.query(
    `SELECT season FROM ${await table(occurrencesTable, generations)}
     WHERE tenant = $1::text AND tournament = $2::text AND ($3::text IS NULL OR season = $3::text)
     ORDER BY season DESC LIMIT 1`,
    [tenant, tournament, season],
  );
  return rows[0] === undefined ? null : (z.object({ season: z.string() }).parse(rows[0]).season as SeasonName);
}

/** Tournaments of all tenants whose next occurrence is due: see {@link dueRows}. */
export const tournamentsDue = async (
  sql: Sql,
  generations: Generations,
  now: number,
  after: DueRow | null,
  limit: number,
): Promise<readonly DueRow<TournamentName>[]> => {
  const rows = {
    table: await table(tournamentsTable, generations),
    id: 'tournament',
    at: 'next_at',
    where: 'next_at IS NOT NULL',
  };
  return dueRows<TournamentName>(sql, rows, now, after, limit);
};
