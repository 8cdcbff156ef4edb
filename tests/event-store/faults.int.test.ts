import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventStore, openEventStore } from '../../src/event-store/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Mode, startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { conditionCategories, event, newStream, record, tenant } from './contract.ts';
import { checkedLog } from './whole-log.ts';

let database: TestDatabase;
let proxy: TcpProxy;
beforeAll(async () => {
  database = await testDatabase();
  proxy = await startTcpProxy(database.url);
});
afterAll(async () => {
  await proxy.close();
  await database.drop();
});

/** One of each kind of append; every step must succeed, whatever fails once below it. */
async function scenario(store: EventStore, run: string) {
  const [season, entry, hot] = [newStream('season'), newStream(), newStream()];
  const keys = [record(randomUUID()), record(randomUUID()), record(randomUUID())];
  const one = (n: number) => ({
    ...event('Tested', { run, n }),
    messages: [{ aggregateType: 'test', aggregateId: run, type: 'TestMessage', payload: { n } }],
  });
  const expired = record(keys[0]?.key as string, '"old"', Date.now() - 1_000);
  const appended = [
    await store.append({ tenant, streams: [{ streamId: season, expectedVersion: 'absent', events: [one(0)] }] }),
    await store.append({ tenant, streams: [], record: expired }),
    await store.append({
      tenant,
      streams: [
        { streamId: entry, expectedVersion: 0n, events: [one(1), one(2)] },
        { streamId: hot, expectedVersion: 'any', events: [one(3)] },
      ],
      conditions: [{ streamId: season, expectedVersion: 1n }],
      dataKeys: [{ tenant, playerId: run, wrappedKey: 'wrapped', kekId: 'k1' }],
      record: keys[0] as (typeof keys)[0],
    }),
    await store.append({ tenant, streams: [], record: keys[1] as (typeof keys)[0] }),
    await store.appendExclusively([{ streamId: hot, from: 1n }], ([slice]) => ({
      tenant,
      streams: [{ streamId: hot, expectedVersion: slice?.version ?? 0n, events: [one(4)] }],
      record: keys[2] as (typeof keys)[0],
    })),
    await store.append({ tenant, streams: [{ streamId: season, expectedVersion: 1n, events: [one(5)] }] }),
  ];
  const late = store.append({
    tenant,
    streams: [{ streamId: newStream(), expectedVersion: 0n, events: [one(6)] }],
    conditions: [{ streamId: season, expectedVersion: 1n }],
  });
  await expect(late).rejects.toMatchObject({ name: 'ConditionFailed' });
  for (const key of keys) expect(await store.findRecord(key)).toEqual(key);
  return appended.flatMap((result) => result?.events ?? []);
}

test.each<{ fault: Mode }>([{ fault: 'cut before' }, { fault: 'cut after' }, { fault: 'fail 40001' }])(
  'a scenario ends the same when any one of its exchanges meets: $fault',
  async ({ fault }) => {
    const runs: string[] = [];
    for (let failing = 1; ; failing += 1) {
      let exchange = 0;
      proxy.follow({ choose: () => (++exchange === failing ? fault : 'pass') });
      const store = await openEventStore({ connectionString: proxy.url, conditionCategories, lanes: 1 });
      const run = randomUUID();
      const events = await scenario(store, run);
      proxy.follow({});
      await store.close();
      runs.push(run);
      expect(events.map(({ data }) => data['n'])).toEqual([0, 1, 2, 3, 4, 5]);
      if (exchange < failing) break;
    }
    expect(runs.length).toBeGreaterThan(20);

    const log = await checkedLog(database);
    const messages = await database.query(
      `select o.aggregateid, o.payload->>'n' as n, e.data->>'n' as event_n from sandai_outbox o
       join events e on e.partition = o.partition and e.position = o.position`,
    );
    for (const run of runs) {
      const own = log.filter(({ data }) => data['run'] === run);
      expect(own.map(({ data }) => data['n']).sort()).toEqual([0, 1, 2, 3, 4, 5]);
      const sent = messages.filter((message) => message['aggregateid'] === run);
      expect(sent.map(({ n }) => n).sort()).toEqual(['0', '1', '2', '3', '4', '5']);
      expect(sent.every(({ n, event_n }) => n === event_n)).toBe(true);
    }
  },
);
