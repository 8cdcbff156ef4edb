import { randomUUID } from 'node:crypto';
import { type EventStore, openEventStore, VersionConflict } from '../../src/event-store/index.ts';
import { type StreamId, streamId, type TenantId } from '../../src/events/ids.ts';

/** What a worker process is told, as JSON in its first argument. */
export type WorkerTask = {
  readonly url: string;
  readonly hot: StreamId;
  /** Appends to each stream. */
  readonly count: number;
};

/** What it prints, one JSON text a line: `sent` before each attempt's first try, `acknowledged` after its success. */
export type WorkerLine = { readonly sent: string } | { readonly acknowledged: string };

const tenant = 'acme' as TenantId;
const neighbours = 16;
const say = (line: WorkerLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function announced(append: (eventId: string) => Promise<unknown>): Promise<void> {
  const eventId = randomUUID();
  say({ sent: eventId });
  await append(eventId);
  say({ acknowledged: eventId });
}

const write = (stream: StreamId, expectedVersion: bigint | 'any', eventId: string) => ({
  tenant,
  streams: [{ streamId: stream, expectedVersion, events: [{ type: 'Tested', data: {}, eventId }] }],
});

async function appendToNeighbour(store: EventStore, count: number): Promise<void> {
  const stream = streamId('neighbour', tenant, randomUUID());
  for (let version = 0n; version < count; version += 1n)
    await announced((eventId) => store.append(write(stream, version, eventId)));
}

/** Reads and appends until nobody came in between. */
async function appendOptimistically(store: EventStore, stream: StreamId, eventId: string): Promise<void> {
  for (;;) {
    const { version } = await store.read(stream, { maxCount: 1 });
    try {
      return void (await store.append(write(stream, version, eventId)));
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}

async function appendToHot(store: EventStore, { hot, count }: WorkerTask): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await announced((eventId) => {
      if (n % 3 === 0) return store.append(write(hot, 'any', eventId));
      if (n % 3 === 1) return appendOptimistically(store, hot, eventId);
      return store.appendExclusively([{ streamId: hot, from: 1n }], ([slice]) =>
        write(hot, slice?.version ?? 0n, eventId),
      );
    });
}

const task = JSON.parse(process.argv[2] as string) as WorkerTask;
const store = await openEventStore({ connectionString: task.url });
await Promise.all([
  appendToHot(store, task),
  ...Array.from({ length: neighbours }, () => appendToNeighbour(store, task.count)),
]);
await store.close();
