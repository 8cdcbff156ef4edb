import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Projection } from '../ports/projection.ts';
import { roughBytes } from './recent-events.ts';

/** Some events of one partition; @property through no further event of the wanted types up to here */
export type Chunk = {
  readonly partition: number;
  readonly events: readonly RecordedEvent[];
  readonly through: bigint;
};

/** @property parallel  partitions read at once; @property maxEvents most events in a chunk; @property maxBytes about so many bytes in a chunk */
export type ChunkOptions = { readonly parallel: number; readonly maxEvents: number; readonly maxBytes: number };

const firstChunk = 500;
const sampled = 20;

const meanBytes = (events: readonly RecordedEvent[]): number => {
  const step = Math.max(1, Math.floor(events.length / sampled));
  let bytes = 0;
  let count = 0;
  for (let at = 0; at < events.length; at += step) {
    bytes += 300 + roughBytes(events[at]!.data);
    count += 1;
  }
  return count === 0 ? 1 : bytes / count;
};

/** Reads all partitions side by side in short statements; the next chunks are on their way while the caller works on one.
 *  Chunks of one partition come in order; those of different partitions as they arrive.
 *  @param from after these positions; @param upTo to these at least, which must be committed already */
export async function* readChunks(
  log: Pick<EventLog, 'readPartition'>,
  { types, metadataOf }: Pick<Projection, 'types' | 'metadataOf'>,
  from: LogPosition,
  upTo: LogPosition,
  { parallel, maxEvents, maxBytes }: ChunkOptions,
): AsyncGenerator<Chunk> {
  const wanted = { types, ...(metadataOf !== undefined && { metadataOf }) };
  const at = new Map(from);
  const limits = new Map<number, number>();
  const waiting = [...upTo]
    .filter(([partition, end]) => end > (from.get(partition) ?? 0n))
    .map(([partition]) => partition);
  const running = new Map<number, Promise<Chunk>>();

  const read = async (partition: number): Promise<Chunk> => {
    const limit = limits.get(partition) ?? Math.min(firstChunk, maxEvents);
    const end = upTo.get(partition)!;
    const events = await log.readPartition(partition, { ...wanted, after: at.get(partition) ?? 0n, limit });
    limits.set(partition, Math.min(maxEvents, Math.max(50, Math.floor(maxBytes / meanBytes(events)))));
    const last = events.at(-1)?.position ?? 0n;
    return { partition, events, through: events.length === limit || last > end ? last : end };
  };
  const startReads = () => {
    while (running.size < parallel && waiting.length > 0) {
      const partition = waiting.shift()!;
      const chunk = read(partition);
      chunk.catch(() => undefined); // reported by the race below, if anybody still listens
      running.set(partition, chunk);
    }
  };

  startReads();
  while (running.size > 0) {
    const chunk = await Promise.race(running.values());
    running.delete(chunk.partition);
    at.set(chunk.partition, chunk.through);
    if (chunk.through < upTo.get(chunk.partition)!) waiting.push(chunk.partition);
    startReads();
    yield chunk;
  }
}
