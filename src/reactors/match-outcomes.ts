import type { CommandRuntime } from '../commands/handle.ts';
import { rateMatch } from '../commands/rating.ts';
import type { BattleMatchEvent } from '../events/battle-match.ts';
import type { AssetAmount } from '../events/wallet.ts';
import type { RatingModel } from '../ports/rating-model.ts';
import { defineReactor, type Reactor } from './reactor.ts';
import { type PayoutRuntime, payOut } from './reward-payout.ts';

type Completed = Extract<BattleMatchEvent, { type: 'MatchCompleted' }>;

/** Ratings follow each match that ended; no match is refused. */
export const matchRatings = (runtime: CommandRuntime & { readonly ratings: RatingModel }): Reactor =>
  defineReactor<Completed>({
    name: 'match-ratings',
    from: 'beginning',
    types: ['MatchCompleted'],
    async react({ data }, reaction) {
      await reaction.once((context) => rateMatch(runtime, data, context));
    },
  });

const rewarding = 'match-rewards';

/** Each player of the team that won is given a reward. */
export const matchRewards = (runtime: PayoutRuntime, reward: AssetAmount): Reactor =>
  defineReactor<Completed>({
    name: rewarding,
    from: 'first start',
    types: ['MatchCompleted'],
    async react({ eventId, data: { matchId, result } }, reaction) {
      const winners = result.filter(({ outcome }) => outcome === 'won').flatMap(({ players }) => players);
      for (const { playerId } of winners) {
        const payout = { playerId, ref: `match ${matchId}`, assets: [reward] };
        await payOut(runtime, payout, { reactor: rewarding, eventId, part: playerId }, reaction);
      }
    },
  });
