import type { CommandRuntime } from '../commands/handle.ts';
import { rateMatch } from '../commands/rating.ts';
import { submitScore } from '../commands/score.ts';
import type { BattleMatchEvent, TeamOutcome } from '../events/battle-match.ts';
import type { SeasonName } from '../events/ids.ts';
import type { AssetAmount } from '../events/wallet.ts';
import type { Ranking } from '../ports/ranking.ts';
import type { RatingModel } from '../ports/rating-model.ts';
import { defineReactor, type Reactor } from './reactor.ts';
import { type PayoutRuntime, payOut } from './reward-payout.ts';

type Completed = Extract<BattleMatchEvent, { type: 'MatchCompleted' }>;

/** Ratings follow each match that ended. */
export const matchRatings = (runtime: CommandRuntime & { readonly ratings: RatingModel }): Reactor =>
  defineReactor<Completed>({
    name: 'match-ratings',
    from: 'beginning',
    types: ['MatchCompleted'],
    async react({ data }, reaction) {
      const outcome = await reaction.once((context) => rateMatch(runtime, data, context));
      if (!outcome.ok) throw new Error(`match ${data.matchId} cannot be rated: ${outcome.code}`);
    },
  });

/** Points of a season's table for what a match was. */
export const pointsFor: Readonly<Record<TeamOutcome, number>> = { won: 3, drawn: 1, lost: 0 };

/** Seasons that do not take scores now: the match counts for nothing there. */
const notNow = ['SEASON_NOT_FOUND', 'SEASON_NOT_OPEN', 'SEASON_CLOSED'];

/** Each player's points of a match go into a season, with the player's own score of the match as subscore. */
export const matchScores = (runtime: CommandRuntime & { readonly ranking: Ranking }, season: SeasonName): Reactor =>
  defineReactor<Completed>({
    name: 'match-scores',
    from: 'first start',
    types: ['MatchCompleted'],
    async react({ data: { matchId, mode, result } }, reaction) {
      for (const { outcome: was, players } of result)
        for (const { playerId, score } of players) {
          const command = {
            type: 'SubmitScore',
            season,
            playerId,
            attempt: { score: pointsFor[was], subscore: score },
            metadata: { match_id: matchId, mode },
            by: 'service',
            now: reaction.now,
          } as const;
          const outcome = await reaction.once((context) => submitScore(runtime, command, context), playerId);
          if (!outcome.ok && !notNow.includes(outcome.code))
            throw new Error(`the score of match ${matchId} is refused by season ${season}: ${outcome.code}`);
        }
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
