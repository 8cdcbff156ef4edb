import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../src/event-store/port.ts';
import { analyticsStream } from '../../src/events/analytics.ts';
import { exposureStream } from '../../src/events/exposure.ts';
import type { ExperimentId } from '../../src/events/ids.ts';
import type { Generations, Projection } from '../../src/ports/projection.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { analytics } from '../../src/projections/analytics.ts';
import { type CohortMetricSums, cohortMetric } from '../../src/projections/cohort-metrics.ts';
import { exposures } from '../../src/projections/exposures.ts';
import { metricSums } from '../../src/projections/metric-sums.ts';
import { type LogUnderTest, logUnderTest, player, tenant } from '../processors/log-under-test.ts';
import { analyticsId } from './analytics-events.ts';

const readModels = [analytics, exposures];
let here: LogUnderTest;
let generations: Generations;
beforeAll(async () => {
  here = await logUnderTest(readModels);
  generations = createGenerations(here.database, readModels);
});
afterAll(() => here.close());

const hourMs = 3_600_000;
let last = 9_000;

/** Appends an event and folds it. @returns when it was recorded, µs */
async function take(projection: Projection, stream: Parameters<LogUnderTest['append']>[0], event: NewEvent) {
  const [recorded] = (await here.append(stream, [event])).events;
  const fold = projection.fold(1);
  fold.add(recorded!);
  await here.database.transaction((sql) => fold.write(sql));
  return recorded!.recordedAt;
}

const did = fc.record({
  name: fc.constantFrom('bought', 'quit'),
  /** Hours after the exposure, never on the border of a window. */
  hours: fc.integer({ min: -60, max: 60 }).map((hours) => hours + 0.5),
  value: fc.option(fc.integer({ min: -5, max: 20 }), { nil: undefined }),
});
const exposed = fc.record({ cohort: fc.constantFrom('control', 'short'), events: fc.array(did, { maxLength: 4 }) });

test('a metric of an experiment is that of each exposed player’s events, before and after', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(exposed, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('price', null),
      fc.constantFrom(12, 48),
      async (players, measure, windowHours) => {
        const experiment = `experiment-${++last}` as ExperimentId;
        const expected = new Map<string, CohortMetricSums>();
        for (const { cohort, events } of players) {
          const playerId = player(++last);
          const shown = { type: 'ExperimentExposed', data: { experiment, run: 1, playerId, cohort } };
          const at = await take(exposures, exposureStream(tenant, experiment, 1, playerId), shown);
          const instant = (hours: number) => new Date(Number(at / 1_000n) + hours * hourMs).toISOString();
          const collected = events.map(({ name, hours, value }, index) => ({
            ...{ id: analyticsId(index), name, at: instant(hours), deviceAt: instant(hours) },
            measures: value === undefined ? {} : { price: value },
            ...{ properties: null, experiment: null, cohort: null },
          }));
          const common = { playerId, sessionId: null, receivedAt: instant(100), sentAt: null };
          if (collected.length > 0)
            await take(analytics, analyticsStream(tenant, playerId), {
              type: 'AnalyticsCollected',
              data: { ...common, events: collected },
            });

          const within = events.filter(({ name, hours }) => name === 'bought' && Math.abs(hours) < windowHours);
          const total = (some: typeof within) =>
            some.reduce((sum, { value = 0 }) => sum + (measure === null ? 1 : value), 0);
          const after = within.filter(({ hours }) => hours > 0);
          const [now, before] = [total(after), total(within.filter(({ hours }) => hours < 0))];
          const known = expected.get(cohort) ?? nothing(cohort);
          expected.set(cohort, {
            cohort: known.cohort,
            players: known.players + 1,
            doers: known.doers + (after.length > 0 ? 1 : 0),
            sum: known.sum + now,
            sumOfSquares: known.sumOfSquares + now ** 2,
            before: {
              sum: known.before.sum + before,
              sumOfSquares: known.before.sumOfSquares + before ** 2,
              sumOfProducts: known.before.sumOfProducts + before * now,
            },
          });
        }
        const run = { tenant, experiment, run: 1 };
        const metric = { event: 'bought', measure, windowMs: windowHours * hourMs };
        const inOrder = [...expected.values()].sort((one, other) => (one.cohort < other.cohort ? -1 : 1));
        expect(await cohortMetric(here.database, generations, run, metric)).toEqual(inOrder);
        expect(await cohortMetric(here.database, generations, { ...run, run: 2 }, metric)).toEqual([]);
      },
    ),
    { numRuns: 20 },
  );
});

