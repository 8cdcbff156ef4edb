import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Funnel, type FunnelEvent, furthestStep } from '../../src/projections/funnel.ts';

/** The same, by going every way from every event. */
function byEveryWay({ steps, before, within }: Funnel, events: readonly FunnelEvent[]): number {
  const from = (step: number, next: number, began: number): number => {
    const ways = events.flatMap(({ name, at }, index) =>
      index >= next && name === steps[step] && at - began <= within ? [from(step + 1, index + 1, began)] : [],
    );
    return Math.max(step, ...ways);
  };
  return Math.max(
    0,
    ...events.map(({ name, at }, index) => (name === steps[0] && at < before ? from(1, index + 1, at) : 0)),
  );
}

const name = fc.nat(2);
const events = fc
  .array(fc.record({ name, at: fc.nat(12) }), { maxLength: 10 })
  .map((all) => all.sort((one, other) => one.at - other.at));
const asked = fc.record({
  steps: fc.array(name, { minLength: 2, maxLength: 5 }),
  before: fc.nat(14),
  within: fc.nat(14),
});

test('a player came to the furthest step of any way through what they did', () => {
  fc.assert(
    fc.property(asked, events, (funnel, all) => {
      expect(furthestStep(funnel, all)).toBe(byEveryWay(funnel, all));
    }),
    { numRuns: 2_000 },
  );
});
