import { matchmakingTicket } from '../aggregates/matchmaking-ticket.ts';
import { membersOf, party } from '../aggregates/party.ts';
import type { PartyId, PlayerId } from '../events/ids.ts';
import { ticketStream } from '../events/matchmaking-ticket.ts';
import { partyStream } from '../events/party.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { cancelTicket, findSeat } from './matchmaking.ts';
import { loadState, using } from './stream-use.ts';

/** Takes back the ticket that somebody who is no longer in a party still waits with for it; nothing when there is none.
 *  Code: TICKET_ALREADY_MATCHED. */
export async function cancelTicketOfParty(
  runtime: CommandRuntime,
  { partyId, playerId }: { readonly partyId: PartyId; readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { log, states } = runtime;
  const { tenant, now } = context;
  const seat = await findSeat(runtime, tenant, playerId, now);
  if (seat.phase === 'queued') {
    const { ticketId } = seat;
    const ticket = await loadState(log, states, using(matchmakingTicket, ticketStream(tenant, ticketId)), true);
    const members = membersOf(await loadState(log, states, using(party, partyStream(tenant, partyId)), true));
    if (ticket.phase === 'open' && ticket.partyId === partyId && !members.includes(playerId))
      return cancelTicket(runtime, { ticketId, by: playerId }, context);
  }
  return handle<null>(runtime, [], () => ({ events: [], outcome: { ok: true, value: null } }), context);
}
