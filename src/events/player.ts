import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, playerIdField, sealedField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** Tiers that are granted, the lowest first; whoever has none of them is `free`. */
export const paidTiers = ['silver', 'gold'] as const;
export type PaidTier = (typeof paidTiers)[number];
export type Tier = 'free' | PaidTier;

/** What a player signs in with. */
export const signInMethods = ['device', 'email', 'social'] as const;
export type SignInMethod = (typeof signInMethods)[number];
/** `credential` = the hash in the name of its stream. */
const credential = { method: z.enum(signInMethods), credential: z.string().min(1).max(128) };

/** Stream `player-<tenant>_<player>`: the account. */
export const playerEvents = {
  PlayerRegistered: { version: 1, schema: z.object({ playerId: playerIdField, method: z.enum(signInMethods) }) },
  DisplayNameChanged: { version: 1, schema: z.object({ playerId: playerIdField, displayName: sealedField }) },
  /** The player has this tier from now on until `expiresAt` (null = for good); the highest that has not expired counts. */
  EntitlementGranted: define({
    version: 1,
    schema: z.object({ playerId: playerIdField, tier: z.enum(paidTiers), expiresAt: instantField.nullable() }),
    message: ({ playerId, tier, expiresAt }) => ({
      aggregateType: 'player',
      aggregateId: playerId,
      payload: { player_id: playerId, tier, expires_at: expiresAt },
    }),
  }),
  EntitlementRevoked: define({
    version: 1,
    schema: z.object({ playerId: playerIdField, tier: z.enum(paidTiers) }),
    message: ({ playerId, tier }) => ({
      aggregateType: 'player',
      aggregateId: playerId,
      payload: { player_id: playerId, tier },
    }),
  }),
  /** One more thing that the player signs in with. Beside these, whoever registered with a device has that one. */
  CredentialLinked: { version: 1, schema: z.object({ playerId: playerIdField, ...credential }) },
  CredentialUnlinked: { version: 1, schema: z.object({ playerId: playerIdField, ...credential }) },
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
