import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyticsStream } from '../../src/events/analytics.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { sessionStream } from '../../src/events/session.ts';
import type { Generations } from '../../src/ports/projection.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { activityByDay, retentionByCohort } from '../../src/projections/activity-queries.ts';
import { analytics } from '../../src/projections/analytics.ts';
import { eventCounts } from '../../src/projections/analytics-queries.ts';
import { dayOf, daysOf } from '../../src/projections/days.ts';
import { funnel } from '../../src/projections/funnel-query.ts';
import { type LogUnderTest, logUnderTest, player, session, tenant } from '../processors/log-under-test.ts';
import { authenticated, refreshed } from './access-events.ts';
import { collected, instantAt, minuteMs, type Told } from './analytics-events.ts';
import { activityOn, cohortOf, countedEvents, dayIn, type PlayerHistory, stepsDone } from './analytics-reference.ts';

let here: LogUnderTest;
let generations: Generations;
beforeAll(async () => {
  here = await logUnderTest([analytics]);
  generations = createGenerations(here.database, [analytics]);
});
afterAll(() => here.close());

const firstDay = Math.floor(Date.parse(instantAt(0)) / 86_400_000);
const tables = analytics.tables(1).map(({ name }) => name);
const clear = async () => {
  for (const table of tables) await here.query(`delete from ${table}`);
};
const rowsOf = async () => Promise.all(tables.map((table) => here.rows(table.replace(/__g1$/, ''), 1)));

async function project(events: readonly RecordedEvent[]) {
  const fold = analytics.fold(1);
  for (const event of events) fold.add(event);
  await here.database.transaction((sql) => fold.write(sql));
}

const names = ['open', 'shop', 'buy', 'quit'];
let nextPlayer = 1_000;
const told: fc.Arbitrary<Told> = fc.record({
  id: fc.nat(12),
  // some days apart, and on a day often within minutes
  at: fc
    .tuple(fc.constantFrom(0, 1, 2, 6, 7, 8, 29, 30, 31), fc.constantFrom(0, 700, 1_435), fc.nat(50))
    .map(([day, minutes, more]) => day * 1_440 + minutes + more),
  name: fc.constantFrom(...names),
});
const batch = fc.array(told, { minLength: 1, maxLength: 6 });
/** What was told of some players, who are new in each run. */
const histories: fc.Arbitrary<PlayerHistory[]> = fc
  .array(fc.array(batch, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((batches) => ({ who: nextPlayer++, batches })));

/** Appends what was told, the players' batches mixed. @returns the events in the order of the appends */
async function append(all: readonly PlayerHistory[]) {
  const events: RecordedEvent[] = [];
  const rounds = Math.max(...all.map(({ batches }) => batches.length));
  for (let round = 0; round < rounds; round += 1)
    for (const { who, batches } of all) {
      const now = batches[round];
      if (now !== undefined)
        events.push(...(await here.append(analyticsStream(tenant, player(who)), [collected(who, now)])).events);
    }
  return events;
}

const range = { from: firstDay - 1, to: firstDay + 40 };

test('activity, retention, counts and funnels are those of the events, however late and how often they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      fc.integer({ min: 10, max: 1_440 }),
      fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 4 }),
      fc.constantFrom(5, 60, 2_000, 50_000),
      async (all, size, byPartition, gap, steps, within) => {
        await clear();
        const events = await append(all);
        if (byPartition) events.sort((one, other) => one.partition - other.partition);
        for (let from = 0; from < events.length; from += size) {
          await project(events.slice(from, from + size));
          if (from % 2 === 0) await project(events.slice(0, from + 1)); // from the beginning again
        }

        const found = await activityByDay(here.database, generations, tenant, range, gap * minuteMs);
        const days = daysOf(range);
        expect(found).toEqual(days.map((day) => ({ day, ...activityOn(day - firstDay, all, gap) })));

        const after = [1, 6, 7, 30];
        const cohorts = await retentionByCohort(here.database, generations, tenant, range, after, range.to + 40);
        const expected = days.flatMap((day) => {
          const { players, returned } = cohortOf(day - firstDay, all, after);
          const shown = returned.map((count, index) => ({ after: after[index]!, players: count }));
          return players === 0 ? [] : [{ day, players, returned: shown }];
        });
        expect(cohorts).toEqual(expected);
        const first = { from: firstDay, to: firstDay + 1 };
        expect(await retentionByCohort(here.database, generations, tenant, first, after, range.to + 40)).toEqual(
          expected.filter(({ day }) => day <= first.to && day >= first.from),
        );

        const counts = await eventCounts(
          here.database,
          generations,
          tenant,
          { ...range, name: null },
          { after: null, limit: 1_000 },
        );
        const counted = new Map<string, number>();
        for (const history of all)
          for (const { at, name } of countedEvents(history)) {
            const key = `${firstDay + dayIn(at)} ${name}`;
            counted.set(key, (counted.get(key) ?? 0) + 1);
          }
        expect(new Map(counts.map(({ day, name, events: many }) => [`${day} ${name}`, many]))).toEqual(counted);

        const early = { from: firstDay, to: firstDay + 7 };
        const reached = all.map((history) => stepsDone(history, steps, [0, 7], within));
        expect(await funnel(here.database, generations, tenant, steps, early, within * minuteMs, size)).toEqual(
          steps.map((step, index) => ({ step, players: reached.filter((done) => done > index).length })),
        );
        expect(
          await activityByDay(
            here.database,
            generations,
            'other' as TenantId,
            { from: firstDay, to: firstDay },
            600_000,
          ),
        ).toEqual([{ day: firstDay, dau: 0, wau: 0, mau: 0, newPlayers: 0, sessions: 0, playSeconds: 0 }]);
      },
    ),
    { numRuns: 25 },
  );
});

