import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { createPortions } from '../../src/processors/portion.ts';
import { projectionProcessor } from '../../src/processors/projection-source.ts';
import { analytics } from '../../src/projections/analytics.ts';

const weighing = (weights: readonly number[]) =>
  weights.map((weight, index) => ({ position: BigInt(index + 1), data: { weight } }) as unknown as RecordedEvent);
const weightOf = ({ data }: RecordedEvent) => data['weight'] as number;
const readOf = (weights: readonly number[], through = 99n) => ({ events: weighing(weights), through });

test('a step takes as many events as weigh no more than it may, in their order, and one at least', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), fc.nat(200), (weights, most) => {
      const read = readOf(weights);
      const { events, through } = createPortions(weightOf).upTo(most, read);
      const sum = (all: readonly number[]) => all.reduce((total, weight) => total + weight, 0);
      expect(events).toEqual(read.events.slice(0, events.length));
      expect(events.length === 1 || sum(weights.slice(0, events.length)) <= most).toBe(true);
      const isAll = events.length === weights.length;
      expect(through).toBe(isAll ? 99n : BigInt(events.length));
      if (!isAll) expect(sum(weights.slice(0, events.length + 1))).toBeGreaterThan(most);
    }),
  );
});

test('as many events are read as those before let expect: few at first, many when they are light', () => {
  const portions = createPortions(weightOf);
  expect(portions.countFor(2_000)).toBe(100);
  portions.upTo(2_000, readOf([1, 1, 1]));
  expect(portions.countFor(2_000)).toBe(2_000);
  portions.upTo(2_000, readOf([10, 10, 1, 3]));
  expect(portions.countFor(2_000)).toBe(334);
  portions.upTo(2_000, readOf([]));
  expect([portions.countFor(2_000), portions.countFor(1)]).toEqual([334, 1]);
});

test('where nothing is said of weights each event counts as one', () => {
  const portions = createPortions(undefined);
  const read = readOf([50, 50]);
  expect([portions.countFor(7), portions.upTo(1, read)]).toEqual([7, read]);
});

test('a full batch of analytics counts as twenty sign-ins', () => {
  const { weightOf: weigh } = projectionProcessor(analytics, 1, 2_000);
  const told = (events: number) => ({ data: { events: new Array(events).fill({}) } }) as unknown as RecordedEvent;
  const signIn = { data: { playerId: 'p' } } as unknown as RecordedEvent;
  expect([told(100), told(1), signIn].map((event) => weigh?.(event))).toEqual([20, 1, 1]);
});
