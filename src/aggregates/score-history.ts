import type { PlayerId, SeasonName } from '../events/ids.ts';
import type { LeaderboardEntryEvent } from '../events/leaderboard-entry.ts';
import type { Operator } from '../events/season.ts';
import { accept, type Decider, reject } from './decider.ts';
import { inRange, type Points, pointsAfter, reachedBy, type Standing } from './leaderboard-entry.ts';

type Attempt = Standing & { readonly operator: Operator; readonly withdrawn: boolean };

/** All attempts of an entry's stream, oldest first: what a withdrawal decides on. */
export type ScoreHistory = { readonly attempts: readonly Attempt[] };

export type WithdrawScore = {
  readonly type: 'WithdrawScore';
  readonly season: SeasonName;
  readonly playerId: PlayerId;
  readonly eventId: string;
};

/** Takes one score back; what then stands is what the remaining attempts give, at the place where they reached it. */
export const scoreHistory: Decider<
  ScoreHistory,
  WithdrawScore,
  LeaderboardEntryEvent,
  'SCORE_NOT_FOUND' | 'SCORE_OUT_OF_RANGE'
> = {
  initial: { attempts: [] },

  evolve({ attempts }, event) {
    if (event.type === 'ScoreWithdrawn') {
      const { withdrawnEventId } = event.data;
      return {
        attempts: attempts.map((one) => (one.eventId === withdrawnEventId ? { ...one, withdrawn: true } : one)),
      };
    }
    const { attempt, operator } = event.data;
    const { eventId } = event;
    return { attempts: [...attempts, { ...attempt, operator, eventId, reached: reachedBy(event), withdrawn: false }] };
  },

  decide({ season, playerId, eventId }, { attempts }) {
    const target = attempts.find((attempt) => attempt.eventId === eventId);
    if (target === undefined) return reject('SCORE_NOT_FOUND');
    if (target.withdrawn) return accept();
    const standing = standingOf(attempts.filter((attempt) => !attempt.withdrawn && attempt !== target));
    if (standing === 'out of range') return reject('SCORE_OUT_OF_RANGE');
    const stored = standing && {
      score: standing.score,
      subscore: standing.subscore,
      eventId: standing.eventId,
      reached: {
        recordedAt: `${standing.reached.recordedAt}`,
        partition: standing.reached.partition,
        position: `${standing.reached.position}`,
      },
    };
    return accept({ type: 'ScoreWithdrawn', data: { season, playerId, withdrawnEventId: eventId, standing: stored } });
  },
};

/** A sum without one of its parts can leave the range where the whole one never did. */
function standingOf(attempts: readonly Attempt[]): Standing | null | 'out of range' {
  let standing: Standing | null = null;
  for (const { operator, eventId, reached, ...attempt } of attempts) {
    const points: Points = pointsAfter(operator, standing, { score: attempt.score, subscore: attempt.subscore });
    if (!inRange(points)) return 'out of range';
    if (points !== standing) standing = { score: points.score, subscore: points.subscore, eventId, reached };
  }
  return standing;
}
