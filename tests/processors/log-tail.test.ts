import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventLog } from '../../src/event-store/port.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { StreamId, TenantId } from '../../src/events/ids.ts';
import { followTail } from '../../src/processors/log-tail.ts';

const tenant = 'default' as TenantId;

/** One partition in memory, which this process and others append to. */
function onePartition() {
  const events: RecordedEvent[] = [];
  const listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  let reads = 0;
  const log = {
    info: { logId: 'log', partitions: 1 },
    positions: async () => new Map([[0, BigInt(events.length)]]),
    readPartition: async (_partition, { after, limit, types }) => {
      reads += 1;
      return events.filter((event) => event.position > after && types?.includes(event.type) !== false).slice(0, limit);
    },
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as Pick<EventLog, 'info' | 'positions' | 'readPartition' | 'onCommit'> as EventLog;
  const append = (type: string, ours: boolean) => {
    const position = BigInt(events.length + 1);
    const event = {
      type,
      data: { text: 'x'.repeat(200) },
      eventId: `${position}`,
      tenant,
      streamId: `s-${position}` as StreamId,
      version: 1n,
      schemaVersion: 1,
      metadata: {},
      partition: 0,
      position,
      recordedAt: position,
    };
    events.push(event);
    if (ours) for (const listener of listeners) listener([event]);
  };
  return { log, append, events, reads: () => reads };
}

test('a reader gets every event of its types once and in order, whoever committed them and however much is kept', async () => {
  const commits = fc.array(fc.record({ type: fc.constantFrom('A', 'B'), ours: fc.boolean(), readNow: fc.boolean() }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(
      commits,
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(1, 2_000, 1_000_000),
      async (all, limit, keptBytes) => {
        const { log, append, events } = onePartition();
        const tail = await followTail(log, { minPollMs: 1, maxPollMs: 2, keptBytes });
        const seen: RecordedEvent[] = [];
        let at = 0n;
        const readOn = async () => {
          const { events: found, through } = await tail.read(0, at, limit, ['A']);
          seen.push(...found);
          at = through;
        };
        for (const { type, ours, readNow } of all) {
          append(type, ours);
          if (readNow) await readOn();
        }
        const moved = new Promise<void>((resolve) => {
          if (tail.positions().get(0) === BigInt(events.length) || events.length === 0) resolve();
          tail.onMove(() => tail.positions().get(0) === BigInt(events.length) && resolve());
        });
        await moved;
        while (at < BigInt(events.length)) await readOn();
        await tail.stop();
        expect(seen.map((event) => event.position)).toEqual(
          events.filter((event) => event.type === 'A').map((event) => event.position),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('commits of this process are not read again', async () => {
  const { log, append, reads } = onePartition();
  const tail = await followTail(log);
  for (let count = 0; count < 10; count += 1) append('A', true);
  expect((await tail.read(0, 0n, 100, ['A'])).events).toHaveLength(10);
  expect(await tail.read(0, 4n, 2, ['A'])).toMatchObject({ through: 6n });
  expect(reads()).toBe(0);
  await tail.stop();
});
