import type { Ranking } from '../ports/ranking.ts';
import type { Boards } from '../projections/boards.ts';

/** Ranks of the boards in memory. Open seasons are always there. */
export function rankingOf(boards: Boards): Ranking {
  const atOnce = Promise.resolve();
  return {
    ready(tenant, season) {
      return boards.open(tenant, season) === undefined ? boards.read(tenant, season).then(() => undefined) : atOnce;
    },
    rankWith(tenant, season, playerId, points) {
      // Not there: a season without entries that another process opened just now, or one that was closed meanwhile, whose
      // append will fail on the season and be decided again.
      return boards.open(tenant, season)?.rankWith(playerId, points) ?? 1;
    },
    rankOf: (tenant, season, playerId) => boards.open(tenant, season)?.rankOf(playerId) ?? null,
  };
}
