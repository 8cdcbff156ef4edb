import type { SeasonName } from '../events/ids.ts';
import type { Operator, SeasonEvent } from '../events/season.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A competition with a beginning and an end.
 *  @property opensAt, closesAt milliseconds since 1970 */
export type Season =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open' | 'closed';
      readonly operator: Operator;
      readonly submitBy: 'players' | 'service';
      readonly opensAt: number | null;
      readonly closesAt: number | null;
    };

export type OpenSeason = {
  readonly type: 'OpenSeason';
  readonly season: SeasonName;
  readonly operator: Operator;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly submitBy: 'players' | 'service';
};
export type CloseSeason = { readonly type: 'CloseSeason'; readonly season: SeasonName };
export type SeasonRejection = 'SEASON_EXISTS' | 'SEASON_NOT_FOUND' | 'SEASON_ENDS_BEFORE_IT_OPENS';

const milliseconds = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

export const season: Decider<Season, OpenSeason | CloseSeason, SeasonEvent, SeasonRejection> = {
  initial: { phase: 'absent' },

  evolve(state, event) {
    if (event.type === 'SeasonOpened') {
      const { operator, submitBy, opensAt, closesAt } = event.data;
      return { phase: 'open', operator, submitBy, opensAt: milliseconds(opensAt), closesAt: milliseconds(closesAt) };
    }
    return state.phase === 'absent' ? state : { ...state, phase: 'closed' };
  },

  decide(command, state) {
    if (command.type === 'OpenSeason') {
      const { type: _, ...data } = command;
      if (state.phase !== 'absent') return reject('SEASON_EXISTS');
      const opens = milliseconds(command.opensAt);
      const closes = milliseconds(command.closesAt);
      if (opens !== null && closes !== null && closes <= opens) return reject('SEASON_ENDS_BEFORE_IT_OPENS');
      return accept({ type: 'SeasonOpened', data });
    }
    if (state.phase === 'absent') return reject('SEASON_NOT_FOUND');
    if (state.phase === 'closed') return accept();
    return accept({ type: 'SeasonClosed', data: { season: command.season } });
  },
};

/** Whether scores are taken at a moment.
 *  @param now milliseconds since 1970 */
export function seasonPhaseAt(state: Season, now: number): 'absent' | 'not yet open' | 'open' | 'closed' {
  if (state.phase !== 'open') return state.phase;
  if (state.opensAt !== null && now < state.opensAt) return 'not yet open';
  return state.closesAt !== null && now >= state.closesAt ? 'closed' : 'open';
}
