import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '../../src/ports/database.ts';
import { ensureCheckpoints } from '../../src/processors/checkpoints.ts';
import { createHeartbeat } from '../../src/processors/heartbeat.ts';
import { leasesOf } from '../../src/processors/leases.ts';
import { type LogUnderTest, logUnderTest } from './log-under-test.ts';

let here: LogUnderTest;
beforeAll(async () => {
  here = await logUnderTest();
  for (const processor of ['first', 'second']) await ensureCheckpoints(here.database, processor, 2);
});
afterAll(() => here.close());

const freeOf = (beat: { holds: readonly { free: boolean; owner: string | null }[] }) =>
  beat.holds.map(({ free, owner }) => [owner, free]);

test('processors that beat at one moment share a statement, and each is told of its own partitions', async () => {
  const texts: string[] = [];
  const counted: Sql = {
    query: (text, params) => {
      texts.push(text);
      return here.database.query(text, params);
    },
  };
  const ours = createHeartbeat(counted, 'us', 60_000);
  await ours.beat('first');
  texts.length = 0;
  await leasesOf('second', 'us', 60_000).claim(here.database, [1]);
  const [first, second, unknown] = await Promise.all([ours.beat('first'), ours.beat('second'), ours.beat('unknown')]);
  expect(texts).toHaveLength(1);
  expect(freeOf(first)).toEqual([
    [null, true],
    [null, true],
  ]);
  expect(freeOf(second)).toEqual([
    [null, true],
    ['us', false],
  ]);
  expect(unknown).toEqual({ live: 1, holds: [] });
});

test('a beat renews what is held, and tells others who is alive and what ran out', async () => {
  await leasesOf('first', 'a', 60_000).claim(here.database, [0]);
  await leasesOf('first', 'b', 60_000).claim(here.database, [1]);
  await here.query(`update processor_checkpoints set lease_until = clock_timestamp() - interval '1 second'`);
  const [a, b] = [createHeartbeat(here.database, 'a', 60_000), createHeartbeat(here.database, 'b', 60_000)];
  const beforeB = await a.beat('first');
  expect(freeOf(beforeB)).toEqual([
    ['a', false],
    ['b', true],
  ]);
  const afterA = await b.beat('first');
  expect(freeOf(afterA)).toEqual([
    ['a', false],
    ['b', false],
  ]);
  expect(afterA.live - beforeB.live).toBe(1);
  expect(freeOf(await a.beat('first'))).toEqual(freeOf(afterA));
});
