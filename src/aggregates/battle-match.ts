import type { BattleMatchEvent, MatchEnd, MatchResult } from '../events/battle-match.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { MatchId, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';
import { isMatchCommand, isWellFormed } from './match-command.ts';
import { resultByPlaces, standingTeams } from './match-result.ts';

export type Team = { readonly team: number; readonly players: readonly PlayerId[] };

/** What a match knows of a player. @property ready said so; @property acted did something since */
export type Fighter = {
  readonly team: number;
  readonly ready: boolean;
  readonly acted: boolean;
  readonly out: boolean;
};

/** A battle. @property endsBy milliseconds since 1970; @property tick commands accepted so far
 *  @property ended null while it runs */
export type BattleMatch =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'running' | 'ended';
      readonly mode: string;
      readonly teams: readonly Team[];
      readonly fighters: ReadonlyMap<PlayerId, Fighter>;
      readonly endsBy: number;
      readonly tick: number;
      readonly ended: { readonly end: MatchEnd; readonly result: MatchResult } | null;
    };
export type RunningMatch = Exclude<BattleMatch, { phase: 'absent' }>;

/** @property endsBy RFC 3339 UTC */
export type StartMatch = {
  readonly type: 'StartMatch';
  readonly matchId: MatchId;
  readonly mode: string;
  readonly teams: readonly Team[];
  readonly endsBy: string;
};
/** @property now milliseconds since 1970 */
export type PlayCommand = {
  readonly type: 'PlayCommand';
  readonly matchId: MatchId;
  readonly playerId: PlayerId;
  readonly command: string;
  readonly payload: JsonObject;
  readonly now: number;
};
/** @property places place of each team, from 1; equal places drew
 *  @property scores of players; 0 for those left out */
export type ReportResult = {
  readonly type: 'ReportResult';
  readonly matchId: MatchId;
  readonly places: ReadonlyMap<number, number>;
  readonly scores: ReadonlyMap<PlayerId, number>;
};
export type EndAtDeadline = { readonly type: 'EndAtDeadline'; readonly matchId: MatchId; readonly now: number };

export type BattleMatchRejection =
  | 'MATCH_NOT_FOUND'
  | 'NOT_A_PARTICIPANT'
  | 'MATCH_ENDED'
  | 'ILLEGAL_COMMAND'
  | 'RESULT_INCOMPLETE';

export const battleMatch: Decider<
  BattleMatch,
  StartMatch | PlayCommand | ReportResult | EndAtDeadline,
  BattleMatchEvent,
  BattleMatchRejection
> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'MatchStarted') {
      const { mode, teams, endsBy } = data;
      const fighters = teams.flatMap(({ team, players }) =>
        players.map((player) => [player, { team, ready: false, acted: false, out: false }] as const),
      );
      return {
        phase: 'running',
        mode,
        teams,
        fighters: new Map(fighters),
        endsBy: Date.parse(endsBy),
        tick: 0,
        ended: null,
      };
    }
    if (state.phase === 'absent') return state;
    if (type === 'MatchCompleted') return { ...state, phase: 'ended', ended: { end: data.end, result: data.result } };
    const { playerId, command, tick } = data;
    const fighter = state.fighters.get(playerId);
    if (fighter === undefined) return { ...state, tick };
    const fighters = new Map(state.fighters).set(playerId, {
      ...fighter,
      ready: fighter.ready || command === 'ready',
      acted: fighter.acted || command !== 'ready',
      out: fighter.out || command === 'surrender',
    });
    return { ...state, tick, fighters };
  },

  decide(command, state) {
    if (command.type === 'StartMatch') {
      const { matchId, mode, endsBy } = command;
      const teams = command.teams.map(({ team, players }) => ({ team, players: [...players] }));
      return state.phase === 'absent'
        ? accept({ type: 'MatchStarted', data: { matchId, mode, teams, endsBy } })
        : accept();
    }
    if (state.phase === 'absent') return reject('MATCH_NOT_FOUND');
    switch (command.type) {
      case 'PlayCommand':
        return play(command, state);
      case 'ReportResult': {
        if (state.phase === 'ended') return reject('MATCH_ENDED');
        const { matchId, places, scores } = command;
        const complete = places.size === state.teams.length && state.teams.every(({ team }) => places.has(team));
        const known = [...scores.keys()].every((player) => state.fighters.has(player));
        if (!complete || !known) return reject('RESULT_INCOMPLETE');
        return accept(completed(matchId, 'reported', state, resultByPlaces(state.teams, places, scores)));
      }
      case 'EndAtDeadline': {
        if (state.phase === 'ended' || command.now < state.endsBy) return accept();
        const places = new Map(standingTeams(state).map((team) => [team, 1]));
        return accept(completed(command.matchId, 'deadline', state, resultByPlaces(state.teams, places)));
      }
    }
  },
};

const completed = (matchId: MatchId, end: MatchEnd, { mode, tick }: RunningMatch, result: MatchResult) =>
  ({ type: 'MatchCompleted', data: { matchId, mode, end, tick, result } }) as const;

function play({ matchId, playerId, command, payload, now }: PlayCommand, state: RunningMatch) {
  const fighter = state.fighters.get(playerId);
  if (fighter === undefined) return reject('NOT_A_PARTICIPANT');
  if (state.phase === 'ended' || now >= state.endsBy) return reject('MATCH_ENDED');
  if (!isMatchCommand(command) || !isWellFormed(command, payload)) return reject('ILLEGAL_COMMAND');
  if (fighter.out || !isInOrder(command, fighter) || !mayAim(payload['target_player_id'], command, fighter, state))
    return reject('ILLEGAL_COMMAND');
  const tick = state.tick + 1;
  const event = { type: 'MatchCommandAccepted', data: { matchId, playerId, command, payload, tick } } as const;
  if (command !== 'surrender') return accept(event);
  const after = { ...state, tick, fighters: new Map(state.fighters).set(playerId, { ...fighter, out: true }) };
  const left = standingTeams(after);
  if (left.length > 1) return accept(event);
  const places = new Map(left.map((team) => [team, 1]));
  return accept<BattleMatchEvent>(event, completed(matchId, 'surrender', after, resultByPlaces(state.teams, places)));
}

/** A player gets ready once, and before anything else. */
const isInOrder = (command: string, { ready, acted }: Fighter): boolean => command !== 'ready' || !(ready || acted);

/** Attacks that name a player aim at an opponent who still fights. */
function mayAim(target: unknown, command: string, { team }: Fighter, { fighters }: RunningMatch): boolean {
  if (command !== 'attack' || target === undefined) return true;
  const other = fighters.get(target as PlayerId);
  return other !== undefined && other.team !== team && !other.out;
}
