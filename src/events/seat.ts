import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, matchIdField, playerIdField, ticketIdField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** Stream `seat-<tenant>_<player>`: the one place that a player has, in the queue or in a match. What takes or gives it up
 *  is appended together with the ticket's or the match's own events, so nobody is in two. */
export const seatEvents = {
  /** Taken for a ticket; free again from `until` on, whatever happens. */
  SeatQueued: define({
    version: 1,
    schema: z.object({ playerId: playerIdField, ticketId: ticketIdField, until: instantField }),
  }),
  /** The ticket was matched; free again from `until` on, whatever happens. */
  SeatMatched: define({
    version: 1,
    schema: z.object({
      playerId: playerIdField,
      ticketId: ticketIdField,
      matchId: matchIdField,
      until: instantField,
    }),
  }),
  /** Given up: the ticket was withdrawn or ran out (`matchId` null), or the match ended for this player. */
  SeatFreed: define({
    version: 1,
    schema: z.object({ playerId: playerIdField, ticketId: ticketIdField, matchId: matchIdField.nullable() }),
  }),
} satisfies Record<string, EventDefinition>;

export type SeatEvent = EventsOf<typeof seatEvents>;

export const seatStream = (tenant: TenantId, player: PlayerId) => streamId('seat', tenant, player);
