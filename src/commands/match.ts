import {
  type BattleMatch,
  battleMatch,
  type EndAtDeadline,
  type PlayCommand,
  type ReportResult,
} from '../aggregates/battle-match.ts';
import { seat } from '../aggregates/seat.ts';
import { type MatchEnd, type MatchResult, matchStream } from '../events/battle-match.ts';
import type { MatchId, PlayerId, TenantId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { readingSeatsAnew, seatsOf } from './matchmaking.ts';
import { loadState, using } from './stream-use.ts';

/** Takes a player's command into a match. A surrender may end it.
 *  Codes: MATCH_NOT_FOUND, NOT_A_PARTICIPANT, MATCH_ENDED, ILLEGAL_COMMAND. */
export const playCommand = (
  runtime: CommandRuntime,
  command: PlayCommand,
  context: CommandContext<null>,
): Promise<Handled<null>> => changeMatch(runtime, command, context, command.command === 'surrender');

/** Ends a match with what its host reports. Codes: MATCH_NOT_FOUND, MATCH_ENDED, RESULT_INCOMPLETE. */
export const reportResult = (
  runtime: CommandRuntime,
  command: ReportResult,
  context: CommandContext<null>,
): Promise<Handled<null>> => changeMatch(runtime, command, context, true);

/** Ends a match whose time is over; any other stays as it is. Code: MATCH_NOT_FOUND. */
export const endAtDeadline = (
  runtime: CommandRuntime,
  command: EndAtDeadline,
  context: CommandContext<null>,
): Promise<Handled<null>> => changeMatch(runtime, command, context, true);

/** @param mayEnd whether its players' seats may become free, in the same append */
async function changeMatch(
  runtime: CommandRuntime,
  command: PlayCommand | ReportResult | EndAtDeadline,
  context: CommandContext<null>,
  mayEnd: boolean,
): Promise<Handled<null>> {
  const { tenant } = context;
  const { matchId } = command;
  const matchUse = using(battleMatch, matchStream(tenant, matchId));
  const known = mayEnd ? await knownMatch(runtime, tenant, matchId) : battleMatch.initial;
  const seats = seatsOf(tenant, known.phase === 'absent' ? [] : [...known.fighters.keys()]);
  return handle<null>(
    mayEnd ? readingSeatsAnew(runtime, matchUse.streamId) : runtime,
    [matchUse, ...seats.map(({ use }) => use)],
    (stateOf) => {
      // one that began after it was looked for is refused as not there: its players' seats are not among the streams
      const match = mayEnd && known.phase === 'absent' ? known : stateOf(matchUse);
      const { events, rejected } = battleMatch.decide(command, match);
      if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
      const freed = events.some(({ type }) => type === 'MatchCompleted') ? seats : [];
      return {
        events: [
          [matchUse, events],
          ...freed.map(({ playerId, use }) => {
            const left = seat.decide({ type: 'FreeSeat', playerId, of: { matchId } }, stateOf(use));
            return [use, left.events] as const;
          }),
        ],
        outcome: { ok: true, value: null },
      };
    },
    context,
  );
}

/** The match with its players, who never change. */
async function knownMatch({ log, states }: CommandRuntime, tenant: TenantId, matchId: MatchId): Promise<BattleMatch> {
  const use = using(battleMatch, matchStream(tenant, matchId));
  const known = await loadState(log, states, use);
  return known.phase === 'absent' ? loadState(log, states, use, true) : known;
}

/** What is told of a match. @property endsBy milliseconds since 1970 */
export type MatchView = {
  readonly mode: string;
  readonly status: 'running' | 'ended';
  readonly tick: number;
  readonly endsBy: number;
  readonly teams: readonly {
    readonly team: number;
    readonly players: readonly {
      readonly playerId: PlayerId;
      readonly ready: boolean;
      readonly surrendered: boolean;
    }[];
  }[];
  readonly ended: { readonly end: MatchEnd; readonly result: MatchResult } | null;
};

/** A match as its stream has it now, or null. @param now milliseconds since 1970 */
export async function findMatch(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  matchId: MatchId,
  now: number,
): Promise<MatchView | null> {
  const match = await loadState(log, states, using(battleMatch, matchStream(tenant, matchId)), true);
  if (match.phase === 'absent') return null;
  const { mode, tick, endsBy, ended, fighters } = match;
  return {
    mode,
    tick,
    endsBy,
    ended,
    status: match.phase === 'ended' || now >= endsBy ? 'ended' : 'running',
    teams: match.teams.map(({ team, players }) => ({
      team,
      players: players.map((playerId) => {
        const fighter = fighters.get(playerId);
        return { playerId, ready: fighter?.ready === true, surrendered: fighter?.out === true };
      }),
    })),
  };
}
