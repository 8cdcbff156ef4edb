import { expect, test } from 'vitest';
import { rating, ratingOf } from '../../src/aggregates/rating.ts';
import { alice, duel } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(rating);
const rematch = '99999999-9999-4999-8999-999999999999' as typeof duel;
const change = (matchId: typeof duel, mu: number) =>
  ({ type: 'ChangeRating', playerId: alice, mode: 'solo', matchId, belief: { mu, sigma: 8 } }) as const;
const changed = (matchId: typeof duel, mu: number, before: number | null, matches: number) =>
  ({
    type: 'RatingChanged',
    data: {
      playerId: alice,
      mode: 'solo',
      matchId,
      belief: { mu, sigma: 8 },
      previous: before === null ? null : { mu: before, sigma: 8 },
      rating: ratingOf({ mu, sigma: 8 }),
      matches,
    },
  }) as const;

test('the first match gives a rating', () =>
  given()
    .when(change(duel, 27.5))
    .then(changed(duel, 27.5, null, 1)));
test('each further match moves it and keeps what it was', () =>
  given(changed(duel, 27.5, null, 1))
    .when(change(rematch, 26))
    .then(changed(rematch, 26, 27.5, 2)));
test('players see about 1500 for what is believed of a new player', () => {
  expect([ratingOf({ mu: 25, sigma: 8 }), ratingOf({ mu: 27.635, sigma: 8 })]).toEqual([1500, 1658]);
});
