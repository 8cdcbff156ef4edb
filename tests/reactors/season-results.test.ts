import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeSeason } from '../../src/commands/season.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { seasonStream } from '../../src/events/season.ts';
import type { FinalRank, FinalRanks, SeasonHistory } from '../../src/ports/season-results.ts';
import type { Reactor } from '../../src/reactors/reactor.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { lastArchival, seasonArchives, seasonAwards, seasonRewards } from '../../src/reactors/season-results.ts';
import { now, openLog, processOn, request, tenant } from '../commands/support.ts';
import { player, spring } from '../processors/log-under-test.ts';
import { eventsOf } from './counting.ts';

const board = (size: number, offset = 0): readonly FinalRank[] =>
  Array.from({ length: size }, (_, index) => ({
    rank: index + 1,
    playerId: player(((index + offset) % size) + 1),
    score: 1_000 - index,
    subscore: 0,
    reachedAt: index,
  }));
const ranksOf = (entries: () => readonly FinalRank[]): FinalRanks => ({
  page: async (_tenant, _season, from, limit) => entries().slice(from - 1, from - 1 + limit),
});
const grants = (amount: number) => [{ kind: 'currency', asset: 'gold', amount }] as const;

async function closedSeason(log: EventLog, rewarded: number): Promise<void> {
  const runtime = processOn(log);
  const rewards = [{ fromRank: 1, toRank: rewarded, grants: [...grants(7)] }];
  const open = { type: 'OpenSeason', season: spring, operator: 'best', opensAt: null, closesAt: null } as const;
  await changeSeason(runtime, { ...open, submitBy: 'players', rewards }, request());
  await changeSeason(runtime, { type: 'CloseSeason', season: spring }, request());
}
/** Lets a reactor answer to all its events of the season. */
async function answer(log: EventLog, reactor: Reactor): Promise<void> {
  const { events } = await log.read(seasonStream(tenant, spring));
  await reactorProcessor(reactor, () => now).handle(events.filter(({ type }) => reactor.types.includes(type)));
}
const dying = (log: EventLog, appends: number): EventLog => {
  let left = appends;
  return {
    ...log,
    async append(append) {
      if (left < 0) throw new Error('dead');
      left -= 1;
      if (left === -1) throw new Error('killed before');
      const result = await log.append(append);
      if (left === 0) throw new Error('killed after');
      return result;
    },
  };
};

test('every rewarded rank is paid exactly once, whoever dies when, and though ranks change meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 260 }),
      fc.integer({ min: 1, max: 250 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }),
      async (players, rewarded, deaths) => {
        const log = openLog();
        await closedSeason(log, rewarded);
        let offset = 0;
        const ranks = ranksOf(() => board(players, offset++)); // somebody is withdrawn between any two looks
        for (const death of deaths) {
          const runtime = processOn(dying(log, death));
          await answer(log, seasonAwards(runtime, ranks)).catch(() => undefined);
          await answer(log, seasonRewards(runtime)).catch(() => undefined);
        }
        for (let again = 0; again < 2; again += 1) {
          await Promise.all([0, 1].map(() => answer(log, seasonAwards(processOn(log), ranks))));
          await Promise.all([0, 1].map(() => answer(log, seasonRewards(processOn(log)))));
        }
        const granted = await eventsOf(log, 'RewardGranted');
        const count = Math.min(players, rewarded);
        expect(granted.map(({ data }) => Number(data['rank'])).sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, index) => index + 1),
        );
        expect(new Set(granted.map(({ data }) => data['playerId'])).size).toBe(count);
      },
    ),
    { numRuns: 40 },
  );
});

test('final ranks are written page by page, and go on where a dead process left them', async () => {
  const log = openLog();
  await closedSeason(log, 1);
  await changeSeason(processOn(log), { type: 'ArchiveSeason', season: spring }, request());
  const written = new Map<number, FinalRank>();
  let completed: number | null = null;
  let pages = 0;
  const history: SeasonHistory = {
    lastRank: async () => Math.max(0, ...written.keys()),
    async add(_tenant, _season, ranks) {
      for (const rank of ranks) if (!written.has(rank.rank)) written.set(rank.rank, rank);
      pages += 1;
      if (pages === 2) throw new Error('killed');
    },
    async complete(_tenant, _season, entries) {
      completed = entries;
    },
  };
  const entries = board(2_500);
  const reactor = seasonArchives(
    ranksOf(() => entries),
    history,
  );
  await expect(answer(log, reactor)).rejects.toThrow('killed');
  expect(completed).toBeNull();
  await answer(log, reactor);
  expect([completed, pages]).toEqual([2_500, 3]);
  expect([...written.values()]).toEqual(entries);
});

test.each([
  ['2026-03-02T02:59:59.999Z', '2026-03-01T03:00:00.000Z'],
  ['2026-03-02T03:00:00.000Z', '2026-03-02T03:00:00.000Z'],
  ['2026-03-02T23:00:00.000Z', '2026-03-02T03:00:00.000Z'],
])('at %s the last night was that of %s', (at, night) => {
  expect(new Date(lastArchival(Date.parse(at))).toISOString()).toBe(night);
});
