import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { type ReadSide, startReadSide } from '../../src/cli/read-side.ts';
import { listPoison, resolvePoison } from '../../src/processors/poison.ts';
import { processorStatus } from '../../src/processors/status.ts';
import { corrupt, eventually, type LogUnderTest, logUnderTest, player, scored } from './log-under-test.ts';

let here: LogUnderTest;
let side: ReadSide;

const settings = { leaseMs: 3_000, minIntervalMs: 5, poisonBaseMs: 20, poisonCapMs: 50 };

beforeEach(async () => {
  here = await logUnderTest();
  side = await startReadSide({
    log: here.log,
    database: here.database,
    projections,
    settings,
    onProblem: () => undefined,
    onSkipped: () => undefined,
  });
});
afterEach(async () => {
  await side.stop();
  await here.close();
});

const players = async () =>
  new Set((await here.query('select player_id::text as id from leaderboard_entries__g1')).map((row) => row['id']));

/** Appends good events of many players with one unreadable among them. */
async function appendPoison() {
  for (let who = 1; who <= 30; who += 1) await here.appendEntry(who, scored(who, who));
  const { events } = await here.appendEntry(100, corrupt(100));
  const poison = events[0]!;
  for (let who = 31; who <= 90; who += 1) await here.appendEntry(who, scored(who, who));
  const placed = await here.query(
    "select partition, position::text as position, data->>'playerId' as id from events order by partition, position",
  );
  const behind = placed.filter(
    (row) => Number(row['partition']) === poison.partition && BigInt(row['position'] as string) >= poison.position,
  );
  return { poison, behind: new Set(behind.map((row) => row['id'])) };
}

const stuck = () => eventually(async () => (await listPoison(here.database))[0]);

test('a poison event stops its partition of that processor and nothing else', async () => {
  const { poison, behind } = await appendPoison();
  const listed = await stuck();
  expect(listed).toMatchObject({
    processor: 'leaderboards#g1',
    partition: poison.partition,
    position: poison.position,
    eventType: 'LeaderboardUpdated',
    resolution: 'blocked',
  });
  expect(listed.error).toContain('standing');
  const expected = new Set(Array.from({ length: 90 }, (_, index) => player(index + 1)).filter((id) => !behind.has(id)));
  await eventually(async () => (await players()).size === expected.size);
  expect(await players()).toEqual(expected);
  const status = new Map((await processorStatus(here.database)).map((each) => [each.processor, each]));
  expect(status.get('leaderboards#g1')).toMatchObject({ stopped: 1, lagEvents: behind.size });
  expect(status.get('profiles#g1')).toMatchObject({ stopped: 0 });
  await eventually(async () => (await listPoison(here.database))[0]!.attempts >= 3);
  expect(side.processors.status().find((each) => each.name === 'leaderboards')).toMatchObject({ held: 16, stopped: 1 });
});

test('an operator lets the processor skip it, and it stays listed', async () => {
  const { poison } = await appendPoison();
  await stuck();
  const at = { processor: 'leaderboards#g1', partition: poison.partition, position: poison.position };
  expect(await resolvePoison(here.database, at, 'skip')).toBe(true);
  await eventually(async () => (await players()).size === 90);
  expect(await listPoison(here.database)).toMatchObject([{ resolution: 'skip', done: true }]);
  expect(await resolvePoison(here.database, at, 'retry')).toBe(false);
  expect((await processorStatus(here.database)).filter(({ stopped }) => stopped > 0)).toEqual([]);
});

test('an event that can be taken later is taken, and everything after it', async () => {
  const { poison } = await appendPoison();
  await stuck();
  const good = JSON.stringify(scored(100, 7).data);
  await here.query('update events set data = $1::jsonb where event_id = $2::uuid', [good, poison.eventId]);
  await side.stop();
  side = await startReadSide({
    log: here.log,
    database: here.database,
    projections,
    settings: { ...settings, poisonBaseMs: 60_000, poisonCapMs: 60_000 },
    onProblem: () => undefined,
    onSkipped: () => undefined,
  });
  const at = { processor: 'leaderboards#g1', partition: poison.partition, position: poison.position };
  await resolvePoison(here.database, at, 'retry');
  await eventually(async () => (await players()).size === 91);
  await eventually(async () => (await listPoison(here.database)).length === 0);
});
