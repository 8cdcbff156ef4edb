import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schedule } from '../../src/application/schedule.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { submitScore } from '../../src/commands/score.ts';
import { StateCache } from '../../src/commands/state-cache.ts';
import { advanceTournament, changeTournament, enterTournament } from '../../src/commands/tournament.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import type { TournamentName } from '../../src/events/ids.ts';
import { seasonStream } from '../../src/events/season.ts';
import { occurrenceSeason, tournamentStream } from '../../src/events/tournament.ts';
import type { Ranking } from '../../src/ports/ranking.ts';
import { player } from '../processors/log-under-test.ts';
import { eventsOf } from '../reactors/counting.ts';
import { intercepted, openLog, processOn, request, tenant } from './support.ts';

const cup = 'cup' as TournamentName;
const minute = 60_000;
const begin = Date.parse('2026-03-01T10:00:00.000Z');
const runtime = (log: EventLog) => ({ ...processOn(log), schedule });
const ranking: Ranking = { ready: async () => undefined, rankWith: () => 1, rankOf: () => null };

async function scheduled(log: EventLog, changes: object = {}) {
  const rules = {
    operator: 'sum' as const,
    submitBy: 'players' as const,
    cron: '0 * * * *',
    durationMs: 30 * minute,
    entryMs: 10 * minute,
    maxEntries: null,
    rewards: [],
    endsAt: null,
  };
  const command = { type: 'ScheduleTournament', tournament: cup, ...rules, ...changes } as const;
  await changeTournament(runtime(log), { ...command, nextAt: new Date(begin).toISOString() }, request());
}
const advance = (log: EventLog, now: number) => advanceTournament(runtime(log), cup, request({ now }));
const season = occurrenceSeason(cup, begin);
const story = async (log: EventLog) =>
  (await log.read(tournamentStream(tenant, cup))).events
    .slice(1)
    .map(({ type, data }) => [type, data['season'] ?? data['from'], data['nextAt']]);

