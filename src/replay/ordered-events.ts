import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';

const pageSize = 1_000;

/** Events of all partitions in one order: by time, then partition, then position; an append across partitions stays together.
 *  Memory holds a page of each partition. */
export async function* orderedEvents(
  log: Pick<EventLog, 'readPartition'>,
  types: readonly string[],
  upTo: LogPosition,
): AsyncGenerator<RecordedEvent> {
  const queues = [...upTo].map(([partition, end]) => pagesOf(log, types, partition, end));
  for (const queue of queues) await queue.fill();
  for (;;) {
    let first: Queue | undefined;
    for (const queue of queues) {
      const head = queue.head();
      if (head !== undefined && (first === undefined || head.recordedAt < first.head()!.recordedAt)) first = queue;
    }
    if (first === undefined) return;
    yield first.take();
    if (first.head() === undefined) await first.fill();
  }
}

type Queue = { head(): RecordedEvent | undefined; take(): RecordedEvent; fill(): Promise<void> };

function pagesOf(
  log: Pick<EventLog, 'readPartition'>,
  types: readonly string[],
  partition: number,
  end: bigint,
): Queue {
  let page: readonly RecordedEvent[] = [];
  let next = 0;
  let after = 0n;
  return {
    head: () => page[next],
    take: () => page[next++]!,
    async fill() {
      if (after >= end) return;
      const read = await log.readPartition(partition, { after, limit: pageSize, types });
      after = read.length < pageSize ? end : read.at(-1)!.position;
      page = read.filter(({ position }) => position <= end);
      next = 0;
    },
  };
}
