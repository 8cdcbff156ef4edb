import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experimentLayer } from '../../src/aggregates/experiment-layer.ts';
import {
  type AskedExperiment,
  changeExperiment,
  defineExperiment,
  defineExperimentLayer,
  findExperiment,
} from '../../src/commands/experiment.ts';
import { recordExposure } from '../../src/commands/exposure.ts';
import { loadState, using } from '../../src/commands/stream-use.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import { experimentLayerStream } from '../../src/events/experiment.ts';
import type { ExperimentId, LayerName, PlayerId } from '../../src/events/ids.ts';
import { halves, newShop, preview } from '../aggregates/experiment-examples.ts';
import { intercepted, openLog, processOn, request, tenant, totalEvents } from './support.ts';

const layers = ['one', 'two'] as LayerName[];
const experiments = ['a', 'b', 'c'] as ExperimentId[];

type Step =
  | { kind: 'define'; process: 0 | 1; experiment: number; layer: number | null; from: number; width: number }
  | { kind: 'start' | 'stop'; process: 0 | 1; experiment: number }
  | { kind: 'holdout'; process: 0 | 1; layer: number; holdout: number };

const process = fc.constantFrom(0 as const, 1 as const);
const experiment = fc.nat(experiments.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('define' as const),
      process,
      experiment,
      layer: fc.option(fc.nat(1)),
      from: fc.nat(4),
      width: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('start' as const, 'stop' as const), process, experiment }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('holdout' as const), process, layer: fc.nat(1), holdout: fc.nat(3) }),
  },
);

test('however experiments take and leave places on two processes, places never overlap and each is that of its experiment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (rounds) => {
      const log = openLog();
      const processes = [processOn(log), processOn(log)] as const;
      for (const layer of layers)
        await defineExperimentLayer(processes[0], { type: 'DefineExperimentLayer', layer, holdout: 0 }, request());
      const run = (each: Step): Promise<unknown> => {
        const runtime = processes[each.process];
        if (each.kind === 'holdout') {
          const { holdout } = each;
          const layer = layers[each.layer]!;
          return defineExperimentLayer(runtime, { type: 'DefineExperimentLayer', layer, holdout }, request());
        }
        const id = experiments[each.experiment]!;
        if (each.kind !== 'define') {
          const type = each.kind === 'start' ? 'StartExperiment' : 'StopExperiment';
          return changeExperiment(runtime, { type, experiment: id }, request());
        }
        const { from, width } = each;
        const layer = each.layer === null ? null : { layer: layers[each.layer]!, from, to: from + width };
        const asked: AskedExperiment = { experiment: id, definition: { ...halves, layer }, restores: null };
        return defineExperiment(runtime, asked, request());
      };
      for (const round of rounds) await Promise.all(round.map(run));

      const fresh = processOn(log);
      const wanted = new Map<string, unknown>();
      for (const id of experiments) {
        const state = await findExperiment(fresh, tenant, id);
        if (state.phase === 'absent' || state.definition.layer === null) continue;
        const { layer, ...place } = state.definition.layer;
        wanted.set(`${layer}/${id}`, place);
      }
      const found = new Map<string, unknown>();
      for (const layer of layers) {
        const use = using(experimentLayer, experimentLayerStream(tenant, layer));
        const { slots, holdout } = await loadState(log, fresh.states, use, true);
        for (const [id, slot] of slots) found.set(`${layer}/${id}`, { ...slot, holdout });
        const sorted = [...slots.values()].sort((left, right) => left.from - right.from);
        for (const [index, { from }] of sorted.entries())
          if (index > 0) expect(from).toBeGreaterThanOrEqual(sorted[index - 1]!.to);
      }
      expect(found).toEqual(wanted);
    }),
    { numRuns: 200 },
  );
});

describe('an exposure', () => {
  const command = {
    type: 'ExposePlayer',
    experiment: newShop,
    run: 1,
    playerId: '11111111-1111-4111-8111-111111111111' as PlayerId,
    cohort: preview,
  } as const;
  const counted = (log: EventLog) => {
    const calls = { reads: 0, appends: 0 };
    const steps: Partial<EventLog> = {
      read: (...given) => {
        calls.reads += 1;
        return log.read(...given);
      },
      append: (...given) => {
        calls.appends += 1;
        return log.append(...given);
      },
    };
    return { calls, runtime: processOn(intercepted(log, steps)) };
  };

  test('is one append, and nothing for whoever knows of it', async () => {
    const log = openLog();
    const { calls, runtime } = counted(log);
    expect((await recordExposure(runtime, command, request())).events).toHaveLength(1);
    for (const _ of [1, 2, 3]) expect((await recordExposure(runtime, command, request())).events).toEqual([]);
    expect(calls).toEqual({ reads: 0, appends: 1 });
    expect(await totalEvents(log)).toBe(1);
  });

  test('that another process recorded is found once, and then known', async () => {
    const log = openLog();
    await recordExposure(processOn(log), command, request());
    const { calls, runtime } = counted(log);
    for (const _ of [1, 2, 3]) expect((await recordExposure(runtime, command, request())).events).toEqual([]);
    expect(calls).toEqual({ reads: 1, appends: 1 });
    expect(await totalEvents(log)).toBe(1);
  });

  test('of another run is another one', async () => {
    const log = openLog();
    const runtime = processOn(log);
    for (const run of [1, 2]) await recordExposure(runtime, { ...command, run }, request());
    expect(await totalEvents(log)).toBe(2);
  });
});

test('an experiment that keeps its place keeps the holdout of its layer, whatever a process remembers of the layer', async () => {
  const log = openLog();
  const [behind, ahead] = [processOn(log), processOn(log)];
  const layer = layers[0]!;
  const define = (runtime: typeof behind, ramp: number) => {
    const definition = { ...halves, ramp, layer: { layer, from: 0, to: 5 } };
    return defineExperiment(runtime, { experiment: newShop, definition, restores: null }, request());
  };
  await defineExperimentLayer(behind, { type: 'DefineExperimentLayer', layer, holdout: 0 }, request());
  await defineExperimentLayer(ahead, { type: 'DefineExperimentLayer', layer, holdout: 500 }, request());
  await define(ahead, 1);
  await define(behind, 2);
  expect(await findExperiment(processOn(log), tenant, newShop)).toMatchObject({
    definition: { ramp: 2, layer: { holdout: 500 } },
  });
});
