import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { type ReadSide, startReadSide } from '../../src/cli/read-side.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { SeasonName } from '../../src/events/ids.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { sessionStream } from '../../src/events/session.ts';
import {
  closed,
  corrupt,
  eventually,
  type LogUnderTest,
  logUnderTest,
  opened,
  player,
  scored,
  session,
  spring,
  tenant,
  withdrawn,
} from '../processors/log-under-test.ts';

let here: LogUnderTest;
const sides: ReadSide[] = [];
const skipped: string[] = [];

beforeEach(async () => {
  here = await logUnderTest();
});
afterEach(async () => {
  for (const side of sides.splice(0)) await side.stop();
  skipped.length = 0;
  await here.close();
});

const start = async (options: { maxClosedEntries?: number; log?: LogUnderTest['log'] } = {}) => {
  const side = await startReadSide({
    log: here.log,
    database: here.database,
    projections,
    settings: { minIntervalMs: 5, leaseMs: 1_000 },
    tail: { minPollMs: 5, maxPollMs: 20 },
    onProblem: () => undefined,
    onSkipped: (view, event) => skipped.push(`${view} ${event.type}`),
    ...options,
  });
  sides.push(side);
  return side;
};

/** A board as the table has it. */
const boardInTable = async (season: string = spring) =>
  (
    await here.query(
      `select player_id::text as id from leaderboard_entries__g1 where season = $1 and score is not null
       order by score desc, subscore desc, reached_at, reached_partition, reached_position, player_id`,
      [season],
    )
  ).map((row) => row['id']);
const idsOf = (board: { page(from: number, limit: number): readonly { playerId: string }[] } | undefined) =>
  board?.page(1, 1_000).map((entry) => entry.playerId);

async function playSpring() {
  await here.appendSeason(opened());
  for (let who = 1; who <= 60; who += 1) await here.appendEntry(who, scored(who, who % 7), scored(who, who % 5));
  await here.appendEntry(60, withdrawn(60));
}

test('an acknowledged score is on the board at once', async () => {
  const side = await start();
  await here.appendSeason(opened());
  for (let who = 1; who <= 30; who += 1) {
    const rank = side.boards.open(tenant, spring)!.rankWith(player(who), { score: who % 4, subscore: 0 });
    await here.appendEntry(who, scored(who, who % 4));
    expect(side.boards.open(tenant, spring)!.rankOf(player(who))).toBe(rank);
  }
});

test('a board loaded from the rows, and brought up to date from the log, equals the table', async () => {
  const first = await start();
  await playSpring();
  await first.processors.waitFor('leaderboards', await here.log.positions(), 30_000);
  await first.stop();
  sides.pop();
  for (let who = 61; who <= 80; who += 1) await here.appendEntry(who, scored(who, who % 3));
  const second = await start();
  const end = await here.log.positions();
  expect(await second.followers.get('boards')!.waitFor(end, 30_000)).toBe(true);
  expect(await second.processors.waitFor('leaderboards', end, 30_000)).toBe(true);
  const board = second.boards.open(tenant, spring)!;
  expect(board.size).toBe(79);
  expect(idsOf(board)).toEqual(await boardInTable());
});

test('commits of another process reach the board too', async () => {
  const other = await openEventStore({ connectionString: here.url });
  try {
    const watching = await start({ log: { ...here.log, ...other } as LogUnderTest['log'] });
    await playSpring();
    expect(await watching.followers.get('boards')!.waitFor(await here.log.positions(), 30_000)).toBe(true);
    expect(watching.boards.open(tenant, spring)!.size).toBe(59);
  } finally {
    for (const side of sides.splice(0)) await side.stop();
    await other.close();
  }
});

test('a closed season is not in memory after a start, is loaded by the first read, and follows what still happens', async () => {
  const first = await start();
  await playSpring();
  await here.appendSeason(closed());
  await first.processors.waitFor('leaderboards', await here.log.positions(), 30_000);
  await first.stop();
  sides.pop();
  const second = await start();
  expect(second.boards.open(tenant, spring)).toBeUndefined();
  expect(second.boards.size).toEqual({ boards: 0, entries: 0 });
  await here.appendEntry(59, withdrawn(59));
  const board = await second.boards.read(tenant, spring);
  expect(board.size).toBe(58);
  await here.appendEntry(58, withdrawn(58));
  expect(board.rankOf(player(58))).toBeNull();
  expect((await second.boards.read(tenant, 'unknown' as SeasonName)).size).toBe(0);
});

test('closed seasons beyond the bound leave memory, the longest unread first', async () => {
  const side = await start({ maxClosedEntries: 3 });
  const seasons = ['one', 'two', 'three'] as SeasonName[];
  for (const [at, season] of seasons.entries()) {
    await here.append(leaderboardEntryStream(tenant, season, player(1)), [scored(1, 1, season)]);
    await here.append(leaderboardEntryStream(tenant, season, player(2)), [scored(2, 2, season)]);
    await here.append(`season-default_${at}` as never, [closed(season)]);
  }
  await eventually(() => side.boards.size.boards === 1);
  expect(side.boards.open(tenant, 'three' as SeasonName)).toBeDefined();
  expect(idsOf(await side.boards.read(tenant, 'one' as SeasonName))).toEqual([player(2), player(1)]);
  expect(side.boards.open(tenant, 'three' as SeasonName)).toBeUndefined();
});

test('an event that a view cannot take is told of, and the view goes on', async () => {
  const side = await start();
  await here.appendEntry(1, corrupt(1));
  await here.appendEntry(2, scored(2, 5));
  expect(side.boards.open(tenant, spring)!.rankOf(player(2))).toBe(1);
  expect(skipped).toContain('boards LeaderboardUpdated');
  expect(side.followers.get('boards')!.skipped()).toBeGreaterThan(0);
});

test('a revoked session is known at once, and after a restart until its tokens expire', async () => {
  const revoked = (who: number, tokensExpireAt: string) =>
    here.append(sessionStream(tenant, session(who)), [
      {
        type: 'SessionRevoked',
        data: { sessionId: session(who), playerId: player(who), reason: 'logout', tokensExpireAt },
      },
    ]);
  const first = await start();
  await revoked(1, '2999-01-01T00:00:00Z');
  await revoked(2, '2020-01-01T00:00:00Z');
  expect(first.revokedSessions.has(tenant, session(1))).toBe(true);
  expect(first.revokedSessions.has(tenant, session(3))).toBe(false);
  await first.processors.waitFor('session_revocations', await here.log.positions(), 30_000);
  await first.stop();
  sides.pop();
  const second = await start();
  expect(second.revokedSessions.has(tenant, session(1))).toBe(true);
  expect(second.revokedSessions.size).toBe(1);
});
