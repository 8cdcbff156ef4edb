import type { TournamentName } from '../events/ids.ts';
import type { Occurrence, TournamentEvent, TournamentRules } from '../events/tournament.ts';
import { accept, type Decider, reject } from './decider.ts';
import { ranksOverlap } from './season.ts';

/** A competition that comes again. @property nextAt when the next occurrence begins, null = there is none; milliseconds since 1970
 *  @property latest the occurrence that was opened last */
export type Tournament =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'scheduled';
      readonly rules: TournamentRules;
      readonly nextAt: number | null;
      readonly latest: Occurrence | null;
    };

type About = { readonly tournament: TournamentName };
export type ScheduleTournament = About &
  TournamentRules & { readonly type: 'ScheduleTournament'; readonly nextAt: string | null };
/** @property dueAt   the `nextAt` that this was decided on
 *  @property missed  where the first occurrence that still runs begins, when that is not `dueAt`
 *  @property opened  the occurrence to open; null = it is not its time yet, or there is none */
export type AdvanceTournament = About & {
  readonly type: 'AdvanceTournament';
  readonly dueAt: number;
  readonly missed: { readonly nextAt: string | null } | null;
  readonly opened: Occurrence | null;
};
export type EndTournament = About & { readonly type: 'EndTournament' };
export type TournamentRejection = 'TOURNAMENT_EXISTS' | 'TOURNAMENT_NOT_FOUND' | 'REWARDS_OVERLAP';

const milliseconds = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

export const tournament: Decider<
  Tournament,
  ScheduleTournament | AdvanceTournament | EndTournament,
  TournamentEvent,
  TournamentRejection
> = {
  initial: { phase: 'absent' },

  evolve(state, event) {
    if (event.type === 'TournamentScheduled') {
      const { tournament: _, nextAt, ...rules } = event.data;
      return { phase: 'scheduled', rules, nextAt: milliseconds(nextAt), latest: null };
    }
    if (state.phase === 'absent') return state;
    switch (event.type) {
      case 'TournamentOccurrenceOpened':
        return { ...state, nextAt: milliseconds(event.data.nextAt), latest: event.data };
      case 'TournamentOccurrencesMissed':
        return { ...state, nextAt: milliseconds(event.data.nextAt) };
      case 'TournamentEnded':
        return { ...state, nextAt: null };
    }
  },

  decide(command, state) {
    const about = { tournament: command.tournament };
    if (command.type === 'ScheduleTournament') {
      const { type: _, ...data } = command;
      if (state.phase !== 'absent') return reject('TOURNAMENT_EXISTS');
      if (ranksOverlap(data.rewards)) return reject('REWARDS_OVERLAP');
      return accept({ type: 'TournamentScheduled', data });
    }
    if (state.phase === 'absent') return reject('TOURNAMENT_NOT_FOUND');
    if (command.type === 'EndTournament')
      return state.nextAt === null ? accept() : accept({ type: 'TournamentEnded', data: about });
    const { dueAt, missed, opened } = command;
    if (state.nextAt !== dueAt) return accept(); // somebody else was first
    const events: TournamentEvent[] = [];
    if (missed !== null)
      events.push({
        type: 'TournamentOccurrencesMissed',
        data: { ...about, from: new Date(dueAt).toISOString(), nextAt: missed.nextAt },
      });
    if (opened !== null) events.push({ type: 'TournamentOccurrenceOpened', data: { ...about, ...opened } });
    return accept(...events);
  },
};
