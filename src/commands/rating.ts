import { rating } from '../aggregates/rating.ts';
import type { MatchResult } from '../events/battle-match.ts';
import type { MatchId } from '../events/ids.ts';
import { ratingStream } from '../events/rating.ts';
import type { RatingModel } from '../ports/rating-model.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

export type RateMatch = { readonly matchId: MatchId; readonly mode: string; readonly result: MatchResult };

/** Changes the ratings of all who played a match, in one append, from the states that it is decided on. */
export function rateMatch(
  runtime: CommandRuntime & { readonly ratings: RatingModel },
  { matchId, mode, result }: RateMatch,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { ratings } = runtime;
  const teams = result.map(({ players }) =>
    players.map(({ playerId }) => ({ playerId, use: using(rating, ratingStream(context.tenant, mode, playerId)) })),
  );
  const places = result.map(({ place }) => place);
  return handle<null>(
    runtime,
    teams.flat().map(({ use }) => use),
    (stateOf) => {
      const before = teams.map((team) => team.map(({ use }) => stateOf(use).belief ?? ratings.unknown));
      const after = ratings.rate(before, places);
      const events = teams.flatMap((team, at) =>
        team.map(({ playerId, use }, nth) => {
          const belief = after[at]?.[nth];
          if (belief === undefined) throw new Error('the rating model left a player out');
          const changed = rating.decide({ type: 'ChangeRating', playerId, mode, matchId, belief }, stateOf(use));
          return [use, changed.events] as const;
        }),
      );
      return { events, outcome: { ok: true, value: null } };
    },
    context,
  );
}
