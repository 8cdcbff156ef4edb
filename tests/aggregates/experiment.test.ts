import { describe, expect, test } from 'vitest';
import { experiment } from '../../src/aggregates/experiment.ts';
import type { ExperimentDefinition, ExperimentEvent } from '../../src/events/experiment.ts';
import { control, halves, newShop, preview, shopLayer } from './experiment-examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(experiment);
const define = (changes: Partial<ExperimentDefinition> = {}, restores: number | null = null) =>
  ({ type: 'DefineExperiment', experiment: newShop, definition: { ...halves, ...changes }, restores }) as const;
const defined = (
  changes: Partial<ExperimentDefinition> = {},
  restores: number | null = null,
): Extract<ExperimentEvent, { type: 'ExperimentDefined' }> => ({
  type: 'ExperimentDefined',
  data: { experiment: newShop, ...halves, ...changes, restores },
});
const start = { type: 'StartExperiment', experiment: newShop } as const;
const started = (run = 1): ExperimentEvent => ({ type: 'ExperimentStarted', data: { experiment: newShop, run } });
const ramp = (to: number) => ({ type: 'RampExperiment', experiment: newShop, ramp: to }) as const;
const ramped = (to: number): ExperimentEvent => ({
  type: 'ExperimentRamped',
  data: { experiment: newShop, run: 1, ramp: to },
});
const stop = { type: 'StopExperiment', experiment: newShop } as const;
const stopped = (run = 1): ExperimentEvent => ({ type: 'ExperimentStopped', data: { experiment: newShop, run } });

describe('defining an experiment', () => {
  test('makes it', () => given().when(define()).then(defined()));
  test('as it is changes nothing, whatever the order of fields', () =>
    given(defined({ targeting: { attribute: 'tier', operator: 'in', value: ['gold'] } }))
      .when(define({ targeting: { value: ['gold'], operator: 'in', attribute: 'tier' } }))
      .thenNothing());
  test('as it is changes nothing while it runs', () => given(defined(), started()).when(define()).thenNothing());
  test('otherwise changes it', () =>
    given(defined())
      .when(define({ ramp: 1 }))
      .then(defined({ ramp: 1 })));
  test('as it once was says which version that is', () =>
    given(defined(), defined({ ramp: 1 }))
      .when(define({}, 1))
      .then(defined({}, 1)));
  test('waits until it has stopped', () =>
    given(defined(), started())
      .when(define({ ramp: 1 }))
      .thenRejects('EXPERIMENT_RUNNING'));
  test('is possible once it has stopped', () =>
    given(defined(), started(), stopped())
      .when(define({ ramp: 1 }))
      .then(defined({ ramp: 1 })));
  test.each([
    ['shares below the whole', { cohorts: [{ cohort: control, share: 9_999 }] }],
    [
      'shares above the whole',
      {
        cohorts: [
          { cohort: control, share: 5_000 },
          { cohort: preview, share: 5_001 },
        ],
      },
    ],
    [
      'two cohorts of one name',
      {
        cohorts: [
          { cohort: control, share: 5_000 },
          { cohort: control, share: 5_000 },
        ],
      },
    ],
    ['a control that is no cohort', { control: preview, cohorts: [{ cohort: control, share: 10_000 }] }],
  ])('with %s is refused', (_, changes) => given().when(define(changes)).thenRejects('COHORTS_INVALID'));
  test('with an empty place in its layer is refused', () =>
    given()
      .when(define({ layer: { layer: shopLayer, from: 500, to: 500, holdout: 0 } }))
      .thenRejects('LAYER_SLOT_EMPTY'));
  test('that ends when it starts is refused', () => {
    const at = '2026-03-01T00:00:00.000Z';
    given()
      .when(define({ startsAt: at, endsAt: at }))
      .thenRejects('EXPERIMENT_ENDS_BEFORE_IT_STARTS');
  });
});

describe('starting an experiment', () => {
  test('begins its first run', () => given(defined()).when(start).then(started()));
  test('that runs changes nothing', () => given(defined(), started()).when(start).thenNothing());
  test('that has stopped begins a new run', () => given(defined(), started(), stopped()).when(start).then(started(2)));
  test('that is not there is refused', () => given().when(start).thenRejects('EXPERIMENT_NOT_FOUND'));
  test('counts runs on over a new definition', () =>
    given(defined(), started(), stopped(), defined({ ramp: 1 }))
      .when(start)
      .then(started(2)));
});

describe('ramping an experiment', () => {
  const small = defined({ ramp: 100 });
  test('lets in more', () => given(small, started()).when(ramp(500)).then(ramped(500)));
  test('to where it is changes nothing', () => given(small, started(), ramped(500)).when(ramp(500)).thenNothing());
  test('down is refused', () => given(small, started(), ramped(500)).when(ramp(499)).thenRejects('RAMP_SHRINKS'));
  test('that does not run is refused', () => given(small).when(ramp(500)).thenRejects('EXPERIMENT_NOT_RUNNING'));
  test('that is not there is refused', () => given().when(ramp(500)).thenRejects('EXPERIMENT_NOT_FOUND'));
  test('ends with the run: the next one begins as defined', () => {
    const state = fold(experiment, [small, started(), ramped(500), stopped(), started(2)]);
    expect(state).toMatchObject({ run: 2, running: true, ramp: 100 });
  });
});

describe('stopping an experiment', () => {
  test('ends its run', () => given(defined(), started()).when(stop).then(stopped()));
  test('that does not run changes nothing', () => given(defined()).when(stop).thenNothing());
  test('that is not there is refused', () => given().when(stop).thenRejects('EXPERIMENT_NOT_FOUND'));
});

test('events before a definition are passed over', () => {
  expect(fold(experiment, [started(), ramped(1), stopped()])).toEqual({ phase: 'absent' });
});
