import {
  type EnqueueTicket,
  isOpenAt,
  type MatchmakingTicket,
  matchmakingTicket,
} from '../aggregates/matchmaking-ticket.ts';
import { membersOf, party } from '../aggregates/party.ts';
import { isActive } from '../aggregates/player-account.ts';
import { type Seat, seat } from '../aggregates/seat.ts';
import type { DomainEvent } from '../events/catalogue.ts';
import type { PartyId, PlayerId, StreamId, TenantId, TicketId } from '../events/ids.ts';
import { ticketStream } from '../events/matchmaking-ticket.ts';
import { partyStream } from '../events/party.ts';
import { seatStream } from '../events/seat.ts';
import type { CommandContext } from './context.ts';
import { accountCondition } from './entitlement.ts';
import { type CommandRuntime, type Decide, type Decided, type Handled, handle } from './handle.ts';
import { StateCache } from './state-cache.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';

/** The runtime with a cache of its own. Giving a seat up decides nothing on a seat that looks like another's, so no append would
 *  show that it was a stale one: such commands read seats anew.
 *  @param known the stream that may be taken from the cache, because the command always writes to it */
export function readingSeatsAnew(runtime: CommandRuntime, known: StreamId): CommandRuntime {
  const states = new StateCache(statesOfOneCommand);
  const cached = runtime.states.get(known);
  if (cached !== undefined) states.set(known, cached);
  return { ...runtime, states };
}
const statesOfOneCommand = 200;

export const seatsOf = (tenant: TenantId, players: readonly PlayerId[]) =>
  players.map((playerId) => ({ playerId, use: using(seat, seatStream(tenant, playerId)) }));

/** Puts a ticket into the queue, and with it each of its players. The account of who asks is a condition: an erasure that was ordered
 *  finds every ticket of theirs.
 *  Codes: PLAYER_NOT_FOUND, MODE_UNKNOWN, PARTY_TOO_LARGE, ALREADY_QUEUED, ALREADY_IN_MATCH. */
export const enqueueTicket = (
  runtime: CommandRuntime,
  command: EnqueueTicket,
  context: CommandContext<null>,
): Promise<Handled<null>> => enqueue(runtime, command, context, [], () => undefined);

/** As {@link enqueueTicket}, for a party: all who are in it when the ticket is written. Any member may.
 *  Further code: PARTY_NOT_FOUND, also for who is no member. */
