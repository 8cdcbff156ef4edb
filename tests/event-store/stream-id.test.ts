import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoryOf, streamId, type TenantId, tenantOf } from '../../src/events/ids.ts';

const wellFormed = fc.string({ unit: fc.constantFrom(...'ab_-%5F/ ü😀'), maxLength: 6 });
const input = fc.record({
  category: fc.constantFrom('a', 'ab', 'season', 'entry2'),
  tenant: fc.constantFrom('acme', 'a', 'a-b', 'ab', '5f'),
  parts: fc.array(wellFormed, { maxLength: 3 }),
});

test('different inputs never give the same stream name', () =>
  fc.assert(
    fc.property(input, input, (one, other) => {
      const nameOf = ({ category, tenant, parts }: typeof one) => streamId(category, tenant as TenantId, ...parts);
      expect(nameOf(one) === nameOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
    { numRuns: 3_000, seed: 3 },
  ));

test('a name that shifts characters between its parts is another name', () =>
  fc.assert(
    fc.property(wellFormed, wellFormed, fc.nat(12), (left, right, at) => {
      const joined = [...`${left}${right}`];
      const split = Math.min(at, joined.length);
      const moved = [joined.slice(0, split).join(''), joined.slice(split).join('')] as const;
      const tenant = 'acme' as TenantId;
      expect(streamId('a', tenant, left, right) === streamId('a', tenant, ...moved)).toBe(left === moved[0]);
      expect(streamId('a', tenant, left, right)).not.toBe(streamId('a', tenant, `${left}_${right}`));
    }),
    { numRuns: 1_000, seed: 4 },
  ));

test('category and tenant are found again', () =>
  fc.assert(
    fc.property(input, ({ category, tenant, parts }) => {
      const name = streamId(category, tenant as TenantId, ...parts);
      expect(categoryOf(name)).toBe(category);
      expect(tenantOf(name)).toBe(parts.length === 0 ? 'default' : tenant);
    }),
    { numRuns: 500, seed: 5 },
  ));

test.each(['', 'Season', 'a-b', 'a_b', '1a', 'a b'])('%j is no category', (category) => {
  expect(() => streamId(category, 'acme' as TenantId, 'x')).toThrow(TypeError);
});