test('what seems to have happened a moment before an exposure counts as after it: clocks differ', async () => {
  const experiment = `experiment-${++last}` as ExperimentId;
  const run = { tenant, experiment, run: 1 };
  const happened = async (secondsBefore: number) => {
    const playerId = player(++last);
    const shown = { type: 'ExperimentExposed', data: { experiment, run: 1, playerId, cohort: 'short' } };
    const at = await take(exposures, exposureStream(tenant, experiment, 1, playerId), shown);
    const instant = new Date(Number(at / 1_000n) - secondsBefore * 1_000).toISOString();
    const told = { id: analyticsId(1), name: 'bought', at: instant, deviceAt: instant, measures: {} };
    const events = [{ ...told, properties: null, experiment: null, cohort: null }];
    const data = { playerId, sessionId: null, receivedAt: instant, sentAt: null, events };
    await take(analytics, analyticsStream(tenant, playerId), { type: 'AnalyticsCollected', data });
  };
  await happened(5);
  await happened(15);
  const metric = { event: 'bought', measure: null, windowMs: hourMs };
  expect(await cohortMetric(here.database, generations, run, metric)).toMatchObject([
    { players: 2, doers: 1, sum: 1, before: { sum: 1 } },
  ]);
});

test('measures of events that name the experiment are metrics; the others of the days before are what is known from before', async () => {
  const value = fc.integer({ min: 0, max: 3 });
  const told = fc.record({
    names: fc.constantFrom('this', 'another', null),
    hours: fc.integer({ min: -60, max: 60 }).map((hours) => hours + 0.5),
    spent: fc.option(value, { nil: undefined }),
    won: fc.option(fc.integer({ min: 0, max: 1 }), { nil: undefined }),
    imported: fc.boolean(),
  });
  const players = fc.array(fc.record({ cohort: fc.constantFrom('a', 'b'), events: fc.array(told, { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 6,
  });
  const window = {
    names: fc.constantFrom<readonly string[] | null>(null, ['won']),
    beforeHours: fc.constantFrom(0, 24),
  };
  await fc.assert(
    fc.asyncProperty(
      players,
      window.names,
      window.beforeHours,
      fc.integer({ min: 1, max: 3 }),
      async (all, names, beforeHours, pageSize) => {
        const experiment = `experiment-${++last}` as ExperimentId;
        const expected = new Map<
          string,
          { doers: number; sum: number; squares: number; before: number; products: number; isBinary: boolean }
        >();
        for (const { cohort, events } of all) {
          const playerId = player(++last);
          const shown = { type: 'ExperimentExposed', data: { experiment, run: 1, playerId, cohort } };
          const at = await take(exposures, exposureStream(tenant, experiment, 1, playerId), shown);
          const instant = (hours: number) => new Date(Number(at / 1_000n) + hours * hourMs).toISOString();
          const collected = events.map(({ names: named, hours, spent, won, imported }, index) => ({
            ...{
              id: analyticsId(index),
              name: imported ? 'experiment_outcome' : 'played',
              at: instant(hours),
              deviceAt: instant(hours),
            },
            measures: { ...(spent !== undefined && { spent }), ...(won !== undefined && { won }) },
            ...{
              properties: null,
              experiment: named === 'this' ? experiment : named,
              cohort: named === null ? null : cohort,
            },
          }));
          const common = { playerId, sessionId: null, receivedAt: instant(100), sentAt: null };
          if (collected.length > 0)
            await take(analytics, analyticsStream(tenant, playerId), {
              type: 'AnalyticsCollected',
              data: { ...common, events: collected },
            });

          for (const metric of ['spent', 'won'] as const) {
            if (names !== null && !names.includes(metric)) continue;
            const valued = events.filter((event) => event[metric] !== undefined);
            const after = valued.filter(
              ({ names: named, hours, imported }) => named === 'this' && (imported || hours > 0),
            );
            const before = valued.filter(
              ({ names: named, hours, imported }) => named !== 'this' && !imported && hours < 0 && hours > -beforeHours,
            );
            if (after.length + before.length === 0) continue;
            const [now, then] = [after, before].map((some) => some.reduce((sum, event) => sum + event[metric]!, 0)) as [
              number,
              number,
            ];
            const key = `${cohort} ${metric}`;
            const known = expected.get(key) ?? { doers: 0, sum: 0, squares: 0, before: 0, products: 0, isBinary: true };
            expected.set(key, {
              doers: known.doers + (after.length > 0 ? 1 : 0),
              sum: known.sum + now,
              squares: known.squares + now ** 2,
              before: known.before + then,
              products: known.products + now * then,
              isBinary: known.isBinary && now <= 1,
            });
          }
        }
        const run = { tenant, experiment, run: 1 };
        const beforeUs = BigInt(beforeHours * hourMs) * 1_000n;
        const measured = { kind: 'tagged', from: null, to: null, beforeUs, names } as const;
        const found = await metricSums(here.database, generations, run, measured, pageSize);
        const shown = found.map(
          ({ cohort, metric, doers, sum, sumOfSquares, isBinary, before }) =>
            [
              `${cohort} ${metric}`,
              { doers, sum, squares: sumOfSquares, before: before.sum, products: before.sumOfProducts, isBinary },
            ] as const,
        );
        expect(new Map(shown)).toEqual(expected);
        const never = { ...measured, from: 0n, to: 1n, beforeUs: 0n };
        expect(await metricSums(here.database, generations, run, never, pageSize)).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

const nothing = (cohort: string): CohortMetricSums => ({
  cohort: cohort as CohortMetricSums['cohort'],
  players: 0,
  doers: 0,
  sum: 0,
  sumOfSquares: 0,
  before: { sum: 0, sumOfSquares: 0, sumOfProducts: 0 },
});
