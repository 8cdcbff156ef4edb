import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import type { Unreadable } from '../../src/replay/build.ts';
import { momentText, resolveMoment } from '../../src/replay/moment.ts';
import { inReadModel, momentToken } from '../../src/replay/replay.ts';
import { corrupt, player, scored, spring, tenant, withdrawn } from '../processors/log-under-test.ts';
import { type ReplayUnderTest, replayUnderTest } from './support.ts';

let here: ReplayUnderTest;
beforeEach(async () => {
  here = await replayUnderTest();
});
afterEach(() => here.close());

type Change = { readonly who: number; readonly score: number | null };

/** Appends the changes of one step in one atomic append. */
async function step(changes: readonly Change[], versions: Map<number, bigint>): Promise<readonly RecordedEvent[]> {
  const streams = changes.map(({ who, score }) => {
    const expectedVersion = versions.get(who) ?? 0n;
    versions.set(who, expectedVersion + 1n);
    const event = score === null ? withdrawn(who) : scored(who, score);
    return { streamId: leaderboardEntryStream(tenant, spring, player(who)), expectedVersion, events: [event] };
  });
  return (await here.log.append({ tenant, streams })).events;
}

/** What the board must show: the last standing of each player, by a fold of its own. */
function standings(events: readonly RecordedEvent[], until: bigint): Record<string, number> {
  const found = new Map<string, number>();
  for (const { data, recordedAt } of events) {
    if (recordedAt > until) continue;
    const { playerId, standing } = data as { playerId: string; standing: { score: number } | null };
    if (standing === null) found.delete(playerId);
    else found.set(playerId, standing.score);
  }
  return Object.fromEntries([...found].sort());
}

const board = (asOf: string, onUnreadable: (unreadable: Unreadable) => void = () => undefined) =>
  resolveMoment(here.database, here.log.info, asOf).then(async (moment) => ({
    moment,
    rows: await inReadModel(here.context, { projection: leaderboards, onUnreadable }, moment, async (database) => {
      const { rows } = await database.query(
        'select player_id, score from leaderboard_entries__g0 where score is not null order by player_id',
      );
      return Object.fromEntries(
        (rows as { player_id: string; score: string }[]).map((row) => [row.player_id, Number(row.score)]),
      );
    }),
  }));

const change = fc.record({ who: fc.integer({ min: 1, max: 6 }), score: fc.option(fc.nat(1_000), { freq: 4 }) });
const steps = fc.array(fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ who }) => who }), {
  minLength: 1,
  maxLength: 12,
});

test('a replay as of any position, and of any time, equals a fold of the log up to there, and never halves an append', async () => {
  const versions = new Map<number, bigint>();
  const log: RecordedEvent[] = [];
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (changes, pick) => {
      for (const each of changes) log.push(...(await step(each, versions)));
      const event = log[pick % log.length]!;
      const until = standings(log, event.recordedAt);
      const byPosition = await board(`${event.partition}-${event.position}`);
      expect(byPosition.rows).toEqual(until);
      expect((await board(momentText(byPosition.moment))).rows).toEqual(until);
      expect((await board(momentToken(here.log.info, byPosition.moment))).moment).toEqual(byPosition.moment);
      const before = { micros: event.recordedAt - 1n };
      expect((await board(momentText(before))).rows).toEqual(standings(log, before.micros));
    }),
    { numRuns: 15 },
  );
  expect(await here.schemas()).toEqual([]);
});

test('what is appended while a replay of now runs is not in it, and nothing before it is missing', async () => {
  const versions = new Map<number, bigint>();
  const log: RecordedEvent[] = [];
  let stopped = false;
  const writers = [1, 2, 3].map(async (writer) => {
    for (let score = 0; !stopped; score += 1)
      log.push(...(await step([{ who: writer * 10 + (score % 5), score }], versions)));
  });
  const boards = [];
  for (let round = 0; round < 5; round += 1) boards.push(await board('now'));
  stopped = true;
  await Promise.all(writers);
  log.sort((left, right) => Number(left.recordedAt - right.recordedAt));
  for (const { moment, rows } of boards) {
    expect(rows).toEqual(standings(log, moment.micros));
    const within = log.filter(({ partition, position }) => position <= moment.position.get(partition)!);
    expect(within).toEqual(log.filter(({ recordedAt }) => recordedAt <= moment.micros));
  }
  expect(boards.at(-1)!.moment.micros).toBeGreaterThan(boards[0]!.moment.micros);
});

test('an event that cannot be read is named, and nothing else is lost', async () => {
  await here.appendEntry(1, scored(1, 10));
  const [bad] = (await here.appendEntry(2, corrupt(2))).events;
  await here.appendEntry(3, scored(3, 30));
  const unreadable: Unreadable[] = [];
  const { rows } = await board('now', (each) => unreadable.push(each));
  expect(rows).toEqual({ [player(1)]: 10, [player(3)]: 30 });
  expect(unreadable.map(({ event, reason }) => [event.eventId, reason.includes('standing')])).toEqual([
    [bad!.eventId, true],
  ]);
});

test('an interrupted replay keeps what it built, and goes on from there', async () => {
  for (let who = 1; who <= 40; who += 1) await here.appendEntry(who, scored(who, who));
  const moment = await resolveMoment(here.database, here.log.info, 'now');
  const abort = new AbortController();
  const first: number[] = [];
  const again: number[] = [];
  const work = (signal: AbortSignal, seen: number[], stopAt: number) =>
    inReadModel(
      here.context,
      {
        projection: leaderboards,
        signal,
        onUnreadable: () => undefined,
        onProgress: ({ events }) => {
          seen.push(events);
          if (events >= stopAt) abort.abort(new Error('enough'));
        },
      },
      moment,
      async (database) => (await database.query('select count(*) as rows from leaderboard_entries__g0')).rows,
    );
  await expect(work(abort.signal, first, 15)).rejects.toThrow('enough');
  expect(await here.schemas()).toHaveLength(1);
  expect(await work(new AbortController().signal, again, 41)).toEqual([{ rows: '40' }]);
  expect(again[0]).toBeGreaterThan(first.at(-1)!);
  expect(await here.schemas()).toEqual([]);
});

test.each([
  ['yesterday', '"yesterday" is no moment'],
  ['2999-01-01T00:00:00Z', 'lies in the future'],
  ['3-1200', 'no event at 3-1200'],
  ['00000000-0000-4000-8000-000000000000.0-1', 'of another log'],
])('refuses %s as a moment, saying why', async (text, message) => {
  await expect(resolveMoment(here.database, here.log.info, text)).rejects.toThrow(message);
});
