import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomBytes } from '../../src/security/random.ts';

const size = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 12, max: 64 }) },
  fc.integer({ min: 4_000, max: 5_000 }),
);

test('random bytes are as many as asked for, and never come again, not in part either', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 200 }), (sizes) => {
      for (const asked of sizes) {
        const bytes = randomBytes(asked);
        expect(bytes).toHaveLength(asked);
        for (let at = 0; at + 12 <= asked; at += 1) {
          const part = bytes.toString('hex', at, at + 12);
          if (seen.has(part)) throw new Error(`${part} came before`);
          seen.add(part);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('changing bytes changes nobody else’s', () => {
  const mine = randomBytes(16);
  const theirs = randomBytes(16);
  const before = theirs.toString('hex');
  mine.fill(0);
  expect(theirs.toString('hex')).toBe(before);
  expect(randomBytes(16).equals(Buffer.alloc(16))).toBe(false);
});
