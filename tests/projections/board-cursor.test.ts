import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlayerId } from '../../src/events/ids.ts';
import { decodeBoardCursor, encodeBoardCursor } from '../../src/projections/board-cursor.ts';

test('a cursor comes back as it was made', () => {
  const key = fc.record({
    score: fc.maxSafeInteger().map((score) => score + 0),
    subscore: fc.maxSafeInteger().map((score) => score + 0),
    reachedAt: fc.maxSafeNat(),
    partition: fc.nat(1023),
    position: fc.maxSafeNat(),
    playerId: fc.uuid() as fc.Arbitrary<PlayerId>,
  });
  fc.assert(
    fc.property(key, (each) => {
      expect(decodeBoardCursor(encodeBoardCursor(each))).toEqual(each);
    }),
  );
});

test('refuses what is not a cursor', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decodeBoardCursor(text)).toBeNull();
    }),
  );
  for (const value of [
    null,
    [],
    [1, 2, 3, 4, 5, 6],
    [0.5, 0, 0, 0, 0, '0b0e8a1e-5b1c-5d2e-8f3a-0123456789ab'],
    { score: 1 },
  ])
    expect(decodeBoardCursor(Buffer.from(JSON.stringify(value)).toString('base64url'))).toBeNull();
});
