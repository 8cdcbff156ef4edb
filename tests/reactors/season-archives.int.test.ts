import { afterEach, beforeEach, expect, test } from 'vitest';
import { startReactors } from '../../src/application/reactors.ts';
import type { FinalRanks, SeasonHistory } from '../../src/ports/season-results.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { followTail, type LogTail } from '../../src/processors/log-tail.ts';
import { finalRanksPage, seasonHistory } from '../../src/projections/season-history.ts';
import { seasonArchives } from '../../src/reactors/season-results.ts';
import {
  closed,
  eventually,
  type LogUnderTest,
  logUnderTest,
  opened,
  player,
  spring,
  tenant,
} from '../processors/log-under-test.ts';

let here: LogUnderTest;
let tail: LogTail;
const started: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  here = await logUnderTest([]);
  tail = await followTail(here.log);
  await here.appendSeason(opened(), closed(), { type: 'SeasonArchived', data: { season: spring } });
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
  await tail.stop();
  await here.close();
});

const entries = Array.from({ length: 20 }, (_, index) => ({
  rank: index + 1,
  playerId: player(index + 1),
  score: 100 - index,
  subscore: 0,
  reachedAt: index,
}));
const ranks: FinalRanks = { page: async (_tenant, _season, from, limit) => entries.slice(from - 1, from - 1 + limit) };
const archive = () => finalRanksPage(here.database, tenant, spring, { after: 0, limit: 100 });

/** A node that archives in pages of three ranks. @param after called when a page is written, with how many this node wrote */
async function start(owner: string, leaseMs: number, after: (pages: number) => Promise<void> = async () => undefined) {
  const pages: number[] = [];
  const table = seasonHistory(here.database);
  const history: SeasonHistory = {
    ...table,
    async add(of, season, page) {
      await table.add(of, season, page);
      pages.push(page[0]!.rank);
      await after(pages.length);
    },
  };
  started.push(
    await startReactors({
      database: here.database,
      tail,
      generations: createGenerations(here.database, []),
      reactors: [seasonArchives(ranks, history, 3)],
      owner,
      settings: { leaseMs, minIntervalMs: 5 },
      onProblem: () => undefined,
      now: Date.now,
    }),
  );
  return pages;
}
const leaseUntil = async () => {
  const [row] = await here.query(
    `select max(lease_until)::text as until from processor_checkpoints where processor = 'reactor:season-archives'`,
  );
  return String(row!['until']);
};

test('a season that takes longer than a lease is archived by one node, which keeps its lease from page to page', async () => {
  const leases: string[] = [];
  const pages = await start('only', 60_000, async () => void leases.push(await leaseUntil()));
  await eventually(archive);
  expect(await archive()).toEqual(entries);
  expect(pages).toEqual([1, 4, 7, 10, 13, 16, 19]);
  expect(leases).toEqual([...new Set(leases)].sort());
});

test('a node that was too slow leaves the rest of a season to the one that took over, which goes on where it was', async () => {
  let heir: number[] = [];
  const slow = await start('slow', 600, async (count) => {
    if (count !== 2) return;
    heir = await start('heir', 600);
    await eventually(archive);
  });
  await eventually(archive);
  for (const each of started.splice(0)) await each.stop();
  expect(await archive()).toEqual(entries);
  expect([slow, heir]).toEqual([
    [1, 4],
    [7, 10, 13, 16, 19],
  ]);
});