describe('occurrences', () => {
  test('open at their time as a season of their own, with its times, once, however many processes look', async () => {
    const log = openLog();
    await scheduled(log, { maxEntries: 7 });
    await advance(log, begin - 1);
    await Promise.all([advance(log, begin), advance(log, begin), advance(log, begin + 5)]);
    expect(await story(log)).toEqual([['TournamentOccurrenceOpened', season, '2026-03-01T11:00:00.000Z']]);
    const { events } = await log.read(seasonStream(tenant, season));
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      [
        'SeasonOpened',
        {
          season: 'cup~20260301T1000Z',
          operator: 'sum',
          submitBy: 'players',
          opensAt: '2026-03-01T10:00:00.000Z',
          closesAt: '2026-03-01T10:30:00.000Z',
        },
      ],
      [
        'SeasonEntriesLimited',
        { season, tournament: 'cup', entriesCloseAt: '2026-03-01T10:10:00.000Z', maxEntries: 7 },
      ],
    ]);
  });

  test('that still run open late with the times they should have had; those that are over are left out, and noted', async () => {
    const log = openLog();
    await scheduled(log);
    await advance(log, begin + 29 * minute);
    await advance(log, begin + 3 * 60 * minute + 31 * minute);
    await advance(log, begin + 5 * 60 * minute + 10 * minute);
    expect(await story(log)).toEqual([
      ['TournamentOccurrenceOpened', season, '2026-03-01T11:00:00.000Z'],
      ['TournamentOccurrencesMissed', '2026-03-01T11:00:00.000Z', '2026-03-01T14:00:00.000Z'],
      ['TournamentOccurrencesMissed', '2026-03-01T14:00:00.000Z', '2026-03-01T15:00:00.000Z'],
      ['TournamentOccurrenceOpened', 'cup~20260301T1500Z', '2026-03-01T16:00:00.000Z'],
    ]);
  });

  test('are the same whenever somebody looked, but for those that nobody saw', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 30 }),
        fc.constantFrom(5, 30, 90),
        async (looks, durationMinutes) => {
          const log = openLog();
          await scheduled(log, { durationMs: durationMinutes * minute });
          const times = looks.sort((a, b) => a - b).map((minutes) => begin + minutes * minute);
          for (const now of times) for (let again = 0; again < 3; again += 1) await advance(log, now);
          const expected = Array.from({ length: 11 }, (_, hour) => begin + hour * 60 * minute).filter((opens) =>
            times.some((now) => now >= opens && now < opens + durationMinutes * minute),
          );
          const opened = (await eventsOf(log, 'TournamentOccurrenceOpened')).map(({ data }) => data['season']);
          expect(opened).toEqual(expected.map((opens) => occurrenceSeason(cup, opens)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('end with the tournament: by its end, or when an operator says so', async () => {
    const log = openLog();
    await scheduled(log, { endsAt: '2026-03-01T11:00:00.000Z' });
    await advance(log, begin);
    expect(await story(log)).toEqual([['TournamentOccurrenceOpened', season, null]]);
    const other = openLog();
    await scheduled(other);
    await changeTournament(runtime(other), { type: 'EndTournament', tournament: cup }, request());
    await advance(other, begin);
    expect(await eventsOf(other, 'TournamentOccurrenceOpened')).toEqual([]);
  });
});

describe('entries', () => {
  test('never exceed what may enter, and nobody enters twice, whatever processes meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.integer({ min: 1, max: 6 })),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 2 })), { maxLength: 30 }),
        async (maxEntries, tries) => {
          const log = openLog();
          await scheduled(log, { maxEntries });
          await advance(log, begin);
          const processes = [processOn(log), processOn(log), processOn(log)];
          const outcomes = await Promise.all(
            tries.map(([who, at]) =>
              enterTournament(processes[at]!, { season, playerId: player(who) }, request({ now: begin + 1 })),
            ),
          );
          const wanted = new Set(tries.map(([who]) => who)).size;
          const entered = await eventsOf(log, 'TournamentEntered');
          expect(entered).toHaveLength(Math.min(maxEntries ?? wanted, wanted));
          expect(new Set(entered.map(({ data }) => data['playerId'])).size).toBe(entered.length);
          const numbers = (await eventsOf(log, 'TournamentSeatTaken')).map(({ data }) => data['entries']);
          expect(numbers).toEqual(maxEntries === null ? [] : entered.map((_, index) => index + 1));
          for (const [index, { outcome }] of outcomes.entries()) {
            const isIn = entered.some(({ data }) => data['playerId'] === player(tries[index]![0]));
            expect(outcome).toEqual(isIn ? { ok: true, value: null } : { ok: false, code: 'TOURNAMENT_FULL' });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a tournament that any number may enter do not wait for each other', async () => {
    const log = openLog();
    await scheduled(log, { maxEntries: null });
    await advance(log, begin);
    let appends = 0;
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const append: typeof log.append = async (wanted) => {
      appends += 1;
      if (appends === 1) await held;
      return log.append(wanted);
    };
    const here = processOn(intercepted(log, { append }));
    const enter = (who: number) =>
      enterTournament(here, { season, playerId: player(who) }, request({ now: begin + 1 }));
    const first = enter(1);
    expect((await enter(2)).outcome.ok).toBe(true);
    goOn();
    expect((await first).outcome.ok).toBe(true);
  });

  test('come with a first score while there is time and room; who is in goes on', async () => {
    const log = openLog();
    await scheduled(log, { maxEntries: 1 });
    await advance(log, begin);
    const score = (who: number, now: number, process: CommandRuntime = processOn(log)) =>
      submitScore(
        { ...process, ranking },
        {
          type: 'SubmitScore',
          season,
          playerId: player(who),
          attempt: { score: 5, subscore: 0 },
          metadata: {},
          by: 'player',
          now,
        },
        request<{ readonly rank: number }>({ now }),
      );
    expect((await score(1, begin + minute)).outcome).toEqual({ ok: true, value: { rank: 1 } });
    expect((await score(2, begin + minute)).outcome).toEqual({ ok: false, code: 'TOURNAMENT_FULL' });
    const forgetful = { ...processOn(log), states: Object.assign(new StateCache(1), { get: () => undefined }) };
    expect((await score(2, begin + minute, forgetful)).outcome).toEqual({ ok: false, code: 'TOURNAMENT_FULL' });
    expect((await score(2, begin + 10 * minute)).outcome).toEqual({ ok: false, code: 'TOURNAMENT_ENTRIES_CLOSED' });
    expect((await score(1, begin + 10 * minute)).outcome.ok).toBe(true);
    expect((await score(1, begin + 30 * minute)).outcome).toEqual({ ok: false, code: 'SEASON_CLOSED' });
    expect(await eventsOf(log, 'LeaderboardUpdated')).toHaveLength(2);
  });
});

describe('a cron expression', () => {
  test.each(['* * * * *', '0 18 * * 5', '*/15 8-20 * * 1-5'])('of five parts is taken: %s', (cron) =>
    expect(schedule.isValid(cron)).toBe(true),
  );
  test.each(['', 'soon', '* * * * * *', '61 * * * *', '* * * *', '2026-03-01T10:00:00Z'])('is none: "%s"', (cron) =>
    expect(schedule.isValid(cron)).toBe(false),
  );
  test('counts in UTC, strictly after', () => {
    const after = Date.parse('2026-03-27T18:00:00Z');
    expect(new Date(schedule.next('0 18 * * 5', after)!).toISOString()).toBe('2026-04-03T18:00:00.000Z');
    expect(schedule.next('0 0 30 2 *', after)).toBeNull();
  });
});
