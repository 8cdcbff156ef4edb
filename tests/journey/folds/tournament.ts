import { rowsBy, type Tables } from './rows.ts';

const sameForm = (instant: string | null) => (instant === null ? null : new Date(instant).toISOString());

/** Tournaments and their occurrences. */
export const tournaments: Tables = {
  tournaments(log) {
    const rows = rowsBy('tournament');
    for (const { tenant, type, data } of log) {
      const row = { tenant, tournament: data.tournament };
      if (type === 'TournamentScheduled')
        rows.set({
          ...row,
          operator: data.operator,
          submit_by: data.submitBy,
          cron: data.cron,
          duration_ms: data.durationMs,
          entry_ms: data.entryMs,
          max_entries: data.maxEntries,
          rewards: data.rewards,
          ends_at: sameForm(data.endsAt),
        });
      if (/^Tournament(Scheduled|OccurrenceOpened|OccurrencesMissed)$/.test(type))
        rows.set({ ...row, next_at: sameForm(data.nextAt) });
      if (type === 'TournamentEnded') rows.set({ ...row, next_at: null });
    }
    return rows.all();
  },

  tournament_occurrences: (log) =>
    log.flatMap(({ tenant, type, data }) =>
      type === 'TournamentOccurrenceOpened'
        ? [
            {
              tenant,
              tournament: data.tournament,
              season: data.season,
              opens_at: sameForm(data.opensAt),
              closes_at: sameForm(data.closesAt),
              entries_close_at: sameForm(data.entriesCloseAt),
            },
          ]
        : [],
    ),

  tournament_entries(log) {
    const rows = rowsBy('season', 'partition');
    for (const { tenant, type, data, partition, position } of log) {
      const row = { tenant, season: data.season, partition, last_position: position };
      if (type === 'TournamentEntered') rows.add(row, { entries: 1 });
    }
    return rows.all();
  },
};
