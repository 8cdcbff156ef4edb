import type { CommandRuntime } from '../commands/handle.ts';
import { cancelTicketOfParty } from '../commands/party-ticket.ts';
import type { PartyEvent } from '../events/party.ts';
import { defineReactor, type Reactor } from './reactor.ts';

/** Takes a party's ticket back when somebody who waits with it leaves the party or is sent away. Until then no match is made of it: the party
 *  is a condition of each match. */
export const partyTickets = (runtime: CommandRuntime): Reactor =>
  defineReactor<Extract<PartyEvent, { type: 'PartyMemberLeft' | 'PartyMemberKicked' }>>({
    name: 'party-tickets',
    from: 'first start',
    types: ['PartyMemberLeft', 'PartyMemberKicked'],
    async react({ data: { partyId, playerId } }, reaction) {
      await reaction.once((context) => cancelTicketOfParty(runtime, { partyId, playerId }, context));
    },
  });
