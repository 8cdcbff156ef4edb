import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventStore, openEventStore } from '../../src/event-store/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { conditionCategories } from './contract.ts';
import { checkKeys, checkRound, PartitionReader, wholeLogOf } from './model-checks.ts';
import { rounds } from './model-commands.ts';
import { ModelRun, type Sent } from './model-run.ts';
import { checkedLog } from './whole-log.ts';

let database: TestDatabase;
let stores: EventStore[];
beforeAll(async () => {
  database = await testDatabase();
  const open = (lanes: number) => openEventStore({ connectionString: database.url, conditionCategories, lanes });
  stores = await Promise.all([open(2), open(3)]);
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

/** Reads all partitions again and again until told to stop, then once more. */
function follow(store: EventStore): () => Promise<number> {
  const readers = Array.from({ length: store.info.partitions }, (_, n) => new PartitionReader(store, n));
  let following = true;
  let seen = 0;
  const readAll = async () => {
    for (const reader of readers) seen += (await reader.next()).length;
  };
  const running = (async () => {
    while (following) await readAll();
  })();
  return async () => {
    following = false;
    await running;
    await readAll();
    return seen;
  };
}

/** What the store does not show: outbox rows and data keys. */
async function checkSideTables(run: ModelRun, all: readonly Sent[]): Promise<void> {
  const committed = all.filter(({ command, outcome }) => command.kind !== 'read' && !('error' in outcome));
  const messages = await database.query(
    `select o.aggregateid, o.payload, e.data from sandai_outbox o
     join events e on e.partition = o.partition and e.position = o.position
     where o.aggregateid = any($1::text[])`,
    [all.map(({ id }) => id)],
  );
  const expected = committed.flatMap(({ id, append }) =>
    (append?.streams ?? []).flatMap(({ events }) =>
      events.flatMap(({ data, messages: own = [] }) =>
        own.map(({ payload }) => JSON.stringify([id, payload['n'], payload['ordinal'], data['id'], data['n']])),
      ),
    ),
  );
  type Row = { aggregateid: string; payload: { n: number; ordinal: number }; data: { id: string; n: number } };
  const stored = (messages as Row[]).map(({ aggregateid, payload, data }) =>
    JSON.stringify([aggregateid, payload.n, payload.ordinal, data.id, data.n]),
  );
  expect(stored.sort()).toEqual(expected.sort());

  const keys = await database.query('select player_id, wrapped_key from data_keys where player_id = any($1::text[])', [
    [...run.players],
  ]);
  const made = committed.flatMap(({ id, append }) => (append?.dataKeys ?? []).map(({ playerId }) => [playerId, id]));
  expect(keys.map((row) => [row['player_id'], row['wrapped_key']]).sort()).toEqual(made.sort());
}

test('two stores on one database follow the model, and a reader beside them misses nothing', async () => {
  const [first] = stores as [EventStore];
  const stop = follow(first);
  await fc.assert(
    fc.asyncProperty(rounds, async (plan) => {
      const run = new ModelRun(stores);
      const all: Sent[] = [];
      for (const commands of plan) {
        const sent = await run.round(commands);
        all.push(...sent);
        const log = (await wholeLogOf(first)).filter(({ streamId }) => run.streams.includes(streamId));
        run.versions = await checkRound(run, sent, log, first);
        await checkKeys(run, all, first);
      }
      await checkSideTables(run, all);
    }),
    { numRuns: 25, seed: 20260102, endOnFailure: true },
  );
  expect(await stop()).toBe((await checkedLog(database)).length);
});
