import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import { listGenerations } from '../../src/processors/generations.ts';
import { type Lease, leasesOf } from '../../src/processors/leases.ts';
import { createPassing } from '../../src/processors/passing.ts';
import { projectionProcessor } from '../../src/processors/projection-source.ts';
import { beginGeneration } from '../../src/processors/rebuild-generation.ts';
import { switchTo } from '../../src/processors/rebuild-switch.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import { gate, type LogUnderTest, logUnderTest, scored } from './log-under-test.ts';

let here: LogUnderTest;

beforeEach(async () => {
  here = await logUnderTest(projections);
});
afterEach(() => here.close());

const all = Array.from({ length: 16 }, (_, partition) => partition);
const runOut = () =>
  here.query(
    "update processor_checkpoints set lease_until = clock_timestamp() - interval '1 second' where owner = 'first'",
  );

test('a lease that another process took is refused, although nothing was written since', async () => {
  const first = leasesOf('leaderboards#g1', 'first', 60_000);
  const second = leasesOf('leaderboards#g1', 'second', 60_000);
  const mine = await first.claim(here.database, all);
  expect(mine).toHaveLength(16);
  expect(await second.claim(here.database, all)).toEqual([]);
  await here.database.transaction((sql) => first.fence(sql, mine));
  await runOut();
  await here.database.transaction((sql) => first.fence(sql, mine)); // nobody else has them
  await runOut();
  const theirs = await second.claim(here.database, [3, 5]);
  expect(theirs.map(({ partition, epoch }) => [partition, epoch])).toEqual([
    [3, 2n],
    [5, 2n],
  ]);
  await expect(here.database.transaction((sql) => first.fence(sql, mine))).rejects.toMatchObject({
    name: 'LeaseLost',
    partitions: [3, 5],
  });
  await second.leave(here.database);
  const again = await first.claim(here.database, [3, 5]);
  await expect(here.database.transaction((sql) => first.fence(sql, mine))).rejects.toThrow('lost its lease');
  await here.database.transaction((sql) => first.fence(sql, again));
});

test('a claim of what a stopped process has locked keeps no connection busy, and succeeds when the lock is gone', async () => {
  const narrow = await openDatabase({ url: here.url, maxConnections: 1 });
  const locked = gate();
  const resumed = gate();
  const stopped = here.database.transaction(async (sql) => {
    await sql.query(`select 1 from processor_checkpoints where processor = 'leaderboards#g1' for update`);
    locked.open();
    await resumed.opened;
  });
  await locked.opened;
  const claiming = leasesOf('leaderboards#g1', 'second', 60_000).claim(narrow, all);
  for (let n = 0; n < 3; n += 1) expect((await narrow.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  resumed.open();
  await stopped;
  expect(await claiming).toHaveLength(16);
  await narrow.close();
});

test('what there is nothing to do for is passed by whoever has the lease, from where it stands', async () => {
  const first = leasesOf('leaderboards#g1', 'first', 60_000);
  const second = leasesOf('leaderboards#g1', 'second', 60_000);
  const mine = await first.claim(here.database, all);
  const [one, two, three, four] = mine as [Lease, Lease, Lease, Lease];
  await runOut();
  await second.claim(here.database, [two.partition]);
  await here.query(
    `update processor_checkpoints set position = 4 where processor = 'leaderboards#g1' and partition = ${three.partition}`,
  );
  const moves = [one, two, three, { ...four, epoch: 9n }].map((lease) => ({ ...lease, through: 7n }));
  const [profile] = (await leasesOf('profiles#g1', 'first', 60_000).claim(here.database, all)) as [Lease];
  const passing = createPassing(here.database, 'first', { leaseMs: 60_000, idleCheckpointMs: 250 });
  const ours = passing.pass({ processor: 'leaderboards#g1', moves });
  const others = passing.pass({ processor: 'profiles#g1', moves: [{ ...profile, through: 3n }] });
  expect(await ours).toEqual(new Set([one.partition]));
  expect(await others).toEqual(new Set([profile.partition]));
  const moved = await here.query(
    `select partition from processor_checkpoints where processor = 'leaderboards#g1' and position = 7`,
  );
  expect(moved.map(({ partition }) => Number(partition))).toEqual([one.partition]);
  expect(
    await here.query(
      `select count(*) as n from processor_checkpoints where processor = 'profiles#g1' and position = 3`,
    ),
  ).toEqual([{ n: '1' }]);
});

/** Feeds the live generation up to the end of the log. */
async function feedLive() {
  const leases = leasesOf('leaderboards#g1', 'feeder', 60_000);
  const held = await leases.claim(here.database, all);
  const events = (
    await Promise.all(all.map((partition) => here.log.readPartition(partition, { after: 0n, limit: 1_000 })))
  ).flat();
  const write = await projectionProcessor(leaderboards, 1, 1_000).handle(events, async () => undefined);
  const end = await here.log.positions();
  await here.database.transaction(async (sql) => {
    await leases.fence(sql, held);
    await write(sql);
    await leases.advance(sql, end);
  });
}
const begin = () =>
  beginGeneration(here.database, here.owner, here.appRole, leaderboards, 16, { owner: 'rebuild', leaseMs: 60_000 });
const context = () => ({ log: here.log, database: here.database, projection: leaderboards });
const live = async () =>
  (await listGenerations(here.database, 'leaderboards'))
    .filter(({ status }) => status === 'live')
    .map(({ generation }) => generation);

test('a switch brings the new generation up to the live one before anybody reads it', async () => {
  for (let who = 1; who <= 40; who += 1) await here.appendEntry(who, scored(who, who), scored(who, who + 1));
  await feedLive();
  const building = await begin();
  expect(await switchTo(context(), building, building.held)).toBe(true);
  expect(await live()).toEqual([2]);
  expect(await here.rows('leaderboard_entries', 2)).toEqual(await here.rows('leaderboard_entries', 1));
  expect(await here.rows('leaderboard_entries', 2)).toHaveLength(40);
});

test('a switch that would take long is put off, and one without the lease is refused', async () => {
  const building = await begin();
  await here.query(
    "update processor_checkpoints set position = 5000 where processor = 'leaderboards#g1' and partition = 7",
  );
  expect(await switchTo(context(), building, building.held)).toBe(false);
  await here.query("update processor_checkpoints set position = 0 where processor = 'leaderboards#g1'");
  const stale: Lease[] = building.held.map((lease) => ({ ...lease, epoch: lease.epoch - 1n }));
  await expect(switchTo(context(), building, stale)).rejects.toThrow('lost its lease');
  expect(await live()).toEqual([1]);
});
