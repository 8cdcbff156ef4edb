import { expect, test } from 'vitest';
import { rateMatches } from '../../demo/elo.ts';

const match = (winnerId: string, loserId: string) => ({ winnerId, winnerName: winnerId, loserId, loserName: loserId });
const ratings = (pairs: readonly (readonly [string, string])[]) =>
  rateMatches(pairs.map(([winner, loser]) => match(winner, loser))).map(({ winnerRating, loserRating }) => [
    winnerRating,
    loserRating,
  ]);

test('equal players exchange 16 points', () => {
  expect(ratings([['a', 'b']])).toEqual([[1516, 1484]]);
});

test('each match starts from the ratings that the one before it left', () => {
  // 32·(1 − 1/(1+10^(32/400))) = 17.468…: the weaker one wins more than 16
  expect(
    ratings([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ).toEqual([
    [1516, 1484],
    [1501, 1499],
  ]);
});

test('ratings stay whole numbers, and what one wins the other loses', () => {
  for (const [winner, loser] of ratings(Array.from({ length: 60 }, () => ['a', 'b'] as const))) {
    expect(Number.isInteger(winner)).toBe(true);
    expect(winner! + loser!).toBe(3000);
  }
});
