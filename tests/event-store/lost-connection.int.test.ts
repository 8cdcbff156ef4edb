import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EventStore, openEventStore, StoreUnavailable } from '../../src/event-store/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';
import { type Mode, startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { conditionCategories, event, newStream, record, tenant } from './contract.ts';
import { checkedLog } from './whole-log.ts';

/** Bytes of a statement, as the wire protocol carries them. */
const carries = (text: string) => (bytes: Buffer) => bytes.includes(text);
const isAppend = carries('append\0');
const isCommit = carries('COMMIT\0');

let database: TestDatabase;
let proxy: TcpProxy;
beforeAll(async () => {
  database = await testDatabase();
  proxy = await startTcpProxy(database.url);
});
afterEach(() => proxy.follow({}));
afterAll(async () => {
  await proxy.close();
  await database.drop();
});

const withStore = async (
  options: { readonly deadlineMs: number; readonly lanes?: number },
  work: (store: EventStore) => Promise<void>,
): Promise<void> => {
  const store = await openEventStore({ connectionString: proxy.url, conditionCategories, ...options });
  try {
    await work(store);
  } finally {
    proxy.follow({});
    await store.close();
  }
};

/** Once for the first bytes that fit; afterwards everything passes. */
const once = (mode: Mode, fits: (bytes: Buffer) => boolean) => {
  let done = false;
  return (bytes: Buffer): Mode => {
    if (done || !fits(bytes)) return 'pass';
    done = true;
    return mode;
  };
};

const addExclusively = (store: EventStore, streamId = newStream(), data = { n: 1 }) =>
  store.appendExclusively([{ streamId, from: 1n }], ([slice]) => ({
    tenant,
    streams: [{ streamId, expectedVersion: slice?.version ?? 0n, events: [event('Counted', data)] }],
  }));

describe('a connection lost once', () => {
  const kinds = {
    'a plain append': (store: EventStore) =>
      store.append({ tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }] }),
    'an append with a record': (store: EventStore) =>
      store.append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        record: record(randomUUID()),
      }),
    'an append under an expired key': (store: EventStore) =>
      store.append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        record: record(randomUUID(), '""', Date.now() - 1000),
      }),
    'an append of any version': (store: EventStore) =>
      store.append({ tenant, streams: [{ streamId: newStream(), expectedVersion: 'any', events: [event()] }] }),
    'several streams': (store: EventStore) =>
      store.append({
        tenant,
        streams: [newStream(), newStream()].map((streamId) => ({ streamId, expectedVersion: 0n, events: [event()] })),
      }),
    'an exclusive append': (store: EventStore) => addExclusively(store),
  };
  const cases = (['cut before', 'cut after', 'cut within'] as const).flatMap((mode) =>
    Object.entries(kinds).map(([kind, append]) => ({ mode, kind, append })),
  );

  test.each(cases)('$mode its statement: $kind is written once', ({ mode, append }) =>
    withStore({ deadlineMs: 20_000 }, async (store) => {
      const [before, cuts] = [await checkedLog(database), proxy.cuts()];
      proxy.follow({ choose: once(mode, isAppend) });
      const events = (await append(store))?.events ?? [];
      expect(proxy.cuts()).toBe(cuts + 1);
      const after = (await checkedLog(database)).filter((row) => !before.some((old) => old.event_id === row.event_id));
      expect(after.map((row) => [row.event_id, row.position, row.micros]).sort()).toEqual(
        events.map((written) => [written.eventId, written.position, written.recordedAt]).sort(),
      );
      expect(after.length).toBeGreaterThan(0);
    }),
  );

  test.each(['cut before', 'cut after', 'cut within'] as const)('%s its statement: a record alone is stored', (mode) =>
    withStore({ deadlineMs: 20_000 }, async (store) => {
      const own = record(randomUUID());
      proxy.follow({ choose: once(mode, isAppend) });
      expect(await store.append({ tenant, streams: [], record: own })).toEqual({ events: [] });
      expect(await store.findRecord(own)).toEqual(own);
    }),
  );

  test.each(['cut before', 'cut after', 'cut within'] as const)(
    '%s its COMMIT: an exclusive append is written once',
    (mode) =>
      withStore({ deadlineMs: 20_000 }, async (store) => {
        const stream = newStream();
        proxy.follow({ choose: once(mode, isCommit) });
        const result = await addExclusively(store, stream);
        expect((await store.read(stream)).events).toEqual(result?.events);
      }),
  );

  test('at COMMIT, with conflicts in the lane that sends it again, an exclusive append is written once', () =>
    withStore({ deadlineMs: 20_000, lanes: 1 }, async (store) => {
      const streams = Array.from({ length: 12 }, () => newStream());
      const lost = new Set<number>();
      let commits = 0;
      proxy.follow({
        choose: (bytes) => {
          if (!isCommit(bytes)) return 'pass';
          commits += 1;
          if (commits > streams.length) return 'pass';
          lost.add(commits);
          return 'cut after';
        },
      });
      let busy = true;
      const neighbours = (async () => {
        const taken = newStream();
        while (busy)
          await Promise.allSettled(
            Array.from({ length: 40 }, (_, n) =>
              store.append({
                tenant,
                streams: [{ streamId: n % 4 === 0 ? taken : newStream(), expectedVersion: 0n, events: [event()] }],
              }),
            ),
          );
      })();
      await Promise.all(streams.map((stream) => addExclusively(store, stream)));
      busy = false;
      await neighbours;
      expect(lost.size).toBe(streams.length);
      for (const stream of streams) expect((await store.read(stream)).version).toBe(1n);
    }));
});

