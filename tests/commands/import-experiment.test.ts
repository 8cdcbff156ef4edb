import { expect, test } from 'vitest';
import { importExperiment } from '../../src/cli/experiment-import.ts';
import { changeExperiment, defineExperiment, findExperiment } from '../../src/commands/experiment.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import { type AnalyticsEvent, analyticsStream } from '../../src/events/analytics.ts';
import { exposureStream } from '../../src/events/exposure.ts';
import type { CohortName, ExperimentId } from '../../src/events/ids.ts';
import { createTally, type PlayerRow } from '../../src/experiment-report/tally.ts';
import { importedPlayerId } from '../../src/security/imported-id.ts';
import { now, openLog, processOn, request, tenant, totalEvents } from './support.ts';

const gates = 'gates' as ExperimentId;
const rows: readonly PlayerRow[] = Array.from({ length: 600 }, (_, index) => ({
  player: `${index}`,
  cohort: index % 3 === 0 ? 'gate_30' : 'gate_40',
  values: { back: index % 2, rounds: index },
}));

async function* reading(all: readonly PlayerRow[], onRow: (index: number) => void = () => {}) {
  for (const [index, row] of all.entries()) {
    onRow(index);
    yield row;
  }
}

function asked(all = rows) {
  const tally = createTally();
  for (const row of all) tally.add(row);
  const cohorts = tally.cohorts();
  return {
    ...{ tenant, experiment: gates, source: 'gates.csv', cohorts, control: 'gate_30', now: () => now },
    rows: reading(all),
  };
}

const cohortsShown = async (log: EventLog) => {
  const streams = await Promise.all(
    rows.map(({ player }) => log.read(exposureStream(tenant, gates, 1, importedPlayerId(tenant, player)))),
  );
  return streams.map(({ events }) => events.map(({ data }) => (data as { cohort: string }).cohort));
};

test('each player of a file is shown their cohort and has an event with what came of it', async () => {
  const log = openLog();
  expect(await importExperiment(processOn(log), asked())).toEqual({ run: 1, imported: 600, known: 0 });
  expect(await cohortsShown(log)).toEqual(rows.map(({ cohort }) => [cohort]));
  const { events } = await log.read(analyticsStream(tenant, importedPlayerId(tenant, '7')));
  const [told] = events.map(({ data }) => data as AnalyticsEvent['data']);
  expect(told?.events).toEqual([
    expect.objectContaining({
      name: 'experiment_outcome',
      measures: { back: 1, rounds: 7 },
      ...{ experiment: 'gates', cohort: 'gate_40', properties: null },
    }),
  ]);
});

test('the experiment is over, and nobody else was drawn into it', async () => {
  const log = openLog();
  const runtime = processOn(log);
  await importExperiment(runtime, asked());
  expect(await findExperiment(runtime, tenant, gates)).toMatchObject({
    ...{ phase: 'defined', running: false, run: 1, ramp: 0 },
    definition: {
      description: 'Imported from gates.csv',
      control: 'gate_30',
      cohorts: [
        { cohort: 'gate_30', share: 5_000 },
        { cohort: 'gate_40', share: 5_000 },
      ],
    },
  });
});

test('a file that is imported again adds nothing, in whatever process', async () => {
  const log = openLog();
  await importExperiment(processOn(log), asked());
  const before = await totalEvents(log);
  expect(await importExperiment(processOn(log), asked())).toEqual({ run: 1, imported: 0, known: 600 });
  expect(await totalEvents(log)).toBe(before);
});

test('of players of whom some took part in an earlier experiment each has an event more', async () => {
  const log = openLog();
  const known = rows.slice(0, 200);
  const added = (from: number) => rows.slice(from, from + 200).map((row) => ({ ...row, player: `new-${row.player}` }));
  await importExperiment(processOn(log), asked(known));
  const mixed = [...added(0), ...known, ...added(200)];
  const again = { ...asked(mixed), experiment: 'again' as ExperimentId };
  expect(await importExperiment(processOn(log), again)).toEqual({ run: 1, imported: 600, known: 0 });
  const ends = mixed.map(({ player }) => log.version(analyticsStream(tenant, importedPlayerId(tenant, player))));
  expect(await Promise.all(ends)).toEqual(mixed.map(({ player }) => (player.startsWith('new') ? 1n : 2n)));
});

