import { type Stored, shown } from './log.ts';

type Player = { readonly id: string; ready: boolean; surrendered: boolean };
export type MatchFold = {
  readonly matchId: string;
  readonly mode: string;
  readonly teams: readonly (readonly Player[])[];
  readonly startedAt: bigint;
  tick: number;
  ended: boolean;
};

/** Every match by its id: who plays, what its players did, and whether it ended. */
export function foldMatches(log: readonly Stored[]): Map<string, MatchFold> {
  const matches = new Map<string, MatchFold>();
  for (const { type, data, at } of log) {
    if (type === 'MatchStarted')
      matches.set(data.matchId, {
        matchId: data.matchId,
        mode: data.mode,
        teams: data.teams.map(({ players }: { players: string[] }) =>
          players.map((id) => ({ id, ready: false, surrendered: false })),
        ),
        startedAt: at,
        tick: 0,
        ended: false,
      });
    const match = matches.get(data.matchId);
    if (match === undefined) continue;
    if (type === 'MatchCommandAccepted') {
      match.tick += 1;
      const player = match.teams.flat().find(({ id }) => id === data.playerId)!;
      if (data.command === 'ready') player.ready = true;
      if (data.command === 'surrender') player.surrendered = true;
    }
    if (type === 'MatchCompleted') match.ended = true;
  }
  return matches;
}

/** Of a duel: who surrendered lost. */
const outcomeOf = ({ ended, teams }: MatchFold, team: number): 'won' | 'lost' | null =>
  !ended ? null : teams[team]!.every(({ surrendered }) => surrendered) ? 'lost' : 'won';

/** What a read of the match must show, but for its deadline. */
export const shownMatch = (match: MatchFold) => ({
  match_id: match.matchId,
  mode: match.mode,
  status: match.ended ? 'ended' : 'running',
  tick: match.tick,
  teams: match.teams.map((players, index) => ({
    team: index + 1,
    players: players.map(({ id, ready, surrendered }) => ({ player_id: id, ready, surrendered })),
  })),
  outcomes: match.ended ? match.teams.map((_, index) => outcomeOf(match, index)) : null,
});

/** A player's matches, the newest first. */
export const foldPlayed = (matches: ReadonlyMap<string, MatchFold>, playerId: string) =>
  [...matches.values()]
    .flatMap((match) => {
      const team = match.teams.findIndex((players) => players.some(({ id }) => id === playerId));
      return team === -1 ? [] : [{ match, team }];
    })
    .sort((one, other) => Number(other.match.startedAt - one.match.startedAt))
    .map(({ match, team }) => ({
      match_id: match.matchId,
      mode: match.mode,
      team: team + 1,
      status: match.ended ? 'ended' : 'running',
      started_at: shown(match.startedAt),
      outcome: outcomeOf(match, team),
    }));

/** A player's rating in each mode; it rests on every match of the mode that ended. */
export function foldRatings(log: readonly Stored[], playerId: string) {
  const ended = [...foldMatches(log).values()].filter((match) => match.ended);
  const ratings = new Map<string, number>();
  for (const { type, data } of log)
    if (type === 'RatingChanged' && data.playerId === playerId) ratings.set(data.mode, data.rating);
  return [...ratings]
    .map(([mode, rating]) => ({
      mode,
      rating,
      matches: ended.filter((match) => match.mode === mode && match.teams.flat().some(({ id }) => id === playerId))
        .length,
    }))
    .sort((one, other) => (one.mode < other.mode ? -1 : 1));
}
