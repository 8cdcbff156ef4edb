import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ConditionFailed, type EventStore, openEventStore } from '../../src/event-store/index.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { conditionCategories, event, newStream, tenant } from './contract.ts';
import { checkedLog } from './whole-log.ts';

let database: TestDatabase;
let first: EventStore;
let second: EventStore;
const warnings: string[] = [];
const listen = (warning: Error) => warnings.push(warning.message);
beforeAll(async () => {
  process.on('warning', listen);
  database = await testDatabase();
  const open = () => openEventStore({ connectionString: database.url, conditionCategories });
  [first, second] = await Promise.all([open(), open()]);
});
afterAll(async () => {
  process.off('warning', listen);
  await Promise.all([first.close(), second.close()]);
  await database.drop();
});

const openSeason = async (): Promise<StreamId> => {
  const season = newStream('season');
  await first.append({ tenant, streams: [{ streamId: season, expectedVersion: 0n, events: [event('Opened')] }] });
  return season;
};
const score = (store: EventStore, season: StreamId) =>
  store.append({
    tenant,
    streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event('Scored')] }],
    conditions: [{ streamId: season, expectedVersion: 1n }],
  });
const close = (store: EventStore, season: StreamId) =>
  store.append({ tenant, streams: [{ streamId: season, expectedVersion: 1n, events: [event('Closed')] }] });

test('scores of two stores that race the close of their season are never recorded after it', async () => {
  for (let round = 0; round < 15; round += 1) {
    const season = await openSeason();
    const early = await Promise.all([score(first, season), score(second, season)]);
    const scores = () =>
      Promise.allSettled(Array.from({ length: 60 }, (_, n) => score(n % 2 === 0 ? first : second, season)));
    const racing = scores();
    const closing = (round % 2 === 0 ? first : second).append({
      tenant,
      streams: [{ streamId: season, expectedVersion: 1n, events: [event('Closed')] }],
    });
    const more = scores();
    const closedAt = (await closing).events[0]?.recordedAt as bigint;
    const late = await Promise.allSettled([score(first, season), score(second, season)]);
    for (const { events } of early) expect((events[0]?.recordedAt as bigint) <= closedAt).toBe(true);
    for (const outcome of [...(await racing), ...(await more)]) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ConditionFailed);
      else expect((outcome.value.events[0]?.recordedAt as bigint) <= closedAt).toBe(true);
    }
    for (const outcome of late) expect(outcome.status).toBe('rejected');
  }
  await checkedLog(database);
});

// CockroachDB does not tell who waits for a row lock.
describe.skipIf(inject('testServer').template === null)('an append takes its time', () => {
  /** Holds rows locked while `start` begins to wait for them. @returns database time when they were let go */
  async function whileLocked(lock: string, values: unknown[], start: () => void): Promise<bigint> {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(lock, values);
      start();
      for (let waiting = 0; waiting === 0; )
        waiting = (
          await client.query(
            'select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()',
          )
        ).rows.length;
      const { rows } = await client.query(
        'select (extract(epoch from clock_timestamp()) * 1000000)::bigint::text as now',
      );
      await client.query('commit');
      return BigInt(rows[0].now);
    } finally {
      await client.end();
    }
  }

  test.each([
    { lock: 'select 1 from log_partitions order by partition for update', of: 'its partition', values: () => [] },
    {
      lock: 'select 1 from stream_heads where stream_id = $1::text for update',
      of: 'its condition',
      values: (season: StreamId) => [season],
    },
  ])('when it has the lock of $of', async ({ lock, values }) => {
    const season = await openSeason();
    let scored: ReturnType<typeof score> | undefined;
    const released = await whileLocked(lock, values(season), () => {
      scored = score(first, season);
    });
    expect(((await scored)?.events[0]?.recordedAt as bigint) >= released).toBe(true);
  });

  test('when it has the lock of the head that it moves', async () => {
    const season = await openSeason();
    let closed: ReturnType<typeof close> | undefined;
    const share = 'select 1 from stream_heads where stream_id = $1::text for share';
    const released = await whileLocked(share, [season], () => {
      closed = close(first, season);
    });
    expect(((await closed)?.events[0]?.recordedAt as bigint) >= released).toBe(true);
  });
});

test('a decision under way keeps its partition: nothing comes between what it read and what it writes', async () => {
  const hot = newStream();
  const add = (store: EventStore) =>
    store.appendExclusively([{ streamId: hot, from: 1n }], ([slice]) => ({
      tenant,
      streams: [
        {
          streamId: hot,
          expectedVersion: slice?.version ?? 0n,
          events: [event('Counted', { n: slice?.events.length ?? 0 })],
        },
      ],
    }));
  const loose = (store: EventStore) =>
    store.append({ tenant, streams: [{ streamId: hot, expectedVersion: 'any', events: [event('Added')] }] });
  await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? add : loose)(n % 2 === 0 ? first : second)));
  const { events } = await second.read(hot);
  expect(events.length).toBe(60);
  for (const { type, version, data } of events) if (type === 'Counted') expect(data['n']).toBe(Number(version) - 1);
});

describe('exclusive appends', () => {
  test('that are refused all at once do not wait for each other', async () => {
    const taken = newStream();
    await close(first, await openSeason());
    await first.append({ tenant, streams: [{ streamId: taken, expectedVersion: 0n, events: [event()] }] });
    const own = newStream();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, () =>
        first.appendExclusively([{ streamId: own, from: 1n }], () => ({
          tenant,
          streams: [
            { streamId: own, expectedVersion: 0n, events: [event()] },
            { streamId: taken, expectedVersion: 0n, events: [event()] },
          ],
        })),
      ),
    );
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'VersionConflict', streamId: taken, actual: 1n },
      });
    expect((await first.read(own)).version).toBe(0n);
  });

  test('hand on what the decision throws, at once and whatever it says', async () => {
    for (const message of ['connection timeout', 'too many members']) {
      let decisions = 0;
      const thrown = new Error(message);
      const append = first.appendExclusively([{ streamId: newStream(), from: 1n }], () => {
        decisions += 1;
        throw thrown;
      });
      await expect(append).rejects.toBe(thrown);
      expect(decisions).toBe(1);
    }
  });
});

// Last: the driver warns when a connection is given away while its last user still has a statement on it.
test('no connection served two at once', () => expect(warnings).toEqual([]));
