import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { deviceHashField, instantField, playerIdField, sealedField, sessionIdField } from './fields.ts';
import { type SessionId, streamId, type TenantId } from './ids.ts';
import { signInMethods } from './player.ts';

/** Stream `session-<tenant>_<session>`: one sign-in and its family of refresh tokens. */
export const sessionEvents = {
  PlayerAuthenticated: define({
    version: 1,
    schema: z.object({
      sessionId: sessionIdField,
      playerId: playerIdField,
      method: z.enum(signInMethods),
      /** null = signed in without a device. */
      deviceHash: deviceHashField.nullable(),
      /** Sealed JSON `{ ip, userAgent }` of the caller. */
      client: sealedField.nullable(),
      refreshHash: z.string().min(1),
      refreshExpiresAt: instantField,
      familyExpiresAt: instantField,
    }),
    message: ({ playerId, sessionId, method }) => ({
      aggregateType: 'player',
      aggregateId: playerId,
      payload: { player_id: playerId, session_id: sessionId, method },
    }),
  }),
  SessionRefreshed: {
    version: 1,
    schema: z.object({
      sessionId: sessionIdField,
      playerId: playerIdField,
      refreshHash: z.string().min(1),
      refreshExpiresAt: instantField,
    }),
  },
  SessionRevoked: {
    version: 1,
    schema: z.object({
      sessionId: sessionIdField,
      playerId: playerIdField,
      reason: z.enum(['erasure', 'logout', 'password_reset', 'refresh_token_reused', 'revoked']),
      /** From then on no session token of this session is valid anyway. */
      tokensExpireAt: instantField,
    }),
  },
} satisfies Record<string, EventDefinition>;

export type SessionEvent = EventsOf<typeof sessionEvents>;

export const sessionStream = (tenant: TenantId, session: SessionId) => streamId('session', tenant, session);
