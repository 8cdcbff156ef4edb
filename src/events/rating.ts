import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { matchIdField, modeField, playerIdField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

const beliefField = z.object({ mu: z.number(), sigma: z.number().positive() });

/** Stream `rating-<tenant>_<mode>_<player>`: what is believed of a player's strength in a mode. */
export const ratingEvents = {
  /** @property rating the belief as players see it */
  RatingChanged: define({
    version: 1,
    schema: z.object({
      playerId: playerIdField,
      mode: modeField,
      matchId: matchIdField,
      belief: beliefField,
      previous: beliefField.nullable(),
      rating: z.int(),
      matches: z.int().min(1),
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type RatingEvent = EventsOf<typeof ratingEvents>;

export const ratingStream = (tenant: TenantId, mode: string, player: PlayerId) =>
  streamId('rating', tenant, mode, player);