test('an import that is broken off goes on where it was', async () => {
  const log = openLog();
  const abort = new AbortController();
  const broken = { ...asked(), signal: abort.signal };
  const interrupted = reading(rows, (index) => index === 400 && abort.abort(new Error('Interrupted.')));
  await expect(importExperiment(processOn(log), { ...broken, rows: interrupted })).rejects.toThrow('Interrupted.');
  expect((await cohortsShown(log)).filter(({ length }) => length === 1)).toHaveLength(400);
  expect(await findExperiment(processOn(log), tenant, gates)).toMatchObject({ running: true });

  expect(await importExperiment(processOn(log), asked())).toEqual({ run: 1, imported: 200, known: 400 });
  expect(await cohortsShown(log)).toEqual(rows.map(({ cohort }) => [cohort]));
  expect(await findExperiment(processOn(log), tenant, gates)).toMatchObject({ running: false, run: 1 });
});

test('two imports at once import each player once', async () => {
  const log = openLog();
  const both = await Promise.all([
    importExperiment(processOn(log), asked()),
    importExperiment(processOn(log), asked()),
  ]);
  expect(both.reduce((total, { imported }) => total + imported, 0)).toBe(600);
  expect(await cohortsShown(log)).toEqual(rows.map(({ cohort }) => [cohort]));
});

test('an experiment that was not imported is left alone', async () => {
  const log = openLog();
  const runtime = processOn(log);
  const definition = {
    ...{ description: 'Ours', targeting: null, layer: null, ramp: 10_000, startsAt: null, endsAt: null },
    ...{ cohorts: [{ cohort: 'gate_30' as CohortName, share: 10_000 }], control: 'gate_30' as CohortName },
  };
  await defineExperiment(runtime, { experiment: gates, definition, restores: null }, request());
  await changeExperiment(runtime, { type: 'StartExperiment', experiment: gates }, request());
  const before = await totalEvents(log);
  await expect(importExperiment(runtime, asked())).rejects.toThrow(/was not imported/);
  expect(await totalEvents(log)).toBe(before);
});

test('another control, other cohorts and names that cannot be are refused before anything is written', async () => {
  const log = openLog();
  const runtime = processOn(log);
  const changed = (change: (row: PlayerRow) => PlayerRow) => asked(rows.map(change));
  const tries = [
    { ...asked(), control: 'gate_50' },
    { ...asked(), experiment: 'no name' as ExperimentId },
    changed((row) => ({ ...row, cohort: `${row.cohort}!` })),
    changed((row) => ({ ...row, values: { 'not a metric': 1 } })),
    changed((row) => ({ ...row, values: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`m${n}`, 1])) })),
  ];
  for (const each of tries) await expect(importExperiment(runtime, each)).rejects.toThrow();
  expect(await totalEvents(log)).toBe(0);
  await importExperiment(runtime, asked());
  const before = await totalEvents(log);
  await expect(importExperiment(runtime, { ...asked(), control: 'gate_40' })).rejects.toThrow(/another control/);
  expect(await totalEvents(log)).toBe(before);
});

test('what goes wrong on the way ends the import with its reason', async () => {
  const log = openLog();
  const torn = async function* () {
    yield* reading(rows.slice(0, 300));
    throw new Error('the disk is gone');
  };
  await expect(importExperiment(processOn(log), { ...asked(), rows: torn() })).rejects.toThrow('the disk is gone');
});

test('a player is the one whose id is given, or one who follows from tenant and name', () => {
  const id = '0B0E1895-5A7F-5C51-B92E-F18E51D9592F';
  expect(importedPlayerId(tenant, id)).toBe(id.toLowerCase());
  expect(importedPlayerId(tenant, '7')).toBe(importedPlayerId(tenant, '7'));
  expect(importedPlayerId(tenant, '7')).not.toBe(importedPlayerId(tenant, '8'));
});
