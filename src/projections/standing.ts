import type { BareEvent } from '../events/envelope.ts';
import type { LeaderboardEntryEvent } from '../events/leaderboard-entry.ts';

/** What ranks an entry on its board: higher score, higher subscore, then who reached it first.
 *  @property reachedAt µs since 1970, with `partition` and `position` the place in the log of the event that reached it */
export type Standing = {
  readonly score: number;
  readonly subscore: number;
  readonly reachedAt: bigint;
  readonly partition: number;
  readonly position: bigint;
  readonly eventId: string;
};

type Changing = Extract<LeaderboardEntryEvent, { type: 'LeaderboardUpdated' | 'ScoreWithdrawn' }>;

/** The entry that stands after an event; null = none any more. */
export function standingAfter(event: BareEvent<Changing>): Standing | null {
  if (event.type === 'LeaderboardUpdated') {
    const { score, subscore } = event.data.standing;
    const { recordedAt, partition, position, eventId } = event;
    return { score, subscore, reachedAt: recordedAt, partition, position, eventId };
  }
  const { standing } = event.data;
  if (standing === null) return null;
  const { score, subscore, reached, eventId } = standing;
  return {
    score,
    subscore,
    eventId,
    reachedAt: BigInt(reached.recordedAt),
    partition: reached.partition,
    position: BigInt(reached.position),
  };
}
