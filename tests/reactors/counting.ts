import { type CommandRuntime, handle } from '../../src/commands/handle.ts';
import { using } from '../../src/commands/stream-use.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { type StreamId, streamId } from '../../src/events/ids.ts';
import type { LeaderboardEntryEvent } from '../../src/events/leaderboard-entry.ts';
import { defineReactor, type Reactor } from '../../src/reactors/reactor.ts';

/** Where the reactor of these tests writes what it did on behalf of a stream. */
export const answersTo = ({ tenant, streamId: stream }: RecordedEvent): StreamId => streamId('answers', tenant, stream);

const nothing = { initial: null, evolve: () => null };

/** Answers to each score with one more event in a stream beside it: a command that would count twice if it ran twice.
 *  @param before may fail or wait */
export const countingReactor = (
  runtime: CommandRuntime,
  before: (event: RecordedEvent) => Promise<void> = async () => undefined,
  parts = 1,
): Reactor =>
  defineReactor<Extract<LeaderboardEntryEvent, { type: 'LeaderboardUpdated' }>>({
    name: 'counting',
    from: 'beginning',
    types: ['LeaderboardUpdated'],
    async react(event, reaction) {
      await before(event);
      const stream = using<null, LeaderboardEntryEvent>(nothing, answersTo(event));
      const { season, playerId, operator, attempt } = event.data;
      const answer = {
        type: 'ScoreAttempted',
        data: { season, playerId, operator, attempt, metadata: { answers: event.eventId } },
      } as const;
      for (let part = 0; part < parts; part += 1)
        await reaction.once(
          (context) =>
            handle(
              runtime,
              [stream],
              () => ({ events: [[stream, [answer]]], outcome: { ok: true, value: part } }),
              context,
            ),
          part,
        );
    },
  });

/** Every event of a type, of all partitions. */
export async function eventsOf(log: EventLog, type: string): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (let partition = 0; partition < log.info.partitions; partition += 1)
    all.push(...(await log.readPartition(partition, { after: 0n, limit: 100_000, types: [type] })));
  return all;
}
