import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOf, shareOf } from '../../src/statistics/samples.ts';
import { problemOf, sumsOf } from './simulate.ts';

describe('a sample', () => {
  test('has the mean and the unbiased variance of its numbers', () => {
    expect(sampleOf(sumsOf([2, 4, 4, 4, 5, 5, 7, 9]))).toEqual({ count: 8, mean: 5, variance: 32 / 7 });
  });

  test('of equal numbers has no variance, also where digits are lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 2, max: 50 }), (value, count) => {
        expect(sampleOf(sumsOf(Array(count).fill(value / 997))).variance).toBe(0);
      }),
    );
  });

  test('does not depend on how its sums were put together', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, values, (first, second) => {
        const [a, b] = [sumsOf(first), sumsOf(second)];
        const added = { count: a.count + b.count, sum: a.sum + b.sum, sumOfSquares: a.sumOfSquares + b.sumOfSquares };
        expect(sampleOf(added)).toEqual(sampleOf(sumsOf([...second, ...first])));
      }),
    );
  });

  test('is refused below two players, and for sums that are of no numbers', () => {
    expect(problemOf(() => sampleOf(sumsOf([1])))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => sampleOf({ count: 2.5, sum: 1, sumOfSquares: 1 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sampleOf({ count: 3, sum: Number.NaN, sumOfSquares: 1 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sampleOf({ count: 3, sum: 1, sumOfSquares: Infinity }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sampleOf({ count: 2, sum: 10, sumOfSquares: 10 }))).toBe('INVALID_NUMBER');
  });
});

describe('a share', () => {
  test('is of players, of whom there are some', () => {
    expect(shareOf({ players: 4, successes: 1 })).toBe(0.25);
    expect(problemOf(() => shareOf({ players: 0, successes: 0 }))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => shareOf({ players: 3, successes: 4 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => shareOf({ players: 3, successes: -1 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => shareOf({ players: Number.NaN, successes: 0 }))).toBe('INVALID_NUMBER');
  });
});
