import type { PlayerId, SeasonName } from '../events/ids.ts';
import type { EntrantEvent, RosterEvent } from '../events/tournament.ts';
import type { Fold } from './decider.ts';
import { type Season, seasonPhaseAt } from './season.ts';

/** How many have entered an occurrence. */
export type Roster = { readonly entries: number };
export const roster: Fold<Roster, RosterEvent> = {
  initial: { entries: 0 },
  evolve: (_, event) => ({ entries: event.data.entries }),
};

/** Whether a player is in an occurrence. */
export type Entrant = { readonly entered: boolean };
export const entrant: Fold<Entrant, EntrantEvent> = { initial: { entered: false }, evolve: () => ({ entered: true }) };

/** @property now milliseconds since 1970 */
export type EnterTournament = { readonly season: SeasonName; readonly playerId: PlayerId; readonly now: number };
export type EntryRejection =
  | 'SEASON_NOT_FOUND'
  | 'SEASON_NOT_OPEN'
  | 'SEASON_CLOSED'
  | 'TOURNAMENT_ENTRIES_CLOSED'
  | 'TOURNAMENT_FULL';

/** What an entry leads to; null = the player is in already. @property roster null where any number may enter: then nobody counts them */
export type EntryEvents = { readonly entrant: EntrantEvent; readonly roster: RosterEvent | null } | null;

/** Whether the places of a season's tournament are numbered. */
export const hasRoster = (state: Season): boolean => state.phase !== 'absent' && state.entry?.maxEntries != null;

/** Decides on an entry: in time, while there is room, once. Entering a season that is no tournament's is nothing to decide. */
export function decideEntry(
  { season, playerId, now }: EnterTournament,
  states: { readonly season: Season; readonly roster: Roster; readonly entrant: Entrant },
): { readonly events: EntryEvents; readonly rejected?: undefined } | { readonly rejected: EntryRejection } {
  if (states.season.phase === 'absent') return { rejected: 'SEASON_NOT_FOUND' };
  const { entry } = states.season;
  if (states.entrant.entered || entry === null) return { events: null };
  const phase = seasonPhaseAt(states.season, now);
  if (phase === 'not yet open') return { rejected: 'SEASON_NOT_OPEN' };
  if (phase !== 'open') return { rejected: 'SEASON_CLOSED' };
  if (now >= entry.entriesCloseAt) return { rejected: 'TOURNAMENT_ENTRIES_CLOSED' };
  const entrant: EntrantEvent = { type: 'TournamentEntered', data: { tournament: entry.tournament, season, playerId } };
  if (entry.maxEntries === null) return { events: { entrant, roster: null } };
  const entries = states.roster.entries + 1;
  if (entries > entry.maxEntries) return { rejected: 'TOURNAMENT_FULL' };
  return { events: { entrant, roster: { type: 'TournamentSeatTaken', data: { season, entries } } } };
}