export async function enqueueParty(
  runtime: CommandRuntime,
  command: Omit<EnqueueTicket, 'playerIds'> & { readonly partyId: PartyId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const partyUse = using(party, partyStream(context.tenant, command.partyId), 'condition');
  for (;;) {
    const members = membersOf(await loadState(runtime.log, runtime.states, partyUse));
    const others = members.filter((member) => member !== command.playerId);
    try {
      return await enqueue(
        runtime,
        { ...command, playerIds: [command.playerId, ...others] },
        context,
        [partyUse],
        (stateOf) => {
          const now = membersOf(stateOf(partyUse));
          if (now.join() !== members.join()) throw new PartyChanged();
          return now.includes(command.playerId) ? undefined : 'PARTY_NOT_FOUND';
        },
      );
    } catch (error) {
      if (!(error instanceof PartyChanged)) throw error;
    }
  }
}

/** Others are in the party than those whose seats were looked at: decide anew. */
class PartyChanged extends Error {
  override readonly name = 'PartyChanged';
}

/** @param refusal why the players may not queue, from the states of the conditions */
function enqueue(
  runtime: CommandRuntime,
  command: EnqueueTicket,
  context: CommandContext<null>,
  conditions: readonly StreamUse[],
  refusal: (stateOf: Parameters<Decide<null>>[0]) => string | undefined,
): Promise<Handled<null>> {
  const { ticketId, expiresAt: until } = command;
  const ticketUse = using(matchmakingTicket, ticketStream(context.tenant, ticketId), 'write', true);
  const seats = seatsOf(context.tenant, command.playerIds);
  const account = accountCondition(context.tenant, command.playerId);
  return handle<null>(
    runtime,
    [ticketUse, ...seats.map(({ use }) => use), account, ...conditions],
    (stateOf) => {
      if (!isActive(stateOf(account))) return refused('PLAYER_NOT_FOUND');
      const refusedBy = refusal(stateOf);
      if (refusedBy !== undefined) return refused(refusedBy);
      const enqueued = matchmakingTicket.decide(command, stateOf(ticketUse));
      if (enqueued.rejected !== undefined) return refused(enqueued.rejected);
      const events: (readonly [StreamUse, readonly DomainEvent[]])[] = [[ticketUse, enqueued.events]];
      for (const { playerId, use } of seats) {
        const taken = seat.decide({ type: 'TakeSeat', playerId, ticketId, until, now: context.now }, stateOf(use));
        if (taken.rejected !== undefined) return refused(taken.rejected);
        events.push([use, taken.events]);
      }
      return { events, outcome: { ok: true, value: null } };
    },
    context,
  );
}

const refused = (code: string): Decided<null> => ({ events: [], outcome: { ok: false, code } });

/** Takes a ticket back; its players may queue again at once. Codes: TICKET_NOT_FOUND, TICKET_ALREADY_MATCHED. */
export const cancelTicket = (
  runtime: CommandRuntime,
  command: { readonly ticketId: TicketId; readonly by: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> => closeTicket(runtime, { type: 'CancelTicket', ...command }, context);

/** Ends a ticket whose time is over; any other stays as it is. */
export const expireTicket = (
  runtime: CommandRuntime,
  ticketId: TicketId,
  context: CommandContext<null>,
): Promise<Handled<null>> => closeTicket(runtime, { type: 'ExpireTicket', ticketId, now: context.now }, context);

async function closeTicket(
  runtime: CommandRuntime,
  command: Parameters<typeof matchmakingTicket.decide>[0],
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant } = context;
  const { ticketId } = command;
  const ticketUse = using(matchmakingTicket, ticketStream(tenant, ticketId));
  const known = await knownTicket(runtime, ticketUse);
  const seats = seatsOf(tenant, known.phase === 'absent' ? [] : known.playerIds);
  return handle<null>(
    readingSeatsAnew(runtime, ticketUse.streamId),
    [ticketUse, ...seats.map(({ use }) => use)],
    (stateOf) => {
      // as it was when its players' seats were looked up
      const ticket = known.phase === 'absent' ? known : stateOf(ticketUse);
      const { events, rejected } = matchmakingTicket.decide(command, ticket);
      if (rejected !== undefined) return refused(rejected);
      if (events.length === 0) return { events: [], outcome: { ok: true, value: null } };
      const freed = seats.map(({ playerId, use }) => {
        const left = seat.decide({ type: 'FreeSeat', playerId, of: { ticketId } }, stateOf(use));
        return [use, left.events] as const;
      });
      return { events: [[ticketUse, events], ...freed], outcome: { ok: true, value: null } };
    },
    context,
  );
}

/** The ticket with its players and its party, which never change. */
export async function knownTicket(
  { log, states }: CommandRuntime,
  use: StreamUse<MatchmakingTicket>,
): Promise<MatchmakingTicket> {
  const known = await loadState(log, states, use);
  return known.phase === 'absent' ? loadState(log, states, use, true) : known;
}

/** A ticket as its stream has it now, for those who play with it. @returns null when it is not there for this player */
export async function findTicket(
  runtime: CommandRuntime,
  tenant: TenantId,
  ticketId: TicketId,
  playerId: PlayerId,
  now: number,
): Promise<{
  readonly status: 'queued' | 'matched' | 'cancelled' | 'expired';
  readonly matchId: string | null;
} | null> {
  const { log, states } = runtime;
  const ticket = await loadState(log, states, using(matchmakingTicket, ticketStream(tenant, ticketId)), true);
  if (ticket.phase === 'absent' || !ticket.playerIds.includes(playerId)) return null;
  const { phase, matchId } = ticket;
  if (phase !== 'open') return { status: phase, matchId };
  return { status: isOpenAt(ticket, now) ? 'queued' : 'expired', matchId };
}

/** A player's place as its stream has it now; one whose time is over is free. @param now milliseconds since 1970 */
export async function findSeat(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  playerId: PlayerId,
  now: number,
): Promise<Seat> {
  const found = await loadState(log, states, using(seat, seatStream(tenant, playerId)), true);
  return found.phase !== 'free' && now < found.until ? found : { phase: 'free' };
}
