import { battleMatch } from '../aggregates/battle-match.ts';
import { matchmakingTicket } from '../aggregates/matchmaking-ticket.ts';
import { membersOf, party } from '../aggregates/party.ts';
import { seat } from '../aggregates/seat.ts';
import { matchStream } from '../events/battle-match.ts';
import type { DomainEvent } from '../events/catalogue.ts';
import type { MatchId, PlayerId, TicketId } from '../events/ids.ts';
import { ticketStream } from '../events/matchmaking-ticket.ts';
import { partyStream } from '../events/party.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { knownTicket, seatsOf } from './matchmaking.ts';
import { type StreamUse, using } from './stream-use.ts';

/** @property teams  tickets by team
 *  @property endsBy RFC 3339 UTC */
export type MatchTickets = {
  readonly matchId: MatchId;
  readonly mode: string;
  readonly teams: readonly (readonly { readonly ticketId: TicketId; readonly playerIds: readonly PlayerId[] }[])[];
  readonly endsBy: string;
};

const notOpen = { outcome: { ok: false, code: 'TICKET_NOT_OPEN' }, events: [] } as const;

/** Starts a match with tickets that are all still open, whose players all still wait with them, and are still in the party that the ticket
 *  is for: one append, or nothing.
 *  Whoever proposes, and however many do: a ticket is in one match, and so is a player. Code: TICKET_NOT_OPEN. */
export async function startMatch(
  runtime: CommandRuntime,
  { matchId, mode, teams, endsBy }: MatchTickets,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant, now } = context;
  const players = teams.flat().flatMap(({ playerIds }) => playerIds);
  // somebody's last ticket, of which the proposer has not heard that it was closed, and the next one
  if (new Set(players).size < players.length) return notOpen;
  const matchUse = using(battleMatch, matchStream(tenant, matchId), 'write', true);
  const tickets = await Promise.all(
    teams.flat().map(async ({ ticketId, playerIds }) => {
      const use = using(matchmakingTicket, ticketStream(tenant, ticketId));
      const ticket = await knownTicket(runtime, use);
      const partyId = ticket.phase === 'absent' ? null : ticket.partyId;
      return { ticketId, use, partyId, seats: seatsOf(tenant, playerIds) };
    }),
  );
  const parties = new Map(
    tickets.flatMap(({ partyId }) =>
      partyId === null ? [] : [[partyId, using(party, partyStream(tenant, partyId), 'condition')] as const],
    ),
  );
  return handle<null>(
    runtime,
    [matchUse, ...tickets.flatMap(({ use, seats }) => [use, ...seats.map((each) => each.use)]), ...parties.values()],
    (stateOf) => {
      const events: (readonly [StreamUse, readonly DomainEvent[]])[] = [];
      for (const { ticketId, use, partyId, seats } of tickets) {
        const ticket = stateOf(use);
        // enqueued since its party was looked up
        if (ticket.phase !== 'absent' && ticket.partyId !== partyId) return notOpen;
        const partyUse = partyId === null ? undefined : parties.get(partyId);
        const members = partyUse && membersOf(stateOf(partyUse));
        if (members !== undefined && !seats.every(({ playerId }) => members.includes(playerId))) return notOpen;
        const matched = matchmakingTicket.decide({ type: 'MatchTicket', ticketId, matchId, mode, now }, ticket);
        if (matched.rejected !== undefined) return { events: [], outcome: { ok: false, code: matched.rejected } };
        events.push([use, matched.events]);
        for (const { playerId, use: seatUse } of seats) {
          const moved = seat.decide({ type: 'MoveSeat', playerId, ticketId, matchId, until: endsBy }, stateOf(seatUse));
          if (moved.rejected !== undefined) return { events: [], outcome: { ok: false, code: moved.rejected } };
          events.push([seatUse, moved.events]);
        }
      }
      const started = battleMatch.decide(
        {
          type: 'StartMatch',
          matchId,
          mode,
          endsBy,
          teams: teams.map((each, index) => ({
            team: index + 1,
            players: each.flatMap(({ playerIds }) => playerIds),
          })),
        },
        stateOf(matchUse),
      );
      return { events: [...events, [matchUse, started.events]], outcome: { ok: true, value: null } };
    },
    context,
  );
}
