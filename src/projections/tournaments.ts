import type { TournamentEvent } from '../events/tournament.ts';
import { defineProjection } from './define.ts';
import { inOneForm } from './due-rows.ts';
import { change } from './table.ts';

/** One row per tournament; times are RFC 3339 UTC with milliseconds, so that they are in order as texts. `next_at` NULL = it does not come again. */
export const tournamentsTable = {
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
export const occurrencesTable = {
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

/** Tournaments with their occurrences. */
export const tournaments = defineProjection<TournamentEvent>({
  name: 'tournaments',
  about: 'Tournaments with their occurrences.',
  version: 2,
  tables: [tournamentsTable, occurrencesTable],
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
  },
});
