import { z } from 'zod';
import { idempotencyKeyField } from './fields.ts';

const exampleRefreshToken = '9065d1f0…';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Nakama's rule for device ids: 10 to 128 bytes, no white space, no control characters. */
export const deviceId = z
  .string()
  .regex(/^[^\s\p{Cc}\p{Cs}]{1,128}$/u, 'must hold no white space and no control characters')
  .refine((id) => bytes(id) >= 10 && bytes(id) <= 128, 'must be 10 to 128 bytes')
  .meta({ description: '10 to 128 bytes without white space or control characters.', example: 'a1b2c3d4-e5f6-device' });

export const deviceBody = z.strictObject({
  device_id: deviceId,
  uid: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .meta({ description: "Links the device to this account; needs that account's Bearer token." }),
  idempotency_key: idempotencyKeyField,
});

export const refreshBody = z.strictObject({
  refresh_token: z
    .string()
    .min(1)
    .max(512)
    .meta({ description: 'From the last sign-in or refresh.', example: exampleRefreshToken }),
  idempotency_key: idempotencyKeyField,
});

/** What every sign-in may be refused with. */
export const signInErrors = ['CLIENT_KEY_UNKNOWN', 'FORBIDDEN', 'PLAYER_NOT_FOUND', 'IDEMPOTENCY_KEY_EXPIRED'] as const;

export const authResponse = z.object({
  player_id: z.uuid().meta({ example: '0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e' }),
  nakama_token: z
    .string()
    .meta({ description: 'A session of the Nakama server.', example: 'eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…' }),
  session_token: z
    .string()
    .meta({ description: 'Bearer token for this API.', example: 'eyJhbGciOiJIUzI1NiIsImtpZCI6…' }),
  refresh_token: z
    .string()
    .meta({ description: 'Counts once, for POST /v1/auth/refresh.', example: exampleRefreshToken }),
  expires_in: z.int().meta({ description: 'Seconds until the session token expires.', example: 7200 }),
});

export const endedResponse = z.object({ signed_out: z.literal(true) });
