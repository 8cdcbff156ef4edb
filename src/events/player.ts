import { z } from 'zod';
import type { EventDefinition, EventsOf } from './definition.ts';
import { playerIdField, sealedField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** Stream `player-<tenant>_<player>`: the account. */
export const playerEvents = {
  PlayerRegistered: { version: 1, schema: z.object({ playerId: playerIdField, method: z.enum(['device']) }) },
  DisplayNameChanged: { version: 1, schema: z.object({ playerId: playerIdField, displayName: sealedField }) },
} satisfies Record<string, EventDefinition>;

export type PlayerEvent = EventsOf<typeof playerEvents>;

export const playerStream = (tenant: TenantId, player: PlayerId) => streamId('player', tenant, player);