test('a connection that breaks while nothing runs on it is replaced', () =>
  withStore({ deadlineMs: 20_000 }, async (store) => {
    const add = () =>
      Promise.all(
        Array.from({ length: 20 }, () =>
          store.append({ tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }] }),
        ),
      );
    await add();
    proxy.cutAll();
    expect((await add()).length).toBe(20);
  }));

describe('connections cut at random', () => {
  test.each([1, 2, 3])('lose nothing and double nothing (seed %i)', (seed) =>
    withStore({ deadlineMs: 40_000 }, async (store) => {
      const random = seededRandom(seed);
      const season = newStream('season');
      const hot = Array.from({ length: 4 }, () => newStream());
      await store.append({ tenant, streams: [{ streamId: season, expectedVersion: 0n, events: [event('Opened')] }] });
      const [cuts, modes] = [proxy.cuts(), ['cut before', 'cut after', 'cut within'] as const];
      proxy.follow({
        choose: () => (random() < 0.12 ? (modes[Math.floor(random() * 3)] as Mode) : 'pass'),
        accept: () => (random() < 0.1 ? 'refuse' : 'pass'),
      });
      const run = randomUUID();
      const one = (n: number) => event('Tested', { run, n });
      const fresh = (n: number) => ({ streamId: newStream(), expectedVersion: 0n, events: [one(n)] });
      const keys: ReturnType<typeof record>[] = [];
      const withKey = () => {
        const own = record(randomUUID());
        keys.push(own);
        return { record: own };
      };
      const kinds = [
        (n: number) => store.append({ tenant, streams: [fresh(n)] }),
        (n: number) => store.append({ tenant, streams: [fresh(n)], ...withKey() }),
        () => store.append({ tenant, streams: [], ...withKey() }),
        (n: number) => store.append({ tenant, streams: [fresh(n), fresh(n)], ...withKey() }),
        (n: number) =>
          store.append({ tenant, streams: [fresh(n)], conditions: [{ streamId: season, expectedVersion: 1n }] }),
        (n: number) =>
          store.appendExclusively([{ streamId: hot[n % 4] as typeof season, from: 1n }], ([slice]) => ({
            tenant,
            streams: [
              { streamId: hot[n % 4] as typeof season, expectedVersion: slice?.version ?? 0n, events: [one(n)] },
            ],
          })),
        (n: number) =>
          store.append({
            tenant,
            streams: [{ streamId: hot[n % 4] as typeof season, expectedVersion: 'any', events: [one(n)] }],
            ...withKey(),
          }),
      ];
      const results = await Promise.all(Array.from({ length: 140 }, (_, n) => kinds[n % kinds.length]?.(n)));
      expect(proxy.cuts()).toBeGreaterThan(cuts + 3);
      proxy.follow({});
      const acknowledged = results.flatMap((result) => result?.events ?? []);
      const own = (await checkedLog(database)).filter((row) => row.data['run'] === run);
      expect(own.map((row) => row.event_id).sort()).toEqual(acknowledged.map(({ eventId }) => eventId).sort());
      const places = new Map(own.map((row) => [row.event_id, [row.partition, row.position, row.version, row.micros]]));
      for (const { eventId, partition, position, version, recordedAt } of acknowledged)
        expect(places.get(eventId)).toEqual([partition, position, version, recordedAt]);
      for (const key of keys) expect(await store.findRecord(key)).toEqual(key);
    }),
  );
});

