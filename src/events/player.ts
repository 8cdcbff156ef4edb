import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { playerIdField, sealedField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** Stream `player-<tenant>_<player>`: the account. */
export const playerEvents = {
  PlayerRegistered: { version: 1, schema: z.object({ playerId: playerIdField, method: z.enum(['device']) }) },
  DisplayNameChanged: { version: 1, schema: z.object({ playerId: playerIdField, displayName: sealedField }) },
  /** From here on the erasure happens, whatever breaks in between. */
  PersonalDataErasureRequested: { version: 1, schema: z.object({ playerId: playerIdField }) },
  /** The player's data key is gone: nothing sealed with it can be read any more, here and in every copy. */
  PersonalDataErased: define({
    version: 1,
    schema: z.object({ playerId: playerIdField }),
    message: ({ playerId }) => ({ aggregateType: 'player', aggregateId: playerId, payload: { player_id: playerId } }),
  }),
} satisfies Record<string, EventDefinition>;

export type PlayerEvent = EventsOf<typeof playerEvents>;

export const playerStream = (tenant: TenantId, player: PlayerId) => streamId('player', tenant, player);
