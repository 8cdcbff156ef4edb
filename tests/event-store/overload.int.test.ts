import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEventStore, StoreOverloaded } from '../../src/event-store/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { event, newStream, tenant } from './contract.ts';
import { checkedLog } from './whole-log.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('a full queue refuses at once, writes nothing of what it refused and everything else', async () => {
  const batches: number[] = [];
  const store = await openEventStore({
    connectionString: database.url,
    maxWaiting: 50,
    onBatch: (appends) => batches.push(appends),
  });
  const streams = Array.from({ length: 120 }, () => newStream());
  const refused: string[] = [];
  const appends = streams.map((streamId) =>
    store
      .append({ tenant, streams: [{ streamId, expectedVersion: 0n, events: [event()] }] })
      .then(({ events }) => events.length)
      .catch((error: unknown) => {
        expect(error).toBeInstanceOf(StoreOverloaded);
        refused.push(streamId);
        return 0;
      }),
  );
  expect(store.waiting()).toBe(50);
  await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => resolve(null)))));
  expect(refused).toEqual(streams.slice(50));
  expect((await Promise.all(appends)).reduce((sum, written) => sum + written)).toBe(50);
  expect((await checkedLog(database)).map((row) => row.stream_id).sort()).toEqual(streams.slice(0, 50).sort());
  expect(batches.reduce((sum, appended) => sum + appended)).toBe(50);
  expect(store.waiting()).toBe(0);
  await store.append({ tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }] });
  await store.close();
});

test("a listener's mistake does not fail the append that it hears of", async () => {
  const store = await openEventStore({ connectionString: database.url });
  const mistakes: unknown[] = [];
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => mistakes.push(error));
  const heard: string[] = [];
  try {
    store.onCommit(() => {
      throw new Error('a mistake');
    });
    store.onCommit((events) => heard.push(...events.map(({ eventId }) => eventId)));
    const { events } = await store.append({
      tenant,
      streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
    });
    expect(heard).toEqual(events.map(({ eventId }) => eventId));
    await store.close();
    expect(mistakes).toMatchObject([{ message: 'a mistake' }]);
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of others) process.on('uncaughtException', listener);
  }
});
