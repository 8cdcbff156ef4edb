import { type Stored, shown } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

type Player = { readonly id: string; ready: boolean; surrendered: boolean };
export type MatchFold = {
  readonly matchId: string;
  readonly mode: string;
  readonly teams: readonly (readonly Player[])[];
  readonly startedAt: bigint;
  readonly endsBy: string;
  tick: number;
  ended: boolean;
  /** How it ended, as the event says it: a service may have decided it. */
  result: readonly { readonly team: number; readonly place: number; readonly players: readonly Scored[] }[];
  end: string | null;
};
type Scored = { readonly playerId: string; readonly score: number };

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
        endsBy: data.endsBy,
        tick: 0,
        ended: false,
        result: [],
        end: null,
      });
    const match = matches.get(data.matchId);
    if (match === undefined) continue;
    if (type === 'MatchCommandAccepted') {
      match.tick += 1;
      const player = match.teams.flat().find(({ id }) => id === data.playerId)!;
      if (data.command === 'ready') player.ready = true;
      if (data.command === 'surrender') player.surrendered = true;
    }
    if (type === 'MatchCompleted') Object.assign(match, { ended: true, result: data.result, end: data.end });
  }
  return matches;
}

/** Of a duel: who surrendered lost; otherwise places tell. */
function outcomeOf({ ended, teams, result }: MatchFold, team: number): 'won' | 'lost' | 'drawn' | null {
  if (!ended) return null;
  const gaveUp = teams.map((players) => players.every(({ surrendered }) => surrendered));
  if (gaveUp.includes(true)) return gaveUp[team] ? 'lost' : 'won';
  const firsts = result.filter(({ place }) => place === 1).map((each) => each.team);
  return !firsts.includes(team + 1) ? 'lost' : firsts.length === 1 ? 'won' : 'drawn';
}

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

/** Who waits, who plays, and how well. */
export const matches: Tables = {
  matches: (log) =>
    [...foldMatches(log).values()].map((match) => ({
      tenant: log[0]?.tenant,
      match_id: match.matchId,
      mode: match.mode,
      status: match.ended ? 'ended' : 'running',
      ends_by: Date.parse(match.endsBy),
      tick: match.tick,
      ended_as: match.end,
      result: match.ended ? match.result : null,
    })),

  match_players: (log) =>
    [...foldMatches(log).values()].flatMap((match) =>
      match.teams.flatMap((players, index) =>
        players.map(({ id }) => ({
          tenant: log[0]?.tenant,
          player_id: id,
          match_id: match.matchId,
          mode: match.mode,
          team: index + 1,
          started_at: match.startedAt,
          status: match.ended ? 'ended' : 'running',
          outcome: outcomeOf(match, index),
          score: match.result.flatMap((team) => team.players).find(({ playerId }) => playerId === id)?.score,
        })),
      ),
    ),

  matchmaking_tickets(log) {
    const rows = rowsBy('ticket_id');
    for (const { tenant, type, data, metadata, at } of log) {
      const row = { tenant, ticket_id: data.ticketId };
      if (type === 'TicketEnqueued')
        rows.set({
          ...row,
          status: 'open',
          player_id: data.playerId,
          player_ids: data.playerIds,
          party_id: data.partyId,
          skill: data.skill,
          modes: data.modes,
          since: Date.parse(metadata['occurredAt'] ?? shown(at)),
          expires_at: Date.parse(data.expiresAt),
        });
      if (type === 'TicketMatched') rows.set({ ...row, status: 'matched', match_id: data.matchId });
      if (type === 'TicketCancelled') rows.set({ ...row, status: 'cancelled' });
      if (type === 'TicketExpired') rows.set({ ...row, status: 'expired' });
    }
    return rows.all();
  },

  player_ratings(log) {
    const rows = rowsBy('player_id', 'mode');
    for (const { tenant, type, data, at } of log)
      if (type === 'RatingChanged') {
        const row = { tenant, player_id: data.playerId, mode: data.mode };
        rows.add({ ...row, rating: data.rating, rated_at: at }, { matches: 1 });
      }
    return rows.all();
  },
};
