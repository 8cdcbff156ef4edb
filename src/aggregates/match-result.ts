import type { MatchResult, TeamOutcome } from '../events/battle-match.ts';
import type { PlayerId } from '../events/ids.ts';

type TeamOf = { readonly team: number; readonly players: readonly PlayerId[] };

/** Teams of which at least one player has not surrendered. */
export const standingTeams = (match: {
  readonly teams: readonly TeamOf[];
  readonly fighters: ReadonlyMap<PlayerId, { readonly out: boolean }>;
}): readonly number[] =>
  match.teams
    .filter(({ players }) => players.some((player) => match.fighters.get(player)?.out === false))
    .map(({ team }) => team);

/** What a match was for everybody. One team alone on the best place won; several there drew; all others lost.
 *  @param places place per team; teams that are not in it come last, together */
export function resultByPlaces(
  teams: readonly TeamOf[],
  places: ReadonlyMap<number, number>,
  scores: ReadonlyMap<PlayerId, number> = new Map(),
): MatchResult {
  const last = places.size + 1;
  const placeOf = ({ team }: TeamOf): number => places.get(team) ?? last;
  const best = Math.min(...teams.map(placeOf));
  const shared = teams.filter((each) => placeOf(each) === best).length > 1;
  const outcomeOf = (place: number): TeamOutcome => (place > best ? 'lost' : shared ? 'drawn' : 'won');
  return teams.map((each) => ({
    team: each.team,
    place: placeOf(each),
    outcome: outcomeOf(placeOf(each)),
    players: each.players.map((playerId) => ({ playerId, score: scores.get(playerId) ?? 0 })),
  }));
}