describe('a silent database', () => {
  const append = (store: EventStore, streamId = newStream()) =>
    store.append({ tenant, streams: [{ streamId, expectedVersion: 0n, events: [event()] }] });
  const unavailable = (outcomeUnknown: boolean) => ({ name: 'StoreUnavailable', outcomeUnknown });

  test('ends in StoreUnavailable that tells whether the statement was sent', () =>
    withStore({ deadlineMs: 600, lanes: 1 }, async (store) => {
      await append(store);
      proxy.follow({ choose: () => 'hang', accept: () => 'hang' });
      const sent = append(store);
      // Let the first statement go, so that the second append waits behind it.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      const waiting = append(store);
      await expect(sent).rejects.toMatchObject(unavailable(true));
      await expect(waiting).rejects.toMatchObject(unavailable(false));
      await expect(store.read(newStream())).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(addExclusively(store)).rejects.toMatchObject(unavailable(false));
      proxy.follow({});
      await append(store);
    }));

  test('is left for another connection before the deadline', () =>
    withStore({ deadlineMs: 3_000, lanes: 1 }, async (store) => {
      const stream = newStream();
      await append(store);
      proxy.follow({ choose: once('hang', isAppend) });
      const { events } = await append(store, stream);
      expect((await store.read(stream)).events).toEqual(events);
    }));

  test('that takes no connection has surely written nothing', () =>
    withStore({ deadlineMs: 1_500 }, async (store) => {
      proxy.follow({ accept: () => 'refuse', choose: () => 'cut before' });
      // Uses up the connection that opening the store left.
      await expect(store.read(newStream())).rejects.toMatchObject(unavailable(false));
      await expect(append(store)).rejects.toMatchObject(unavailable(false));
      proxy.follow({});
      await append(store);
    }));
});

test('closing waits for what is in flight', async () => {
  const store = await openEventStore({ connectionString: database.url, conditionCategories });
  const hot = newStream();
  const appends = [
    ...Array.from({ length: 30 }, () =>
      store.append({ tenant, streams: [{ streamId: hot, expectedVersion: 'any', events: [event()] }] }),
    ),
    ...Array.from({ length: 10 }, () => addExclusively(store, hot)),
  ];
  const outcomes = Promise.all(appends);
  await store.close();
  expect((await outcomes).map((result) => result?.events.length)).toEqual(appends.map(() => 1));
  const late = [
    addExclusively(store),
    store.append({ tenant, streams: [], record: record(randomUUID()) }),
    store.append({ tenant, streams: [{ streamId: hot, expectedVersion: 'any', events: [event()] }] }),
  ];
  for (const outcome of await Promise.allSettled(late))
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('closed') } });
});
