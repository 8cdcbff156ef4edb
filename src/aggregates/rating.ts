import type { MatchId, PlayerId } from '../events/ids.ts';
import type { RatingEvent } from '../events/rating.ts';
import { accept, type Decider } from './decider.ts';

/** What is believed of a player's strength: a normal distribution. */
export type Belief = { readonly mu: number; readonly sigma: number };

/** @property belief null before the first match; @property lastMatch the last one that counted */
export type Rating = { readonly belief: Belief | null; readonly matches: number; readonly lastMatch: MatchId | null };

export type ChangeRating = {
  readonly type: 'ChangeRating';
  readonly playerId: PlayerId;
  readonly mode: string;
  readonly matchId: MatchId;
  readonly belief: Belief;
};

/** Points of rating for a belief: about 1500 for a new player. */
export const ratingOf = ({ mu }: Belief): number => Math.round(mu * 60);

export const rating: Decider<Rating, ChangeRating, RatingEvent, never> = {
  initial: { belief: null, matches: 0, lastMatch: null },

  evolve: (_, { data: { belief, matches, matchId } }) => ({ belief, matches, lastMatch: matchId }),

  decide({ playerId, mode, matchId, belief }, state) {
    if (state.lastMatch === matchId) return accept();
    const { belief: previous, matches } = state;
    return accept({
      type: 'RatingChanged',
      data: { playerId, mode, matchId, belief, previous, rating: ratingOf(belief), matches: matches + 1 },
    });
  },
};
