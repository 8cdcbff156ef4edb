import { rate, rating } from 'openskill';
import type { RatingModel } from '../ports/rating-model.ts';

/** Weng and Lin's Bayesian ratings with the Plackett-Luce model, for any number of teams and players.
 *  @see docs/decisions/0014-matchmaking.md */
export const openskill: RatingModel = {
  unknown: rating(),
  rate: (teams, places) =>
    rate(
      teams.map((team) => team.map(({ mu, sigma }) => ({ mu, sigma }))),
      { rank: [...places] },
    ),
};
