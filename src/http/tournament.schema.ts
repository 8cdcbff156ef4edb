import { z } from 'zod';
import type { OccurrenceRow, TournamentRow } from '../projections/tournament-queries.ts';
import { idempotencyKeyField, instant, operatorName, seasonName } from './fields.ts';
import { rewardTiers, shownRewards } from './rewards.ts';
import { seasonStatus, statusName } from './season-status.ts';

export const tournamentName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,48}$/, 'must be 1 to 48 letters, digits, dots, underscores or dashes')
  .meta({ description: 'Name of a tournament.', example: 'weekly-cup' });

export const tournamentParams = z.object({ tournament: tournamentName });

const yearS = 366 * 24 * 3_600;
const fields = {
  tournament: tournamentName,
  operator: operatorName,
  cron: z.string().min(9).max(100).meta({
    description: 'When occurrences begin, as a cron expression of five parts in UTC.',
    example: '0 18 * * 5',
  }),
  duration_s: z.int().min(60).max(yearS).meta({ description: 'How long one takes.', example: 7_200 }),
};
const submitBy = z.enum(['players', 'service']).meta({ example: 'players' });
const entryS = z.int().min(1).max(yearS);
const maxEntries = z.int().min(1).max(1_000_000);

export const tournamentBody = z.strictObject({
  ...fields,
  entry_s: entryS.nullish().meta({
    description: 'How long after its beginning players may enter; left out = to its end.',
    example: 1_800,
  }),
  max_entries: maxEntries.nullish().meta({ description: 'How many may enter; left out = no bound.', example: 1_000 }),
  submit_by: submitBy.default('players'),
  rewards: rewardTiers.default([]),
  ends_at: instant.nullish().meta({ description: 'No occurrence begins from then on.' }),
  idempotency_key: idempotencyKeyField,
});

export const tournamentResponse = z.object({
  ...fields,
  entry_s: entryS.meta({ example: 1_800 }),
  max_entries: maxEntries.nullable().meta({ example: 1_000 }),
  submit_by: submitBy,
  rewards: rewardTiers,
  ends_at: instant.nullable(),
  next_at: instant.nullable().meta({ description: 'When the next occurrence begins; null = it does not come again.' }),
});

/** A tournament as clients see it. */
export const shownTournament = (row: TournamentRow) => ({
  tournament: row.tournament,
  operator: row.operator,
  cron: row.cron,
  duration_s: row.durationMs / 1_000,
  entry_s: row.entryMs / 1_000,
  max_entries: row.maxEntries,
  submit_by: row.submitBy,
  rewards: shownRewards(row.rewards),
  ends_at: row.endsAt,
  next_at: row.nextAt,
});

export const occurrenceResponse = z.object({
  season: seasonName,
  opens_at: instant,
  closes_at: instant,
  entries_close_at: instant,
  entries: z.int().meta({ description: 'Players in it.', example: 12 }),
  status: statusName,
});

/** An occurrence as clients see it. @param now milliseconds since 1970 */
export const shownOccurrence = (row: OccurrenceRow, now: number) => ({
  season: row.season,
  opens_at: row.opensAt,
  closes_at: row.closesAt,
  entries_close_at: row.entriesCloseAt,
  entries: row.entries,
  status: seasonStatus({ status: 'open', opensAt: row.opensAt, closesAt: row.closesAt }, now),
});
