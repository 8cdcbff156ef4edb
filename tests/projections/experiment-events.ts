import type { NewEvent } from '../../src/event-store/port.ts';
import { configStream } from '../../src/events/config.ts';
import { experimentLayerStream, experimentStream } from '../../src/events/experiment.ts';
import { exposureStream } from '../../src/events/exposure.ts';
import type { CohortName, ExperimentId, LayerName, StreamId } from '../../src/events/ids.ts';
import { player, tenant } from '../processors/log-under-test.ts';

export const experimentOf = (who: number): ExperimentId => `experiment-${who}` as ExperimentId;
export const layerOf = (who: number): LayerName => `layer-${who}` as LayerName;
export const cohortOf = (n: number): CohortName => `cohort-${n % 2}` as CohortName;

export const definedExperiment = (who: number, ramp = 10_000): NewEvent => ({
  type: 'ExperimentDefined',
  data: {
    experiment: experimentOf(who),
    description: 'a "quoted", {odd} one',
    cohorts: [
      { cohort: cohortOf(0), share: 5_000 },
      { cohort: cohortOf(1), share: 5_000 },
    ],
    control: cohortOf(0),
    targeting: null,
    layer: null,
    ramp,
    startsAt: null,
    endsAt: null,
    restores: null,
  },
});
export const startedExperiment = (who: number, run = 1): NewEvent => ({
  type: 'ExperimentStarted',
  data: { experiment: experimentOf(who), run },
});
export const rampedExperiment = (who: number, ramp: number, run = 1): NewEvent => ({
  type: 'ExperimentRamped',
  data: { experiment: experimentOf(who), run, ramp },
});
export const stoppedExperiment = (who: number, run = 1): NewEvent => ({
  type: 'ExperimentStopped',
  data: { experiment: experimentOf(who), run },
});
export const setVariant = (who: number, n: number, values: { [name: string]: number }): NewEvent => ({
  type: 'ConfigVariantSet',
  data: { experiment: experimentOf(who), cohort: cohortOf(n), values, restores: null },
});
export const exposed = (who: number, number: number, run = 1): NewEvent => ({
  type: 'ExperimentExposed',
  data: { experiment: experimentOf(who), run, playerId: player(number), cohort: cohortOf(number) },
});

/** An event of experiments for tests of read models, in any order: rows follow whatever history they are given. */
export function experimentEvent(who: number, next: number): readonly [StreamId, NewEvent] {
  const experiment = experimentStream(tenant, experimentOf(who));
  const layer = experimentLayerStream(tenant, layerOf(who));
  const slot = { layer: layerOf(who), experiment: experimentOf(next) };
  const choices: readonly (readonly [StreamId, NewEvent])[] = [
    [experiment, definedExperiment(who, next)],
    [experiment, startedExperiment(who, 1 + (next % 3))],
    [experiment, rampedExperiment(who, next, 1 + (next % 3))],
    [experiment, stoppedExperiment(who, 1 + (next % 3))],
    [layer, { type: 'ExperimentLayerDefined', data: { layer: layerOf(who), holdout: next } }],
    [layer, { type: 'ExperimentLayerSlotTaken', data: { ...slot, from: 0, to: 1 + next } }],
    [layer, { type: 'ExperimentLayerSlotFreed', data: slot }],
    [configStream(tenant, experimentOf(who), cohortOf(next)), setVariant(who, next, { next })],
  ];
  return choices[next % choices.length]!;
}

/** A first exposure of a player; which experiment it is in follows from the number. */
export const exposureEvent = (number: number): readonly [StreamId, NewEvent] => [
  exposureStream(tenant, experimentOf(number % 3), 1, player(number)),
  exposed(number % 3, number),
];
