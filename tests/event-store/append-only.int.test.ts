import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type EventStore, openEventStore } from '../../src/event-store/index.ts';
import { grantApplicationRole } from '../../src/migrate/grants.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { connected, withDatabase } from '../support/test-server.ts';
import { conditionCategories, event, newStream, record, tenant } from './contract.ts';
import { checkedLog } from './whole-log.ts';

const { adminUrl } = inject('testServer');
const role = `test_app_${randomBytes(6).toString('hex')}`;

let database: TestDatabase;
let url: string;
let store: EventStore;
beforeAll(async () => {
  database = await testDatabase();
  const admin = withDatabase(adminUrl, database.name);
  await connected(admin, (client) => client.query(`create role ${role}`));
  await connected(database.ownerUrl, (client) => grantApplicationRole(client, role));
  const asRole = new URL(admin);
  asRole.searchParams.set('options', `-c role=${role}`);
  url = asRole.href;
  store = await openEventStore({ connectionString: url, conditionCategories });
  await store.append({ tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }] });
});
afterAll(async () => {
  await store.close();
  await database.drop();
  await connected(adminUrl, (client) => client.query(`drop role ${role}`));
});

describe("the application's role", () => {
  test.each([
    'update events set data = data',
    'delete from events',
    'truncate events',
    'drop table events',
    'alter table events add column more text',
    'create trigger more before update on events for each row execute function suppress_redundant_updates_trigger()',
    'update sandai_outbox set payload = payload',
    'delete from sandai_outbox',
    'delete from log_partitions',
    'insert into log_partitions (partition) values (99)',
    "update log_info set stream_hash = 'other'",
  ])('is refused: %s', async (statement) => {
    const before = await checkedLog(database);
    const attempt = connected(url, (client) => client.query(statement));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
    expect(await checkedLog(database)).toEqual(before);
  });

  test('can do all that the store needs', async () => {
    const season = newStream('season');
    await store.append({ tenant, streams: [{ streamId: season, expectedVersion: 'absent', events: [event()] }] });
    const expired = record(randomUUID(), '""', Date.now() - 1_000);
    await store.append({ tenant, streams: [], record: expired });
    const messages = [{ aggregateType: 'test', aggregateId: 'a', type: 'TestMessage', payload: {} }];
    const appends = Array.from({ length: 30 }, (_, n) =>
      store.append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [{ ...event(), messages }] }],
        conditions: [{ streamId: season, expectedVersion: 1n }],
        dataKeys: [{ tenant, playerId: randomUUID(), wrappedKey: 'wrapped', kekId: 'k1' }],
        record: n === 0 ? record(expired.key) : record(randomUUID()),
      }),
    );
    expect(await Promise.all(appends)).toHaveLength(30);
    const hot = newStream();
    await store.appendExclusively([{ streamId: hot, from: 1n }], () => ({
      tenant,
      streams: [{ streamId: hot, expectedVersion: 0n, events: [event()] }],
    }));
    expect((await store.read(hot)).version).toBe(1n);
    await checkedLog(database);
  });
});
