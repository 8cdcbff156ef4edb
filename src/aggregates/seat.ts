import type { MatchId, PlayerId, TicketId } from '../events/ids.ts';
import type { SeatEvent } from '../events/seat.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A player's one place, in the queue or in a match. @property until milliseconds since 1970, from when it is free anyway */
export type Seat =
  | { readonly phase: 'free' }
  | { readonly phase: 'queued'; readonly ticketId: TicketId; readonly until: number }
  | { readonly phase: 'playing'; readonly ticketId: TicketId; readonly matchId: MatchId; readonly until: number };

/** @property now   milliseconds since 1970
 *  @property until RFC 3339 UTC */
export type TakeSeat = {
  readonly type: 'TakeSeat';
  readonly playerId: PlayerId;
  readonly ticketId: TicketId;
  readonly until: string;
  readonly now: number;
};
export type MoveSeat = {
  readonly type: 'MoveSeat';
  readonly playerId: PlayerId;
  readonly ticketId: TicketId;
  readonly matchId: MatchId;
  readonly until: string;
};
/** Gives the seat up if it is still that of the ticket, or of the match. */
export type FreeSeat = {
  readonly type: 'FreeSeat';
  readonly playerId: PlayerId;
  readonly of: { readonly ticketId: TicketId } | { readonly matchId: MatchId };
};
export type SeatRejection = 'ALREADY_QUEUED' | 'ALREADY_IN_MATCH' | 'TICKET_NOT_OPEN';

export const seat: Decider<Seat, TakeSeat | MoveSeat | FreeSeat, SeatEvent, SeatRejection> = {
  initial: { phase: 'free' },

  evolve(_, { type, data }) {
    if (type === 'SeatFreed') return { phase: 'free' };
    const { ticketId } = data;
    const until = Date.parse(data.until);
    if (type === 'SeatQueued') return { phase: 'queued', ticketId, until };
    return { phase: 'playing', ticketId, matchId: data.matchId, until };
  },

  decide(command, state) {
    const { playerId } = command;
    switch (command.type) {
      case 'TakeSeat': {
        const { ticketId, until } = command;
        if (state.phase === 'queued' && state.ticketId === ticketId) return accept();
        if (state.phase !== 'free' && command.now < state.until)
          return reject(state.phase === 'queued' ? 'ALREADY_QUEUED' : 'ALREADY_IN_MATCH');
        return accept({ type: 'SeatQueued', data: { playerId, ticketId, until } });
      }
      case 'MoveSeat': {
        const { ticketId, matchId, until } = command;
        if (state.phase === 'playing' && state.matchId === matchId) return accept();
        if (state.phase !== 'queued' || state.ticketId !== ticketId) return reject('TICKET_NOT_OPEN');
        return accept({ type: 'SeatMatched', data: { playerId, ticketId, matchId, until } });
      }
      case 'FreeSeat':
        return accept(...freed(command, state));
    }
  },
};

function freed({ playerId, of }: FreeSeat, state: Seat): readonly SeatEvent[] {
  if (state.phase === 'free') return [];
  const { ticketId } = state;
  if ('matchId' in of)
    return state.phase === 'playing' && state.matchId === of.matchId
      ? [{ type: 'SeatFreed', data: { playerId, ticketId, matchId: of.matchId } }]
      : [];
  return state.phase === 'queued' && ticketId === of.ticketId
    ? [{ type: 'SeatFreed', data: { playerId, ticketId, matchId: null } }]
    : [];
}
