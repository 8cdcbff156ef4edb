import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { type ReadSide, startReadSide } from '../../src/cli/read-side.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import type { Projection } from '../../src/ports/projection.ts';
import { ensureProjections } from '../../src/processors/ensure-projections.ts';
import { createGenerations, generationLookup, listGenerations } from '../../src/processors/generations.ts';
import { resolvePoison } from '../../src/processors/poison.ts';
import { projectionSource } from '../../src/processors/projection-source.ts';
import { pruneGenerations } from '../../src/processors/prune.ts';
import { type RebuildOptions, type RebuildProgress, rebuildProjection } from '../../src/processors/rebuild.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import {
  closed,
  corrupt,
  eventually,
  type LogUnderTest,
  logUnderTest,
  opened,
  scored,
  withdrawn,
} from './log-under-test.ts';

let here: LogUnderTest;
let side: ReadSide | undefined;

beforeEach(async () => {
  here = await logUnderTest();
});
afterEach(async () => {
  await side?.stop();
  side = undefined;
  await here.close();
});

const startSide = async () => {
  side = await startReadSide({
    log: here.log,
    database: here.database,
    projections,
    settings: { leaseMs: 1_000, minIntervalMs: 5, idleCheckpointMs: 20 },
    onProblem: () => undefined,
    onSkipped: () => undefined,
  });
  return side;
};
const rebuild = (options: Partial<RebuildOptions> = {}) =>
  rebuildProjection({
    projection: leaderboards,
    log: here.log,
    database: here.database,
    owner: here.owner,
    appRole: here.appRole,
    ...options,
  });
/** A log whose reads of partitions fail after so many. */
const failingAfter = (reads: number): EventLog => {
  let left = reads;
  return {
    ...here.log,
    readPartition: (partition, read) => {
      left -= 1;
      if (left < 0) throw new Error('the disk is on fire');
      return here.log.readPartition(partition, read);
    },
  };
};

test('a rebuild under load takes nothing from readers and ends with the live rows', async () => {
  const { processors } = await startSide();
  await here.appendSeason(opened());
  for (let who = 1; who <= 50; who += 1) await here.appendEntry(who, scored(who, who), scored(who, who + 1));
  await processors.waitFor('leaderboards', await here.log.positions(), 30_000);
  const generations = createGenerations(here.database, projections);
  const writing = { done: false };
  const writer = async () => {
    for (let who = 51; who <= 250; who += 1)
      await here.appendEntry(who, scored(who, who), withdrawn(who), scored(who, 3));
    writing.done = true;
  };
  const reader = async () => {
    let most = 0;
    while (!writing.done) {
      const name = `leaderboard_entries__g${await generations.of('leaderboards')}`;
      const count = Number(
        (await here.database.query(`SELECT count(*) AS n FROM ${name}`)).rows.map((row) => (row as { n: string }).n)[0],
      );
      expect(count).toBeGreaterThanOrEqual(50);
      most = Math.max(most, count);
    }
    return most;
  };
  const rebuilds = async () => [await rebuild(), await rebuild()];
  const [, , results] = await Promise.all([writer(), reader(), rebuilds()]);
  expect(results.map((result) => result.generation)).toEqual([2, 3]);
  expect(await processors.waitFor('leaderboards', await here.log.positions(), 30_000)).toBe(true);
  expect(processors.status().map(({ key }) => key)).toContain('leaderboards#g3');
  await rebuild();
  expect(await here.rows('leaderboard_entries', 4)).toEqual(await here.rows('leaderboard_entries', 3));
  expect(await here.rows('leaderboard_entries', 4)).toHaveLength(250);
  expect(await here.rows('leaderboard_seasons', 4)).toHaveLength(1);
});

test('a season ends when its command said, in a rebuild too, which reads metadata only where it is asked for', async () => {
  const occurredAt = '2026-01-02T03:04:05.000Z';
  await here.appendSeason(opened(), { ...closed(), metadata: { occurredAt } });
  await rebuild();
  const [season] = await here.rows('leaderboard_seasons', 2);
  expect(JSON.parse(season!)).toMatchObject({ status: 'closed', closed_at: `${Date.parse(occurredAt)}000` });
});

