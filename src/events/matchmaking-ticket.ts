import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, matchIdField, modeField, partyIdField, playerIdField, ticketIdField } from './fields.ts';
import { streamId, type TenantId, type TicketId } from './ids.ts';

/** Stream `ticket-<tenant>_<ticket>`: the wish of a player, or of a party, to be put into a match. */
export const matchmakingTicketEvents = {
  /** `playerIds` are all who play with it, `playerId` first, who asked. */
  TicketEnqueued: define({
    version: 1,
    schema: z.object({
      ticketId: ticketIdField,
      playerId: playerIdField,
      playerIds: z.array(playerIdField).min(1),
      partyId: partyIdField.nullable(),
      skill: z.int(),
      modes: z.array(modeField).min(1),
      expiresAt: instantField,
    }),
  }),
  TicketMatched: define({
    version: 1,
    schema: z.object({ ticketId: ticketIdField, matchId: matchIdField, mode: modeField }),
  }),
  TicketCancelled: define({ version: 1, schema: z.object({ ticketId: ticketIdField }) }),
  TicketExpired: define({ version: 1, schema: z.object({ ticketId: ticketIdField }) }),
} satisfies Record<string, EventDefinition>;

export type MatchmakingTicketEvent = EventsOf<typeof matchmakingTicketEvents>;

export const ticketStream = (tenant: TenantId, ticket: TicketId) => streamId('ticket', tenant, ticket);
