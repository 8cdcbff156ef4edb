import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openEventStore } from '../../src/event-store/index.ts';
import { eventually } from '../processors/log-under-test.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { conditionCategories, event, newStream, tenant } from './contract.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const streams = 30;
const eventsEach = 100;

// CockroachDB does not count what it reads
test.runIf(inject('testServer').template !== null).for([
  ['no statistics', ''],
  ['statistics of one stream only', 'analyze events'],
] as const)('a log of which the database has %s is not read as a whole to find streams in it', async ([, gather]) => {
  const store = await openEventStore({ connectionString: database.url, conditionCategories });
  // plans that are kept are made on an empty table
  const early = newStream();
  for (let version = 0n; version < 100n; version += 1n)
    await store.append({ tenant, streams: [{ streamId: early, expectedVersion: version, events: [event()] }] });
  await database.query(gather);

  const filled = Array.from({ length: streams }, () => newStream());
  const events = Array.from({ length: eventsEach }, () => event());
  for (const streamId of filled) await store.append({ tenant, streams: [{ streamId, expectedVersion: 0n, events }] });
  await Promise.all([...filled, newStream(), newStream()].map((streamId) => store.read(streamId)));
  await Promise.all(filled.map((streamId) => store.read(streamId, { from: 90n })));
  await Promise.all(filled.map((streamId) => store.version(streamId)));
  for (const streamId of filled)
    await store.append({ tenant, streams: [{ streamId, expectedVersion: BigInt(eventsEach), events: [event()] }] });
  await store.close();

  // a connection tells what it did before it is gone
  const connected = "select 1 from pg_stat_activity where datname = current_database() and application_name = 'sandai'";
  await eventually(async () => (await database.query(connected)).length === 0);
  const [read] = await database.query(
    "select seq_tup_read::int as events from pg_stat_user_tables where relname = 'events'",
  );
  expect(read!['events']).toBeLessThan(streams * eventsEach);
});
