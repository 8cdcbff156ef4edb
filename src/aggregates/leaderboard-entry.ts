import type { JsonObject, RecordedEvent } from '../events/envelope.ts';
import type { PlayerId, SeasonName } from '../events/ids.ts';
import type { LeaderboardEntryEvent } from '../events/leaderboard-entry.ts';
import type { Operator } from '../events/season.ts';
import { accept, type Decision, type Fold, reject } from './decider.ts';
import { type Season, seasonPhaseAt } from './season.ts';

export type Points = { readonly score: number; readonly subscore: number };

/** Place in the log: the order in which equal scores rank. Time in µs. */
export type Reached = { readonly recordedAt: bigint; readonly partition: number; readonly position: bigint };

/** A player's score that counts, by the event that first reached it. */
export type Standing = Points & { readonly eventId: string; readonly reached: Reached };

export type LeaderboardEntry = { readonly standing: Standing | null };

/** @property now milliseconds since 1970 */
export type SubmitScore = {
  readonly type: 'SubmitScore';
  readonly season: SeasonName;
  readonly playerId: PlayerId;
  readonly attempt: Points;
  readonly metadata: JsonObject;
  readonly by: 'player' | 'service';
  readonly now: number;
};
export type SubmitScoreRejection =
  | 'SEASON_NOT_FOUND'
  | 'SEASON_NOT_OPEN'
  | 'SEASON_CLOSED'
  | 'SUBMISSION_NOT_ALLOWED'
  | 'SCORE_OUT_OF_RANGE';

/** Whether points are whole numbers within ±(2^53 − 1). */
export const inRange = ({ score, subscore }: Points) => Number.isSafeInteger(score) && Number.isSafeInteger(subscore);

const isBetter = (a: Points, b: Points) => a.score > b.score || (a.score === b.score && a.subscore > b.subscore);

/** The points that stand after an attempt; the same object = nothing changed. */
export function pointsAfter(operator: Operator, standing: Points | null, attempt: Points): Points {
  if (standing === null) return attempt;
  if (operator === 'best') return isBetter(attempt, standing) ? attempt : standing;
  const next =
    operator === 'latest'
      ? attempt
      : { score: standing.score + attempt.score, subscore: standing.subscore + attempt.subscore };
  return next.score === standing.score && next.subscore === standing.subscore ? standing : next;
}

export const reachedBy = ({ recordedAt, partition, position }: RecordedEvent): Reached => ({
  recordedAt,
  partition,
  position,
});

/** One player's standing score in one season. */
export const leaderboardEntry: Fold<LeaderboardEntry, LeaderboardEntryEvent> = {
  initial: { standing: null },

  evolve(state, event) {
    switch (event.type) {
      case 'ScoreAttempted':
        return state;
      case 'LeaderboardUpdated':
        return { standing: { ...event.data.standing, eventId: event.eventId, reached: reachedBy(event) } };
      case 'ScoreWithdrawn': {
        const { standing } = event.data;
        return { standing: standing && { ...standing, reached: reachedOf(standing.reached) } };
      }
    }
  },
};

const reachedOf = (stored: { recordedAt: string; partition: number; position: string }): Reached => ({
  recordedAt: BigInt(stored.recordedAt),
  partition: stored.partition,
  position: BigInt(stored.position),
});

/** Decides on a score: the season must take it, and the operator says what then stands. */
export function decideScore(
  { season: name, playerId, attempt, metadata, now, by }: SubmitScore,
  { season, entry }: { readonly season: Season; readonly entry: LeaderboardEntry },
): Decision<LeaderboardEntryEvent, SubmitScoreRejection> {
  if (season.phase === 'absent') return reject('SEASON_NOT_FOUND');
  const phase = seasonPhaseAt(season, now);
  if (phase === 'not yet open') return reject('SEASON_NOT_OPEN');
  if (phase === 'closed') return reject('SEASON_CLOSED');
  if (season.submitBy === 'service' && by === 'player') return reject('SUBMISSION_NOT_ALLOWED');
  const { operator } = season;
  const standing = pointsAfter(operator, entry.standing, attempt);
  if (!inRange(attempt) || !inRange(standing)) return reject('SCORE_OUT_OF_RANGE');
  const common = { season: name, playerId, operator, attempt, metadata };
  if (standing === entry.standing) return accept({ type: 'ScoreAttempted', data: common });
  const { score, subscore } = standing;
  return accept({
    type: 'LeaderboardUpdated',
    data: { ...common, standing: { score, subscore }, previous: previousOf(entry) },
  });
}

const previousOf = ({ standing }: LeaderboardEntry) =>
  standing && { score: standing.score, subscore: standing.subscore, eventId: standing.eventId };
