import type { MatchId, PartyId, PlayerId, TicketId } from '../events/ids.ts';
import type { MatchmakingTicketEvent } from '../events/matchmaking-ticket.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A wish to be put into a match.
 *  @property partyId   the party that plays with it: all of `playerIds` were in it
 *  @property expiresAt milliseconds since 1970 */
export type MatchmakingTicket =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open' | 'matched' | 'cancelled' | 'expired';
      readonly playerIds: readonly PlayerId[];
      readonly partyId: PartyId | null;
      readonly modes: readonly string[];
      readonly expiresAt: number;
      readonly matchId: MatchId | null;
    };

/** How many can play with one ticket in a mode. */
export type ModeSize = { readonly name: string; readonly teamSize: number };

/** @property modesKnown those that the operator offers
 *  @property expiresAt  RFC 3339 UTC */
export type EnqueueTicket = {
  readonly type: 'EnqueueTicket';
  readonly ticketId: TicketId;
  readonly playerId: PlayerId;
  readonly playerIds: readonly PlayerId[];
  readonly partyId: PartyId | null;
  readonly skill: number;
  readonly modes: readonly string[];
  readonly modesKnown: readonly ModeSize[];
  readonly expiresAt: string;
};
/** @property by a player of the ticket; others may not even know that it is there */
export type CancelTicket = { readonly type: 'CancelTicket'; readonly ticketId: TicketId; readonly by: PlayerId };
export type MatchTicket = {
  readonly type: 'MatchTicket';
  readonly ticketId: TicketId;
  readonly matchId: MatchId;
  readonly mode: string;
  readonly now: number;
};
export type ExpireTicket = { readonly type: 'ExpireTicket'; readonly ticketId: TicketId; readonly now: number };

export type TicketRejection =
  | 'MODE_UNKNOWN'
  | 'PARTY_TOO_LARGE'
  | 'TICKET_NOT_FOUND'
  | 'TICKET_ALREADY_MATCHED'
  | 'TICKET_NOT_OPEN';

export const matchmakingTicket: Decider<
  MatchmakingTicket,
  EnqueueTicket | CancelTicket | MatchTicket | ExpireTicket,
  MatchmakingTicketEvent,
  TicketRejection
> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'TicketEnqueued') {
      const { playerIds, partyId, modes, expiresAt } = data;
      return { phase: 'open', playerIds, partyId, modes, expiresAt: Date.parse(expiresAt), matchId: null };
    }
    if (state.phase === 'absent') return state;
    if (type === 'TicketMatched') return { ...state, phase: 'matched', matchId: data.matchId };
    return { ...state, phase: type === 'TicketCancelled' ? 'cancelled' : 'expired' };
  },

  decide(command, state) {
    const { ticketId } = command;
    switch (command.type) {
      case 'EnqueueTicket': {
        if (state.phase !== 'absent') return accept();
        const { playerId, partyId, skill, expiresAt } = command;
        const [playerIds, modes] = [[...command.playerIds], [...command.modes]];
        for (const mode of modes) {
          const known = command.modesKnown.find(({ name }) => name === mode);
          if (known === undefined) return reject('MODE_UNKNOWN');
          if (playerIds.length > known.teamSize) return reject('PARTY_TOO_LARGE');
        }
        return accept({
          type: 'TicketEnqueued',
          data: { ticketId, playerId, playerIds, partyId, skill, modes, expiresAt },
        });
      }
      case 'CancelTicket':
        if (state.phase === 'absent' || !state.playerIds.includes(command.by)) return reject('TICKET_NOT_FOUND');
        if (state.phase === 'matched') return reject('TICKET_ALREADY_MATCHED');
        return state.phase === 'open' ? accept({ type: 'TicketCancelled', data: { ticketId } }) : accept();
      case 'MatchTicket': {
        const { matchId, mode } = command;
        if (state.phase === 'matched' && state.matchId === matchId) return accept();
        if (!isOpenAt(state, command.now)) return reject('TICKET_NOT_OPEN');
        return accept({ type: 'TicketMatched', data: { ticketId, matchId, mode } });
      }
      case 'ExpireTicket': {
        const isOver = state.phase === 'open' && command.now >= state.expiresAt;
        return isOver ? accept({ type: 'TicketExpired', data: { ticketId } }) : accept();
      }
    }
  },
};

/** Whether a ticket can still be matched. @param now milliseconds since 1970 */
export const isOpenAt = (state: MatchmakingTicket, now: number): boolean =>
  state.phase === 'open' && now < state.expiresAt;
