import { afterAll, beforeAll, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import type { NewEvent } from '../../src/event-store/port.ts';
import { configStream } from '../../src/events/config.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { experimentLayerStream, experimentStream } from '../../src/events/experiment.ts';
import { exposureStream } from '../../src/events/exposure.ts';
import type { StreamId, TenantId } from '../../src/events/ids.ts';
import type { Generations } from '../../src/ports/projection.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { configHistory } from '../../src/projections/config-variants.ts';
import {
  experimentHistory,
  experimentRuns,
  experimentsPage,
  listExperiments,
  listLayers,
} from '../../src/projections/experiment-queries.ts';
import { exposureCounts, exposures, exposuresOfPlayer } from '../../src/projections/exposures.ts';
import { createRemoteConfig } from '../../src/projections/remote-config.ts';
import { type LogUnderTest, logUnderTest, player, tenant } from '../processors/log-under-test.ts';
import {
  cohortOf,
  definedExperiment,
  experimentOf,
  exposed,
  layerOf,
  rampedExperiment,
  setVariant,
  startedExperiment,
  stoppedExperiment,
} from './experiment-events.ts';

let here: LogUnderTest;
let generations: Generations;
beforeAll(async () => {
  here = await logUnderTest();
  generations = createGenerations(here.database, projections);
});
afterAll(() => here.close());

/** Appends events and folds them into the first generation's rows, twice. */
async function project(stream: StreamId, ...events: NewEvent[]): Promise<readonly RecordedEvent[]> {
  const appended = (await here.append(stream, events)).events;
  await take(appended);
  await take(appended);
  return appended;
}
async function take(events: readonly RecordedEvent[]) {
  for (const projection of projections) {
    const fold = projection.fold(1);
    for (const event of events) if (projection.types.includes(event.type)) fold.add(event);
    await here.database.transaction((sql) => fold.write(sql));
  }
}
const everything = { before: null, limit: 100 };

test('an experiment has its definition, its run and its ramp, which begins anew with each start', async () => {
  const [id, stream] = [experimentOf(1), experimentStream(tenant, experimentOf(1))];
  const find = async () => {
    const page = { after: '', limit: 100, onlyRunning: false };
    const rows = await listExperiments(here.database, generations, tenant, page);
    return rows.find(({ experiment }) => experiment === id);
  };
  await project(stream, definedExperiment(1, 100));
  const { experiment: _, restores: __, ...definition } = definedExperiment(1, 100).data;
  expect(await find()).toEqual({
    tenant,
    experiment: id,
    definition,
    status: 'defined',
    run: 0,
    ramp: 100,
    version: 1n,
  });
  await project(stream, startedExperiment(1), rampedExperiment(1, 500));
  expect(await find()).toMatchObject({ status: 'running', run: 1, ramp: 500, version: 3n });
  await project(stream, stoppedExperiment(1), startedExperiment(1, 2));
  expect(await find()).toMatchObject({ status: 'running', run: 2, ramp: 100 });
  const history = await experimentHistory(here.database, generations, tenant, id, everything);
  expect(history.map(({ entry, type }) => `${entry} ${type}`)).toEqual([
    '5 ExperimentStarted',
    '4 ExperimentStopped',
    '3 ExperimentRamped',
    '2 ExperimentStarted',
    '1 ExperimentDefined',
  ]);
  expect(history[2]?.detail).toEqual(rampedExperiment(1, 500).data);
  const runs = await experimentRuns(here.database, generations, tenant, id);
  expect(runs.map(({ run, stoppedAt }) => [run, stoppedAt === null])).toEqual([
    [1, false],
    [2, true],
  ]);
  const theirs = { after: '', limit: 100, onlyRunning: false };
  expect(await listExperiments(here.database, generations, 'other' as TenantId, theirs)).toEqual([]);
  const running = { after: '', limit: 100, onlyRunning: true };
  await project(stream, stoppedExperiment(1, 2));
  expect(await listExperiments(here.database, generations, tenant, running)).toEqual([]);
});

test('a layer has its places in their order, and loses those that are given up', async () => {
  const layer = layerOf(2);
  const slot = (n: number, from: number, to: number): NewEvent => ({
    type: 'ExperimentLayerSlotTaken',
    data: { layer, experiment: experimentOf(n), from, to },
  });
  await project(
    experimentLayerStream(tenant, layer),
    { type: 'ExperimentLayerDefined', data: { layer, holdout: 500 } },
    slot(1, 5_000, 6_000),
    slot(2, 0, 5_000),
    slot(3, 6_000, 7_000),
    { type: 'ExperimentLayerSlotFreed', data: { layer, experiment: experimentOf(3) } },
  );
  const empty = layerOf(3);
  await project(experimentLayerStream(tenant, empty), {
    type: 'ExperimentLayerDefined',
    data: { layer: empty, holdout: 0 },
  });
  expect(await listLayers(here.database, generations, tenant, { after: '', limit: 10 })).toEqual([
    {
      layer,
      holdout: 500,
      slots: [
        { experiment: experimentOf(2), from: 0, to: 5_000 },
        { experiment: experimentOf(1), from: 5_000, to: 6_000 },
      ],
    },
    { layer: empty, holdout: 0, slots: [] },
  ]);
});

test('exposures count once, however often they are taken, by cohort and day', async () => {
  const place = { tenant, experiment: experimentOf(4), run: 1 };
  const events: RecordedEvent[] = [];
  for (let number = 1; number <= 7; number += 1)
    events.push(...(await project(exposureStream(tenant, place.experiment, 1, player(number)), exposed(4, number))));
  await take(events);
  await take([...events].reverse());
  const day = new Date(Number(events[0]!.recordedAt / 1_000n)).toISOString().slice(0, 10);
  const counts = await exposureCounts(here.database, generations, place);
  expect(counts.reduce((sum, { players }) => sum + players, 0)).toBe(7);
  expect(counts.filter((each) => each.day === day).map(({ cohort, players }) => [cohort, players])).toEqual([
    [cohortOf(0), 3],
    [cohortOf(1), 4],
  ]);
  const own = { ...place, playerId: player(1), cohort: cohortOf(1), exposedAt: events[0]!.recordedAt };
  const { tenant: _, ...shown } = own;
  const owner = { tenant, playerId: player(1) };
  const page = { after: null, limit: 10 };
  expect(await exposuresOfPlayer(here.database, generations, owner, page)).toEqual([shown]);
  expect(await exposuresOfPlayer(here.database, generations, owner, { ...page, after: shown })).toEqual([]);
  expect(await exposureCounts(here.database, generations, { ...place, tenant: 'other' as TenantId })).toEqual([]);
  expect(await exposureCounts(here.database, generations, { ...place, run: 2 })).toEqual([]);
});

test('days are those of UTC', async () => {
  const place = { tenant, experiment: experimentOf(5), run: 1 };
  const midnight = BigInt(Date.parse('2026-03-02T00:00:00.000Z')) * 1_000n;
  const at = (number: number, recordedAt: bigint): RecordedEvent => ({
    ...(exposed(5, number) as RecordedEvent),
    tenant,
    streamId: exposureStream(tenant, place.experiment, 1, player(number)),
    eventId: player(number),
    version: 1n,
    schemaVersion: 1,
    metadata: {},
    partition: number,
    position: 1n,
    recordedAt,
  });
  const fold = exposures.fold(1);
  for (const event of [at(2, midnight - 1n), at(4, midnight), at(6, midnight)]) fold.add(event);
  expect(fold.rows).toBe(3);
  await here.database.transaction((sql) => fold.write(sql));
  expect(await exposureCounts(here.database, generations, place)).toEqual([
    { cohort: cohortOf(0), day: '2026-03-01', players: 1 },
    { cohort: cohortOf(0), day: '2026-03-02', players: 2 },
  ]);
});

test('a variant has all its versions', async () => {
  const place = { tenant, experiment: experimentOf(6), cohort: cohortOf(0) };
  await project(configStream(tenant, place.experiment, place.cohort), setVariant(6, 0, { a: 1 }), setVariant(6, 0, {}));
  const history = await configHistory(here.database, generations, place, everything);
  expect(history.map(({ entry, values }) => [entry, values])).toEqual([
    [2, {}],
    [1, { a: 1 }],
  ]);
  expect(await configHistory(here.database, generations, place, { before: 2, limit: 100 })).toHaveLength(1);
});

test('what is in memory is the same from rows, from events, and from both in any order', async () => {
  const id = experimentOf(7);
  const events = [
    ...(await project(
      experimentStream(tenant, id),
      definedExperiment(7, 100),
      startedExperiment(7),
      rampedExperiment(7, 200),
      stoppedExperiment(7),
      startedExperiment(7, 2),
      rampedExperiment(7, 300, 2),
    )),
    ...(await project(
      configStream(tenant, id, cohortOf(1)),
      setVariant(7, 1, { b: 1, a: 2 }),
      setVariant(7, 1, { a: 3 }),
    )),
  ];
  const loadedFrom = async (sql: LogUnderTest['database']) => {
    const view = createRemoteConfig(sql, generations, [async () => new Map([[0, 5n]]), async () => new Map([[0, 3n]])]);
    for (const event of events) view.apply(event); // while it is loaded, it may see what is in the rows already
    expect(await view.load()).toEqual(new Map([[0, 3n]]));
    return view;
  };
  const fromRows = await loadedFrom(here.database);
  const expected = {
    experiment: { run: 2, ramp: 300, cohorts: definedExperiment(7).data['cohorts'] },
    variant: { version: 2n, values: { a: 3 } },
  };
  const nothing = { query: async () => ({ rows: [] }) } as unknown as LogUnderTest['database'];
  const fromEvents = await loadedFrom(nothing);
  for (const event of events) fromEvents.apply(event);
  for (const view of [fromRows, fromEvents]) {
    for (const event of [...events, ...events]) view.apply(event);
    expect(view.experiment(tenant, id)).toMatchObject(expected.experiment);
    expect(view.variant(tenant, id, cohortOf(1))).toEqual(expected.variant);
    expect(view.running(tenant).map(({ experiment }) => experiment)).toEqual([id]);
    expect(view.running('other' as TenantId)).toEqual([]);
  }
  expect(fromEvents.revision(tenant)).toBe('8');
  expect(fromEvents.size).toBe(2);
  const pages = await experimentsPage(here.database, generations, null, 1);
  expect(await experimentsPage(here.database, generations, pages[0]!, 100)).not.toContainEqual(pages[0]);
});