test('an interrupted rebuild goes on where it was, and tells how far it is', async () => {
  for (let who = 1; who <= 200; who += 1) await here.appendEntry(who, scored(who, who), scored(who, who + 1));
  const settings = { maxEvents: 10, maxEventsPerWrite: 20, parallel: 1 };
  await expect(rebuild({ log: failingAfter(15), settings })).rejects.toThrow('the disk is on fire');
  const [building] = (await listGenerations(here.database, 'leaderboards')).filter(
    ({ status }) => status === 'building',
  );
  expect(building).toMatchObject({ generation: 2 });
  const told: RebuildProgress[] = [];
  const result = await rebuild({ settings, onProgress: (progress) => told.push(progress) });
  expect(result).toMatchObject({ generation: 2, resumed: true });
  expect(result.events).toBeLessThan(400);
  expect(told.at(-1)).toMatchObject({ events: result.events, total: result.events, etaSeconds: 0 });
  expect(await here.rows('leaderboard_entries', 2)).toHaveLength(200);
});

test('two rebuilds of one projection do not meet', async () => {
  for (let who = 1; who <= 20; who += 1) await here.appendEntry(who, scored(who, who));
  const outcomes = await Promise.allSettled([rebuild(), rebuild(), rebuild()]);
  expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.name).toBe('RebuildRunning');
  const live = (await listGenerations(here.database, 'leaderboards')).filter(({ status }) => status === 'live');
  expect(live).toHaveLength(1);
  expect(await here.rows('leaderboard_entries', live[0]!.generation)).toHaveLength(20);
});

test('an event that cannot be taken stops a rebuild until an operator skips it', async () => {
  await here.appendEntry(1, scored(1, 1));
  const { events } = await here.appendEntry(2, corrupt(2));
  const { partition, position } = events[0]!;
  await expect(rebuild()).rejects.toThrow(`poison skip leaderboards#g2 ${partition} ${position}`);
  await resolvePoison(here.database, { processor: 'leaderboards#g2', partition, position }, 'skip');
  expect(await rebuild()).toMatchObject({ generation: 2 });
  expect(await here.rows('leaderboard_entries', 2)).toHaveLength(1);
  expect(await rebuild()).toMatchObject({ generation: 3 });
});

test('replaced tables stay for the grace time, then go', async () => {
  await here.appendEntry(1, scored(1, 1));
  await rebuild();
  expect(await pruneGenerations(here.owner, projections, 60_000)).toEqual([]);
  expect(await here.rows('leaderboard_entries', 1)).toEqual([]);
  expect(await pruneGenerations(here.owner, projections, 0)).toEqual([{ projection: 'leaderboards', generation: 1 }]);
  await expect(here.rows('leaderboard_entries', 1)).rejects.toThrow('does not exist');
  expect(await here.query("select 1 from processor_checkpoints where processor = 'leaderboards#g1'")).toEqual([]);
});

test('a build with a changed projection reads the old rows without touching them, until a rebuild; the old build keeps its own', async () => {
  const changed: Projection = { ...leaderboards, version: leaderboards.version + 1 };
  const ensured = await ensureProjections(here.owner, here.appRole, [changed]);
  expect(ensured.created).toEqual([]);
  expect(ensured.warnings).toEqual([expect.stringContaining('sandai projections rebuild leaderboards')]);
  const lookUp = generationLookup(here.database);
  expect(await projectionSource(changed, lookUp).current()).toBeNull();
  expect(await createGenerations(here.database, [changed]).of('leaderboards')).toBe(1);
  await rebuild({ projection: changed });
  expect((await projectionSource(changed, lookUp).current())?.name).toBe('leaderboards#g2');
  expect((await projectionSource(leaderboards, lookUp).current())?.name).toBe('leaderboards#g1');
  expect(await createGenerations(here.database, [leaderboards]).of('leaderboards')).toBe(1);
});

test('processors go on with the new generation after a switch, without any commit', async () => {
  const { processors } = await startSide();
  await eventually(() => processors.status().every((each) => each.held === 16));
  await rebuild();
  await eventually(() => processors.status().every((each) => each.held === 16 && each.key !== 'leaderboards#g1'));
});
