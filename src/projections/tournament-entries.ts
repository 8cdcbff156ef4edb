import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { EntrantEvent } from '../events/tournament.ts';
import type { Projection } from '../ports/projection.ts';
import { type Addition, summingFold } from './summing-fold.ts';
import { physicalTable } from './table.ts';

/** One row per occurrence that somebody entered and partition of the log. */
export const tournamentEntriesTable = {
  name: 'tournament_entries',
  versioned: false,
  key: ['tenant', 'season', 'partition'],
  columns: { tenant: 'text', season: 'text', partition: 'int', entries: 'bigint', last_position: 'bigint' },
} as const;

function entryIn(event: RecordedEvent): Addition[] {
  const { tenant, partition, data } = parseEventAs<EntrantEvent>(event);
  return [{ row: { tenant, season: data.season, partition }, amounts: { entries: 1n } }];
}

/** How many players are in each occurrence. */
export const tournamentEntries: Projection = {
  name: 'tournament_entries',
  about: 'How many players entered each occurrence of a tournament.',
  version: 1,
  types: ['TournamentEntered'] satisfies EntrantEvent['type'][],
  tables: (generation) => [physicalTable(tournamentEntriesTable, generation)],
  fold: (generation) => summingFold(tournamentEntriesTable, generation, entryIn),
};
