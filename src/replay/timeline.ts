import type { EventLog } from '../event-store/port.ts';
import { parseEvent } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import { categoryOf, type StreamId } from '../events/ids.ts';
import { type Change, changes, plain } from './state-diff.ts';
import { streamFolds } from './stream-folds.ts';

/** One event of a stream, and what it did to the stream's state.
 *  @property problem why the event could not be taken; the state stays as it was
 *  @property changes what differs from the state before
 *  @property state   after the event, as JSON values */
export type Entry = {
  readonly event: RecordedEvent;
  readonly problem: string | null;
  readonly changes: readonly Change[];
  readonly state: unknown;
};

const page = 500;

/** The events of a stream with the state after each, oldest first; nothing when there is no such stream.
 *  @param until last time that is shown, in microseconds since 1970 */
export async function* timeline(log: Pick<EventLog, 'read'>, stream: StreamId, until?: bigint): AsyncGenerator<Entry> {
  const fold = streamFolds[categoryOf(stream)];
  let state: unknown = fold?.initial;
  let shown = fold === undefined ? {} : plain(state);
  for (let from = 1n; ; ) {
    const { events } = await log.read(stream, { from, maxCount: page });
    for (const event of events) {
      if (until !== undefined && event.recordedAt > until) return;
      let problem: string | null = null;
      try {
        const parsed = parseEvent(event);
        if (parsed === null) problem = 'this build does not know the type: kept, and passed over';
        else if (fold === undefined) problem = 'this build has no rules for streams of this category';
        else state = fold.evolve(state, parsed);
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
      const next = fold === undefined ? {} : plain(state);
      yield { event, problem, changes: changes(shown, next), state: next };
      shown = next;
    }
    const last = events.at(-1);
    if (last === undefined || events.length < page) return;
    from = last.version + 1n;
  }
}
