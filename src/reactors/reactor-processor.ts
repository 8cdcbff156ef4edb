import type { RecordedEvent } from '../events/envelope.ts';
import type { StreamId } from '../events/ids.ts';
import { alone, type Reaction, type Reactor, reactionTo } from './reactor.ts';

const defaultBatchSize = 100;
const parallelStreams = 16;

/** Name of the processor that drives a reactor, the key of its checkpoints. */
export const reactorProcessorName = (reactor: string): string => `reactor:${reactor}`;

/** A processor that lets a reactor answer to each event before the checkpoint moves past it.
 *  @param now milliseconds since 1970 */
export function reactorProcessor(reactor: Reactor, now: () => number) {
  const { name, types, batchSize = defaultBatchSize } = reactor;
  return {
    name: reactorProcessorName(name),
    types,
    batchSize,
    async handle(events: readonly RecordedEvent[], keep: Reaction['keep'] = alone): Promise<() => Promise<void>> {
      const streams = [...byStream(events).values()];
      let next = 0;
      const work = async () => {
        for (let stream = streams[next++]; stream !== undefined; stream = streams[next++])
          for (const event of stream) await reactor.react(event, reactionTo(event, name, now(), keep));
      };
      const workers = Array.from({ length: Math.min(parallelStreams, streams.length) }, work);
      // whoever fails, nobody may be at work any more when the runner looks for the event to blame
      for (const ended of await Promise.allSettled(workers)) if (ended.status === 'rejected') throw ended.reason;
      return async () => undefined;
    },
  };
}

function byStream(events: readonly RecordedEvent[]): Map<StreamId, RecordedEvent[]> {
  const streams = new Map<StreamId, RecordedEvent[]>();
  for (const event of events) {
    const known = streams.get(event.streamId);
    if (known === undefined) streams.set(event.streamId, [event]);
    else known.push(event);
  }
  return streams;
}
