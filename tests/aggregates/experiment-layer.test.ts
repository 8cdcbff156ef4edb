import { describe, expect, test } from 'vitest';
import { experimentLayer } from '../../src/aggregates/experiment-layer.ts';
import type { ExperimentLayerEvent } from '../../src/events/experiment.ts';
import type { ExperimentId } from '../../src/events/ids.ts';
import { shopLayer as layer, newShop } from './experiment-examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(experimentLayer);
const other = 'other' as ExperimentId;
const define = (holdout: number) => ({ type: 'DefineExperimentLayer', layer, holdout }) as const;
const defined = (holdout = 0): ExperimentLayerEvent => ({ type: 'ExperimentLayerDefined', data: { layer, holdout } });
const take = (from: number, to: number, experiment = newShop) =>
  ({ type: 'TakeExperimentLayerSlot', layer, experiment, from, to }) as const;
const taken = (from: number, to: number, experiment = newShop): ExperimentLayerEvent => ({
  type: 'ExperimentLayerSlotTaken',
  data: { layer, experiment, from, to },
});
const free = { type: 'FreeExperimentLayerSlot', layer, experiment: newShop } as const;
const freed: ExperimentLayerEvent = { type: 'ExperimentLayerSlotFreed', data: { layer, experiment: newShop } };

describe('defining a layer', () => {
  test('makes it', () => given().when(define(500)).then(defined(500)));
  test('as it is changes nothing', () => given(defined(500), taken(0, 1)).when(define(500)).thenNothing());
  test('changes its holdout while it is empty', () =>
    given(defined(), taken(0, 1), freed).when(define(500)).then(defined(500)));
  test('in which somebody has a place is refused', () =>
    given(defined(), taken(0, 1)).when(define(500)).thenRejects('LAYER_IN_USE'));
});

describe('taking a place', () => {
  test('in a layer that is not there is refused', () => given().when(take(0, 5)).thenRejects('LAYER_NOT_FOUND'));
  test('that is free takes it', () => given(defined()).when(take(0, 5)).then(taken(0, 5)));
  test('that one has changes nothing', () => given(defined(), taken(0, 5)).when(take(0, 5)).thenNothing());
  test('beside others takes it', () =>
    given(defined(), taken(0, 5, other))
      .when(take(5, 9))
      .then(taken(5, 9)));
  test('that overlaps with the own one moves it', () =>
    given(defined(), taken(0, 5)).when(take(4, 9)).then(taken(4, 9)));
  test.each([
    [4, 9],
    [0, 1],
    [9, 10],
    [4, 6],
    [0, 10_000],
  ])('from %i to %i that overlaps with another one is refused', (from, to) =>
    given(defined(), taken(0, 5, other), taken(5, 10, 'third' as ExperimentId))
      .when(take(from, to))
      .thenRejects('LAYER_SLOT_TAKEN'),
  );
});

describe('giving a place up', () => {
  test('frees it', () => given(defined(), taken(0, 5)).when(free).then(freed));
  test('that one does not have changes nothing', () => given(defined()).when(free).thenNothing());
});

test('a layer knows its places', () => {
  const { slots } = fold(experimentLayer, [defined(), taken(0, 5), taken(5, 9, other), taken(1, 2), freed]);
  expect([...slots]).toEqual([[other, { from: 5, to: 9 }]]);
});
