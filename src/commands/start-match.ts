import { battleMatch } from '../aggregates/battle-match.ts';
import { matchmakingTicket } from '../aggregates/matchmaking-ticket.ts';
import { seat } from '../aggregates/seat.ts';
import { matchStream } from '../events/battle-match.ts';
import type { DomainEvent } from '../events/catalogue.ts';
import type { MatchId, PlayerId, TicketId } from '../events/ids.ts';
import { ticketStream } from '../events/matchmaking-ticket.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { seatsOf } from './matchmaking.ts';
import { type StreamUse, using } from './stream-use.ts';

/** @property teams  tickets by team
 *  @property endsBy RFC 3339 UTC */
export type MatchTickets = {
  readonly matchId: MatchId;
  readonly mode: string;
  readonly teams: readonly (readonly { readonly ticketId: TicketId; readonly playerIds: readonly PlayerId[] }[])[];
  readonly endsBy: string;
};

const notOpen: Handled<null> = { outcome: { ok: false, code: 'TICKET_NOT_OPEN' }, events: [] };

/** Starts a match with tickets that are all still open, whose players all still wait with them: one append, or nothing.
 *  Whoever proposes, and however many do: a ticket is in one match, and so is a player. Code: TICKET_NOT_OPEN. */
export function startMatch(
  runtime: CommandRuntime,
  { matchId, mode, teams, endsBy }: MatchTickets,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant, now } = context;
  const players = teams.flat().flatMap(({ playerIds }) => playerIds);
  // somebody's last ticket, of which the proposer has not heard that it was closed, and the next one
  if (new Set(players).size < players.length) return Promise.resolve(notOpen);
  const matchUse = using(battleMatch, matchStream(tenant, matchId), 'write', true);
  const tickets = teams.flat().map(({ ticketId, playerIds }) => ({
    ticketId,
    use: using(matchmakingTicket, ticketStream(tenant, ticketId)),
    seats: seatsOf(tenant, playerIds),
  }));
  return handle<null>(
    runtime,
    [matchUse, ...tickets.flatMap(({ use, seats }) => [use, ...seats.map((each) => each.use)])],
    (stateOf) => {
      const events: (readonly [StreamUse, readonly DomainEvent[]])[] = [];
      for (const { ticketId, use, seats } of tickets) {
        const matched = matchmakingTicket.decide({ type: 'MatchTicket', ticketId, matchId, mode, now }, stateOf(use));
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
