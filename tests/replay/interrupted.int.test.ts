import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import { exportEvents } from '../../src/replay/export.ts';
import { opened, scored } from '../processors/log-under-test.ts';
import { type Program, runProgram, sandai } from '../runtime/processes.ts';
import { type ReplayUnderTest, replayUnderTest } from './support.ts';

let here: ReplayUnderTest;
const programs: Program[] = [];
beforeAll(async () => {
  here = await replayUnderTest();
  await here.appendSeason(opened());
  await Promise.all(Array.from({ length: 200 }, (_, who) => here.appendEntry(who, scored(who, who), scored(who, 9))));
});
afterAll(async () => {
  for (const { child } of programs) child.kill('SIGKILL');
  await here.close();
});

function run(...args: string[]): Program {
  const urls = { DATABASE_URL: here.url, DATABASE_MIGRATION_URL: here.ownerUrl };
  const program = runProgram(sandai, [...args, `--data-dir=${here.directory}`], urls);
  programs.push(program);
  return program;
}
const entries = (out: string) => ['replay', 'leaderboards', `--out=${out}`, '--table=leaderboard_entries'];

test('a replay that is killed in the middle is finished later', async () => {
  const file = join(here.directory, 'entries.csv');
  const first = run(...entries(file), '--max-rate=10');
  const [, asOf] = await first.noted(/--as-of (\S+)/);
  // its tables stand before the first events are read
  await expect.poll(here.schemas, { timeout: 30_000 }).toHaveLength(1);
  first.child.kill('SIGKILL');
  expect(await first.exit).not.toBe(0);
  expect(await here.schemas()).toHaveLength(1);

  const again = run(...entries(file), `--as-of=${asOf}`);
  expect([await again.exit, again.errors()]).toEqual([0, '']);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(201);
  expect(await here.schemas()).toEqual([]);
});

test('a verification that is ended in the middle says how to go on, and goes on', async () => {
  const { log, database, owner, appRole } = here;
  await rebuildProjection({ projection: leaderboards, log, database, owner, appRole });
  const first = run('verify', '--projection=leaderboards', '--max-rate=10');
  await first.said(/events in \d+ streams/);
  first.child.kill('SIGTERM');
  expect([await first.exit, first.errors()]).toEqual([1, expect.stringContaining('the same command goes on')]);
  expect(await here.schemas()).toEqual([]);

  const again = run('verify', '--projection=leaderboards');
  expect([await again.exit, again.errors()]).toEqual([
    0,
    expect.stringContaining('Goes on with the verification as of'),
  ]);
  expect(again.output()).toContain('leaderboards: equals a rebuild');
  expect(existsSync(join(here.directory, 'verify.json'))).toBe(false);
});

test('an export keeps nothing of a part of which a killed one copied only some', async () => {
  const path = join(here.directory, 'events.csv');
  const ends = await here.query('select partition, max(position)::text as position from events group by partition');
  const to = new Map(ends.map(({ partition, position }) => [Number(partition), BigInt(position as string)]));
  mkdirSync(`${path}.parts`);
  for (const partition of to.keys()) writeFileSync(join(`${path}.parts`, `${partition}-0.parquet.csv`), 'half a row');
  const options = { logId: here.log.info.logId, from: new Map(), to, path, format: 'csv' } as const;
  const [{ count } = {}] = await here.query('select count(*)::int as count from events');
  expect(await exportEvents(here.database, options)).toBe(count);
});
