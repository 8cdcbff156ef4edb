import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StreamId } from '../../src/events/ids.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import { resolveMoment } from '../../src/replay/moment.ts';
import { inReadModel } from '../../src/replay/replay.ts';
import { pruneScratch } from '../../src/replay/scratch.ts';
import { nothingVerified, verifyLog } from '../../src/replay/verify-log.ts';
import { keepProgress } from '../../src/replay/verify-progress.ts';
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

const look = async (maxViolations = 100) => {
  const progress = nothingVerified();
  const upTo = await here.log.positions();
  await verifyLog({ log: here.log, database: here.database, upTo, maxViolations, progress });
  return progress;
};
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

test('no more violations are kept than were asked for', async () => {
  await here.appendEntry(3, ...Array.from({ length: 5 }, () => corrupt(3)));
  expect((await look(5)).violations).toHaveLength(5);
  expect((await look(3)).violations).toHaveLength(3);
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

test('a verification that is interrupted at any page, and taken up from its file, finds what an undisturbed one finds', async () => {
  await brokenBy(`delete from events where ${await placeOf(2)}`);
  await here.append('oddity-default_1' as StreamId, [{ type: 'FromAnotherBuild', data: {} }]);
  await here.query('update log_partitions set position = position + 1 where partition = 0');
  const undisturbed = await look();
  expect(undisturbed.violations).toHaveLength(3);
  const { log, database } = here;
  const file = join(here.directory, 'state', 'verify.json');
  const moment = await resolveMoment(database, log.info, 'now');
  for (let interruptions = 0; ; interruptions += 1) {
    const { progress, ...kept } = await keepProgress(file, log.info.logId, false, async () => ({
      moment,
      log: nothingVerified(),
      equal: new Set(),
    }));
    expect(kept.resumed).toBe(interruptions > 0);
    const abort = new AbortController();
    const ended = await verifyLog({
      log,
      database,
      upTo: progress.moment.position,
      maxViolations: 100,
      progress: progress.log,
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('interrupted')),
    }).then(
      () => true,
      (error: Error) => error.message !== 'interrupted',
    );
    kept.flush();
    if (!ended) continue;
    expect(interruptions).toBeGreaterThan(2);
    expect(progress.moment).toEqual(moment);
    expect({ ...progress.log, partitions: undefined }).toEqual({ ...undisturbed, partitions: undefined });
    return;
  }
});

test('the progress of another log, or a file of something else, is not taken up', async () => {
  const file = join(here.directory, 'verify.json');
  const begin = async () => ({
    moment: { micros: 1n, position: new Map() },
    log: nothingVerified(),
    equal: new Set<string>(),
  });
  (await keepProgress(file, 'another log', false, begin)).flush();
  expect((await keepProgress(file, here.log.info.logId, false, begin)).resumed).toBe(false);
  expect((await keepProgress(file, 'another log', false, begin)).resumed).toBe(true);
  expect((await keepProgress(file, 'another log', true, begin)).resumed).toBe(false);
  writeFileSync(file, '{"half":');
  expect((await keepProgress(file, 'another log', false, begin)).resumed).toBe(false);
});

test('an interrupted comparison leaves no schema behind, and one of an interrupted replay goes when it is old', async () => {
  const abort = new AbortController();
  abort.abort(new Error('interrupted'));
  const { owner, appRole, log, database } = here;
  await rebuildProjection({ projection: leaderboards, log, database, owner, appRole });
  const work = { projection: leaderboards, onUnreadable: () => undefined, signal: abort.signal };
  const context = { ...here.context, source: here.database };
  await expect(verifyReadModel(context, work, 10)).rejects.toThrow('interrupted');
  expect(await here.schemas()).toEqual([]);

  const moment = await resolveMoment(database, log.info, 'now');
  await expect(inReadModel(here.context, work, moment, async () => undefined)).rejects.toThrow('interrupted');
  const left = await here.schemas();
  expect(left).toHaveLength(1);
  expect(await pruneScratch(owner, 3_600_000)).toEqual([]);
  expect(await pruneScratch(owner, 0)).toEqual(left);
  expect(await here.schemas()).toEqual([]);
});
