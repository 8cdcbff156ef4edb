import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf, covers, ensureCheckpoints } from '../../src/processors/checkpoints.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { followTail, type LogTail } from '../../src/processors/log-tail.ts';
import type { Processor } from '../../src/processors/processor.ts';
import { type Processors, startProcessors } from '../../src/processors/start.ts';
import { eventually, gate, type LogUnderTest, logUnderTest, scored } from './log-under-test.ts';

let here: LogUnderTest;
let tail: LogTail;
const started: Processors[] = [];

beforeEach(async () => {
  here = await logUnderTest();
  await here.query('create table taken (partition int, position bigint, by text)');
  if (here.appRole) await here.query(`grant select, insert on taken to "${here.appRole}"`);
  await ensureCheckpoints(here.database, 'probe', here.log.info.partitions);
  tail = await followTail(here.log);
});
afterEach(async () => {
  for (const processors of started.splice(0)) await processors.stop();
  await tail.stop();
  await here.close();
});

/** Notes each event that it takes; a plain insert, so that one taken twice shows. */
const probe = (by: string, before: () => Promise<void> = async () => {}): Processor => ({
  name: 'probe',
  types: ['LeaderboardUpdated'],
  batchSize: 1_000,
  async handle(events) {
    await before();
    return async (sql) => {
      for (const { partition, position } of events)
        await sql.query('insert into taken values ($1::int, $2::int8, $3::text)', [partition, `${position}`, by]);
    };
  },
});

const start = (by: string, processor: Processor, leaseMs = 600, database = here.database): Processors => {
  const processors = startProcessors({
    database,
    tail,
    owner: by,
    sources: [{ name: 'probe', current: async () => processor }],
    generations: createGenerations(here.database, []),
    settings: { leaseMs, minIntervalMs: 5 },
    onProblem: () => undefined,
  });
  started.push(processors);
  return processors;
};
const held = (processors: Processors): number => processors.status()[0]!.held;
const taken = () => here.query('select partition, position, by from taken order by partition, position');
const everythingTaken = () =>
  eventually(async () => covers(await checkpointsOf(here.database, 'probe'), await here.log.positions()));

test('processes share the partitions, and one that stops hands its share over at once', async () => {
  const first = start('first', probe('first'), 600);
  await eventually(() => held(first) === 16);
  const second = start('second', probe('second'), 600);
  await eventually(() => held(first) === 8 && held(second) === 8);
  for (let who = 1; who <= 40; who += 1) await here.appendEntry(who, scored(who, who));
  await everythingTaken();
  expect(new Set((await taken()).map((row) => row['by']))).toEqual(new Set(['first', 'second']));
  await started.shift()!.stop();
  await eventually(() => held(second) === 16);
  expect(await taken()).toHaveLength(40);
});

test('a process paused beyond its lease has its write refused, and every event is taken once', async () => {
  const paused = gate();
  const resumed = gate();
  const sleepy = start(
    'sleepy',
    probe('sleepy', async () => {
      paused.open();
      await resumed.opened;
    }),
  );
  await eventually(() => held(sleepy) === 16);
  for (let who = 1; who <= 20; who += 1) await here.appendEntry(who, scored(who, who));
  await paused.opened;
  const awake = start('awake', probe('awake'));
  await everythingTaken();
  expect(held(awake)).toBe(16);
  resumed.open();
  await eventually(() => held(sleepy) === 8);
  const rows = await taken();
  expect(rows).toHaveLength(20);
  expect(new Set(rows.map((row) => row['by']))).toEqual(new Set(['awake']));
});

test('a process whose database connection is gone for good is replaced when its leases run out', async () => {
  const dead = start('dead', probe('dead'), 600, {
    ...here.database,
    query: async (text, params) => {
      if (cut) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      return here.database.query(text, params);
    },
    transaction: async (body) => {
      if (cut) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      return here.database.transaction(body);
    },
  });
  let cut = false;
  await eventually(() => held(dead) === 16);
  cut = true;
  const heir = start('heir', probe('heir'), 600);
  for (let who = 1; who <= 20; who += 1) await here.appendEntry(who, scored(who, who));
  await everythingTaken();
  expect(held(heir)).toBe(16);
  expect(dead.status()[0]!.problem).toBeDefined();
  expect((await taken()).every((row) => row['by'] === 'heir')).toBe(true);
});

test('a commit whose answer was lost is neither repeated nor taken for a poison event', async () => {
  let lose = true;
  const processors = start('lossy', probe('lossy'), 600, {
    ...here.database,
    transaction: async (body) => {
      const result = await here.database.transaction(body);
      if (lose) {
        lose = false;
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
      }
      return result;
    },
  });
  await eventually(() => held(processors) === 16);
  for (let who = 1; who <= 20; who += 1) await here.appendEntry(who, scored(who, who));
  await everythingTaken();
  expect(lose).toBe(false);
  expect(await taken()).toHaveLength(20);
  expect(await here.query('select * from poison_events')).toEqual([]);
});

test('checkpoints pass events of other types, so that waiting for their position ends', async () => {
  const processors = start('only', probe('only'), 5_000);
  await here.appendSeason({
    type: 'SeasonOpened',
    data: { season: 'spring', operator: 'best', opensAt: null, closesAt: null, submitBy: 'players' },
  });
  expect(await processors.waitFor('probe', await here.log.positions(), 30_000)).toBe(true);
  await everythingTaken();
  expect(await processors.waitFor('probe', new Map([[0, 1_000n]]), 1)).toBe(false);
});
