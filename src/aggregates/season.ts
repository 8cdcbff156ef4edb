import type { PlayerId, SeasonName, TournamentName } from '../events/ids.ts';
import { lastRewardedRank, type RewardTier } from '../events/reward.ts';
import type { Operator, SeasonEvent } from '../events/season.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A competition with a beginning and an end.
 *  @property opensAt, closesAt milliseconds since 1970
 *  @property rewards  by rank, paid when it has closed
 *  @property awarded  who gets them is fixed
 *  @property archived its ranks are final
 *  @property entry    how players enter, where it is an occurrence of a tournament; null = everybody is in */
export type Season =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open' | 'closed';
      readonly operator: Operator;
      readonly submitBy: 'players' | 'service';
      readonly opensAt: number | null;
      readonly closesAt: number | null;
      readonly rewards: readonly RewardTier[];
      readonly awarded: boolean;
      readonly archived: boolean;
      readonly entry: {
        readonly tournament: TournamentName;
        readonly entriesCloseAt: number;
        readonly maxEntries: number | null;
      } | null;
    };

export type OpenSeason = {
  readonly type: 'OpenSeason';
  readonly season: SeasonName;
  readonly operator: Operator;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly submitBy: 'players' | 'service';
  readonly rewards?: readonly RewardTier[];
  readonly entry?: {
    readonly tournament: TournamentName;
    readonly entriesCloseAt: string;
    readonly maxEntries: number | null;
  };
};
/** @property winners players by rank, from the first on; at least as many as are rewarded, where there are as many */
export type AwardSeason = {
  readonly type: 'AwardSeason';
  readonly season: SeasonName;
  readonly winners: readonly PlayerId[];
};
export type ArchiveSeason = { readonly type: 'ArchiveSeason'; readonly season: SeasonName };
export type SeasonCommand = OpenSeason | CloseSeason | AwardSeason | ArchiveSeason;
export type CloseSeason = { readonly type: 'CloseSeason'; readonly season: SeasonName };
export type SeasonRejection =
  | 'SEASON_EXISTS'
  | 'SEASON_NOT_FOUND'
  | 'SEASON_NOT_CLOSED'
  | 'SEASON_ENDS_BEFORE_IT_OPENS'
  | 'REWARDS_OVERLAP';

const milliseconds = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

export const season: Decider<Season, SeasonCommand, SeasonEvent, SeasonRejection> = {
  initial: { phase: 'absent' },

  evolve(state, event) {
    if (event.type === 'SeasonOpened') {
      const { operator, submitBy, opensAt, closesAt } = event.data;
      return {
        phase: 'open',
        operator,
        submitBy,
        opensAt: milliseconds(opensAt),
        closesAt: milliseconds(closesAt),
        rewards: [],
        awarded: false,
        archived: false,
        entry: null,
      };
    }
    if (state.phase === 'absent') return state;
    switch (event.type) {
      case 'SeasonRewardsDefined':
        return { ...state, rewards: event.data.rewards };
      case 'SeasonEntriesLimited': {
        const { tournament, entriesCloseAt, maxEntries } = event.data;
        const entry = {
          tournament: tournament as TournamentName,
          entriesCloseAt: Date.parse(entriesCloseAt),
          maxEntries,
        };
        return { ...state, entry };
      }
      case 'SeasonClosed':
        return { ...state, phase: 'closed' };
      case 'SeasonRewardsAwarded':
        return { ...state, awarded: true };
      case 'SeasonArchived':
        return { ...state, archived: true };
    }
  },

  decide(command, state) {
    if (command.type === 'OpenSeason') {
      const { type: _, rewards = [], entry, ...data } = command;
      if (state.phase !== 'absent') return reject('SEASON_EXISTS');
      const opens = milliseconds(command.opensAt);
      const closes = milliseconds(command.closesAt);
      if (opens !== null && closes !== null && closes <= opens) return reject('SEASON_ENDS_BEFORE_IT_OPENS');
      if (ranksOverlap(rewards)) return reject('REWARDS_OVERLAP');
      const { season } = data;
      const events: SeasonEvent[] = [{ type: 'SeasonOpened', data }];
      if (rewards.length > 0) events.push({ type: 'SeasonRewardsDefined', data: { season, rewards: [...rewards] } });
      if (entry !== undefined) events.push({ type: 'SeasonEntriesLimited', data: { season, ...entry } });
      return accept(...events);
    }
    if (state.phase === 'absent') return reject('SEASON_NOT_FOUND');
    const data = { season: command.season };
    if (command.type === 'CloseSeason')
      return state.phase === 'closed' ? accept() : accept({ type: 'SeasonClosed', data });
    if (state.phase === 'open') return reject('SEASON_NOT_CLOSED');
    if (command.type === 'ArchiveSeason') return state.archived ? accept() : accept({ type: 'SeasonArchived', data });
    return state.awarded ? accept() : accept(...awards(command, state.rewards));
  },
};

const winnersInOneEvent = 100;

function awards({ season, winners }: AwardSeason, rewards: readonly RewardTier[]): SeasonEvent[] {
  const rewarded = winners.slice(0, lastRewardedRank(rewards));
  const events: SeasonEvent[] = [];
  for (let from = 0; from < rewarded.length; from += winnersInOneEvent)
    events.push({
      type: 'SeasonRewardsAwarded',
      data: { season, firstRank: from + 1, winners: rewarded.slice(from, from + winnersInOneEvent) },
    });
  return events;
}

/** Whether a rank stands in two ranges, or a range ends before it begins. */
export function ranksOverlap(rewards: readonly RewardTier[]): boolean {
  const inOrder = [...rewards].sort((a, b) => a.fromRank - b.fromRank);
  return inOrder.some(
    ({ fromRank, toRank }, index) => toRank < fromRank || fromRank <= (inOrder[index - 1]?.toRank ?? 0),
  );
}

/** Whether scores are taken at a moment.
 *  @param now milliseconds since 1970 */
export function seasonPhaseAt(state: Season, now: number): 'absent' | 'not yet open' | 'open' | 'closed' {
  if (state.phase !== 'open') return state.phase;
  if (state.opensAt !== null && now < state.opensAt) return 'not yet open';
  return state.closesAt !== null && now >= state.closesAt ? 'closed' : 'open';
}
