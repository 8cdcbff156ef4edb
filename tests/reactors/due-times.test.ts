import { expect, test } from 'vitest';
import { schedule } from '../../src/application/schedule.ts';
import { grantRewards } from '../../src/commands/reward.ts';
import { changeSeason } from '../../src/commands/season.ts';
import { changeTournament } from '../../src/commands/tournament.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import type { TournamentName } from '../../src/events/ids.ts';
import type { Due } from '../../src/reactors/agenda.ts';
import { rewardPayout } from '../../src/reactors/reward-payout.ts';
import { seasonClosing } from '../../src/reactors/season-closing.ts';
import { seasonArchival } from '../../src/reactors/season-results.ts';
import { tournamentOccurrences } from '../../src/reactors/tournament-occurrences.ts';
import { now, openVault, processOn, request, tenant } from '../commands/support.ts';
import { player, spring } from '../processors/log-under-test.ts';
import { eventsOf } from './counting.ts';
import { answering, attending, dieEverywhere } from './deaths.ts';

const cup = 'cup' as TournamentName;
const onePage =
  <Item>(item: Item) =>
  async (_: unknown, after: Item | null): Promise<readonly Item[]> =>
    after === null ? [item] : [];
const due = (id: string): Due => ({ tenant, id, dueAt: now });
const open = (log: EventLog) =>
  changeSeason(
    processOn(log),
    { type: 'OpenSeason', season: spring, operator: 'sum', opensAt: null, closesAt: null, submitBy: 'players' },
    request(),
  );

test('a season closes at its time once, whenever a process dies', async () => {
  const calls = await dieEverywhere(
    async (log) => void (await open(log)),
    attending((log) => seasonClosing(processOn(log), onePage(due(spring)))),
    async (log, death) => expect(await eventsOf(log, 'SeasonClosed'), death).toHaveLength(1),
  );
  expect(calls).toBeGreaterThan(1);
});

test('a season is archived once, whenever a process dies', async () => {
  const calls = await dieEverywhere(
    async (log) => {
      await open(log);
      await changeSeason(processOn(log), { type: 'CloseSeason', season: spring }, request());
    },
    attending((log) => seasonArchival(processOn(log), onePage({ tenant, id: spring, closedAt: BigInt(now) * 1000n }))),
    async (log, death) => expect(await eventsOf(log, 'SeasonArchived'), death).toHaveLength(1),
  );
  expect(calls).toBeGreaterThan(1);
});

test('an occurrence of a tournament opens once, whenever a process dies', async () => {
  const rules = {
    operator: 'sum',
    submitBy: 'players',
    cron: '0 * * * *',
    durationMs: 1_800_000,
    entryMs: 600_000,
  } as const;
  const nextAt = new Date(now).toISOString();
  const calls = await dieEverywhere(
    async (log) =>
      void (await changeTournament(
        processOn(log),
        { type: 'ScheduleTournament', tournament: cup, ...rules, maxEntries: null, rewards: [], endsAt: null, nextAt },
        request(),
      )),
    attending((log) => tournamentOccurrences({ ...processOn(log), schedule }, onePage(due(cup)))),
    async (log, death) => {
      expect(await eventsOf(log, 'TournamentOccurrenceOpened'), death).toHaveLength(1);
      expect(await eventsOf(log, 'SeasonOpened'), death).toHaveLength(1);
    },
  );
  expect(calls).toBeGreaterThan(1);
});

test('the reward of a rank is paid once, whenever a process dies', async () => {
  const tiers = [{ fromRank: 1, toRank: 2, grants: [{ kind: 'currency' as const, asset: 'gold', amount: 7 }] }];
  const winners = [player(1), player(2)];
  const calls = await dieEverywhere(
    async (log) =>
      void (await grantRewards(processOn(log), { season: spring, firstRank: 1, winners, tiers }, request())),
    answering((log) => rewardPayout({ ...processOn(log), vault: openVault })),
    async (log, death) => {
      const paid = await eventsOf(log, 'LedgerEntryPosted');
      expect(paid.map(({ data }) => data['playerId']).sort(), death).toEqual(winners);
    },
  );
  expect(calls).toBeGreaterThan(3);
});
