import { fileDeadLetter } from '../commands/dead-letter.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { submitScore } from '../commands/score.ts';
import type { BattleMatchEvent, TeamOutcome } from '../events/battle-match.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PlayerId, SeasonName } from '../events/ids.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { Ranking } from '../ports/ranking.ts';
import { type DeadLetterRetry, RetryFailed } from './dead-letters.ts';
import { defineReactor, lateReactionTo, type Reaction, type Reactor } from './reactor.ts';

type Completed = Extract<BattleMatchEvent, { type: 'MatchCompleted' }>;
type Scores = CommandRuntime & { readonly ranking: Ranking };

const name = 'match-scores';

/** Where scores that a season refused are filed. */
export const matchScoreSource = 'match-score';

/** Points of a season's table for what a match was. */
export const pointsFor: Readonly<Record<TeamOutcome, number>> = { won: 3, drawn: 1, lost: 0 };

/** The season takes no scores now: the match counts for nothing there. */
const countsForNothing = ['SEASON_NOT_FOUND', 'SEASON_NOT_OPEN', 'SEASON_CLOSED'];

type MatchScore = {
  readonly season: SeasonName;
  readonly playerId: PlayerId;
  readonly attempt: { readonly score: number; readonly subscore: number };
  readonly metadata: JsonObject;
};

const submit = (runtime: Scores, score: MatchScore, reaction: Reaction) =>
  reaction.once(
    (context) => submitScore(runtime, { type: 'SubmitScore', ...score, by: 'service', now: reaction.now }, context),
    score.playerId,
  );

/** Each player's points of a match go into a season, with the player's own score of the match as subscore. What the season refuses, such as
 *  a sum that leaves the range of scores, is left to operators. */
export const matchScores = (runtime: Scores & { readonly vault: PersonalDataVault }, season: SeasonName): Reactor =>
  defineReactor<Completed>({
    name,
    from: 'first start',
    types: ['MatchCompleted'],
    async react({ eventId, data: { matchId, mode, result } }, reaction) {
      for (const { outcome: was, players } of result)
        for (const { playerId, score } of players) {
          const attempt = { score: pointsFor[was], subscore: score };
          const metadata = { match_id: matchId, mode };
          const outcome = await submit(runtime, { season, playerId, attempt, metadata }, reaction);
          if (outcome.ok || countsForNothing.includes(outcome.code)) continue;
          const letter = {
            source: matchScoreSource,
            key: `${eventId}:${playerId}`,
            reason: outcome.code.toLowerCase(),
            attempts: 1,
            payload: { event_id: eventId, season, player_id: playerId, ...attempt, metadata },
          };
          await reaction.once((context) => fileDeadLetter(runtime, letter, context), `letter/${playerId}`);
        }
    },
  });

/** Submits the score of a dead letter under the key that its match has, so that it counts once. */
export const retryMatchScore =
  (runtime: Scores): DeadLetterRetry =>
  async ({ tenant, payload }, { now }) => {
    const { event_id, season, player_id, score, subscore, metadata } = payload as unknown as {
      readonly event_id: string;
      readonly season: SeasonName;
      readonly player_id: PlayerId;
      readonly score: number;
      readonly subscore: number;
      readonly metadata: JsonObject;
    };
    const late = lateReactionTo({ tenant, eventId: event_id }, name, now);
    const attempt = { score, subscore };
    const outcome = await submit(runtime, { season, playerId: player_id, attempt, metadata }, late);
    if (!outcome.ok) throw new RetryFailed(outcome.code.toLowerCase());
  };
