import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StreamId } from '../../src/events/ids.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import { verifyLog } from '../../src/replay/verify-log.ts';
import { verifyReadModel } from '../../src/replay/verify-read-model.ts';
import { corrupt, opened, player, scored } from '../processors/log-under-test.ts';
import { type ReplayUnderTest, replayUnderTest } from './support.ts';

let here: ReplayUnderTest;
beforeEach(async () => {
  here = await replayUnderTest();
  await here.appendSeason(opened());
  await here.appendEntry(1, scored(1, 10), scored(1, 20), scored(1, 30));
  await here.appendEntry(2, scored(2, 15));
});
afterEach(() => here.close());

const look = async () =>
  verifyLog({ log: here.log, database: here.database, upTo: await here.log.positions(), maxViolations: 100 });
const brokenBy = async (statement: string) => {
  await here.query(statement);
  return (await look()).violations.map(({ guarantee, problem }) => `${guarantee}: ${problem}`);
};
const placeOf = async (version: number) => {
  const [row] = await here.query(
    `select partition, position from events where stream_id like 'entry-%' and version = ${version} order by position limit 1`,
  );
  return `partition = ${row!['partition']} and position = ${row!['position']}`;
};

test('a log that keeps its promises is found so, events of unknown types included', async () => {
  await here.append('oddity-default_1' as StreamId, [{ type: 'FromAnotherBuild', data: {} }]);
  const { violations, events, streams, unknownTypes } = await look();
  expect([violations, events, streams, [...unknownTypes]]).toEqual([[], 6, 4, [['FromAnotherBuild', 1]]]);
});

test('a missing event shows as a hole in its partition and in its stream', async () => {
  const found = await brokenBy(`delete from events where ${await placeOf(2)}`);
  expect(found).toEqual([
    expect.stringMatching(/^G3: position \d+ is missing before it$/),
    'G2: does not follow version 1',
  ]);
});

test('a log that ends before its partition says shows', async () => {
  const found = await brokenBy(`update log_partitions set position = position + 1 where partition = 0`);
  expect(found).toEqual([expect.stringContaining('G3: the log ends here')]);
});

test('times that step back, and data that no definition accepts, are named', async () => {
  expect(
    await brokenBy(`update events set recorded_at = recorded_at - interval '1 day' where ${await placeOf(3)}`),
  ).toEqual(['G3: was recorded before the event that stands before it']);
  const [bad] = (await here.appendEntry(3, corrupt(3))).events;
  const { violations } = await look();
  expect(violations.map(({ place }) => place)).toContain(`${bad!.partition}-${bad!.position}`);
  expect(violations.find(({ guarantee }) => guarantee === 'G9')?.problem).toContain('standing');
});

test('live rows that differ from a rebuild are told, row by row', async () => {
  const context = { ...here.context, source: here.database };
  const work = { projection: leaderboards, onUnreadable: () => undefined };
  const { owner, appRole, log, database } = here;
  await rebuildProjection({ projection: leaderboards, log, database, owner, appRole });
  await here.appendEntry(4, scored(4, 40)); // beyond the checkpoint of the live rows
  expect(await verifyReadModel(context, work, 10)).toEqual({ tables: [], left: null });
  await here.query(`update leaderboard_entries__g2 set score = 31 where player_id = '${player(1)}'`);
  await here.query(`delete from leaderboard_entries__g2 where player_id = '${player(2)}'`);
  const { tables } = await verifyReadModel(context, work, 10);
  expect(tables).toMatchObject([
    {
      table: 'leaderboard_entries',
      added: 1,
      removed: 0,
      changed: 1,
      rows: [
        { kind: 'changed', key: { player_id: player(1) }, before: { score: 31 }, after: { score: 30 } },
        { kind: 'added', key: { player_id: player(2) } },
      ],
    },
  ]);
  expect(await here.schemas()).toEqual([]);
});