test('rows are the same whatever the order of partitions and the sizes of batches', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 5 }), async (all, size) => {
      const events = await append(all);
      await clear();
      await project(events);
      const whole = await rowsOf();
      await clear();
      const sorted = [...events].sort((one, other) => other.partition - one.partition);
      for (let from = 0; from < sorted.length; from += size) await project(sorted.slice(from, from + size));
      expect(await rowsOf()).toEqual(whole);
    }),
    { numRuns: 10 },
  );
});

test('a funnel finds the furthest way of each player, also among many that begin and end at the same moments', async () => {
  const step = fc.constantFrom('open', 'shop', 'buy');
  const busy = fc.array(fc.record({ at: fc.nat(12), name: step }), { minLength: 1, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(busy, { minLength: 4, maxLength: 8 }),
      fc.array(step, { minLength: 2, maxLength: 4 }),
      fc.integer({ min: 1, max: 8 }),
      async (players, steps, within) => {
        await clear();
        const all = players.map((events) => ({
          who: nextPlayer++,
          // ids in the other direction: what happened at one moment is in the order of the telling
          batches: [events.map((event, index) => ({ ...event, id: 100 - index }))],
        }));
        await project(await append(all));
        const reached = all.map((history) => stepsDone(history, steps, [0, 0], within));
        const only = { from: firstDay, to: firstDay };
        expect(await funnel(here.database, generations, tenant, steps, only, within * minuteMs)).toEqual(
          steps.map((name, index) => ({ step: name, players: reached.filter((done) => done > index).length })),
        );
      },
    ),
    { numRuns: 30 },
  );
});

describe('a play session', () => {
  const sessionsOf = async (times: readonly number[]) => {
    await clear();
    const who = nextPlayer++;
    const batches = times.map((at, id) => [{ id, at }]);
    await project(await append([{ who, batches }]));
    const [day] = await activityByDay(
      here.database,
      generations,
      tenant,
      { from: firstDay, to: firstDay },
      30 * minuteMs,
    );
    return [day!.sessions, day!.playSeconds];
  };

  test.each([
    ['goes on after a pause of as long as it may last', [0, 30], [1, 1_800]],
    ['ends with a longer one', [0, 31], [2, 0]],
    ['is one with another that a late event connects it with', [0, 50, 25], [1, 3_000]],
    ['may begin on the day before', [-10, 5], [0, 900]],
  ] as const)('%s', async (_, times, expected) => expect(await sessionsOf(times)).toEqual(expected));
});

test('who signs in is there, also without an event', async () => {
  await clear();
  const who = nextPlayer++;
  const stream = sessionStream(tenant, session(who));
  const { events } = await here.append(stream, [authenticated(who), refreshed(who)]);
  await project(events);
  await project(events);
  const today = dayOf(events[0]!.recordedAt);
  const [day] = await activityByDay(here.database, generations, tenant, { from: today, to: today }, 600_000);
  expect(day).toEqual({ day: today, dau: 1, wau: 1, mau: 1, newPlayers: 1, sessions: 0, playSeconds: 0 });
});

test('days of one player that two processes add at the same time know of each other', async () => {
  const onDay = fc.record({ who: fc.nat(5), day: fc.nat(40), isFirst: fc.boolean() });
  const many = fc.array(fc.array(onDay, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 6 });
  const [signedIn] = (await here.append(sessionStream(tenant, session(nextPlayer)), [authenticated(nextPlayer)]))
    .events;
  const signIn = (who: number, day: number): RecordedEvent => ({
    ...signedIn!,
    data: { ...signedIn!.data, playerId: player(who) },
    recordedAt: BigInt(firstDay + day) * 86_400_000_000n + 1n,
  });
  await fc.assert(
    fc.asyncProperty(many, async (steps) => {
      await clear();
      const events = (isFirst: boolean) =>
        steps.map((step) => step.filter((each) => each.isFirst === isFirst).map(({ who, day }) => signIn(who, day)));
      const process = async (own: readonly (readonly RecordedEvent[])[]) => {
        for (const some of own) await project(some);
      };
      await Promise.all([process(events(true)), process(events(false))]);
      const together = await rowsOf();
      await clear();
      await project(steps.flat().map(({ who, day }) => signIn(who, day)));
      expect(together).toEqual(await rowsOf());
    }),
    { numRuns: 12 },
  );
});

test('who comes back is counted up to 90 days after the first day, also where that is told of last', async () => {
  await clear();
  const who = nextPlayer++;
  const comesOn = async (...days: number[]) =>
    project(await append([{ who, batches: [days.map((day) => ({ id: day, at: day * 1_440 }))] }]));
  const returns = async () =>
    (await here.query('select first_day, after_days, players::int from player_returns__g1 order by after_days')).map(
      ({ first_day, after_days, players }) => [(first_day as number) - firstDay, after_days, players],
    );
  await comesOn(10, 99, 100, 101);
  await comesOn(102);
  expect(await returns()).toEqual([10, 99, 100].map((day) => [10, day - 10, 1]));
  await comesOn(9);
  expect(await returns()).toEqual([9, 10, 99].map((day) => [9, day - 9, 1]));
});

test('what is not yet to tell of a cohort is null', async () => {
  await clear();
  await project(await append([{ who: nextPlayer++, batches: [[{ id: 1, at: 0 }]] }]));
  const only = { from: firstDay, to: firstDay };
  const [cohort] = await retentionByCohort(here.database, generations, tenant, only, [1, 2], firstDay + 1);
  expect(cohort?.returned).toEqual([
    { after: 1, players: 0 },
    { after: 2, players: null },
  ]);
});
