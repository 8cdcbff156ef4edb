import { z } from 'zod';
import type { EventDefinition, EventsOf } from './definition.ts';
import { deviceHashField, playerIdField } from './fields.ts';
import { type DeviceHash, streamId, type TenantId } from './ids.ts';

/** Stream `device-<tenant>_<hash>`: names the player a device signs in as. */
export const deviceEvents = {
  DeviceLinked: {
    version: 1,
    /** `generation` counts the links of this device, so that a player made by a later one is another player. */
    schema: z.object({ deviceHash: deviceHashField, playerId: playerIdField, generation: z.int().min(1) }),
  },
  /** The device signs in as nobody; its next use makes a new player. */
  DeviceUnlinked: {
    version: 1,
    schema: z.object({ deviceHash: deviceHashField, playerId: playerIdField, reason: z.enum(['player', 'erasure']) }),
  },
} satisfies Record<string, EventDefinition>;

export type DeviceEvent = EventsOf<typeof deviceEvents>;

export const deviceStream = (tenant: TenantId, hash: DeviceHash) => streamId('device', tenant, hash);
