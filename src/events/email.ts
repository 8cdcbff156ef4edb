import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { emailHashField, instantField, playerIdField, sealedField } from './fields.ts';
import { type EmailHash, streamId, type TenantId } from './ids.ts';

const whose = { emailHash: emailHashField, playerId: playerIdField };

/** Stream `email-<tenant>_<hash>`: the player who signs in with an e-mail address. The address and what checks its password stand there
 *  sealed with the player's data key. */
export const emailEvents = {
  /** `generation` counts the players that the address has had. */
  EmailClaimed: define({
    version: 1,
    schema: z.object({ ...whose, generation: z.int().min(1), address: sealedField, password: sealedField }),
  }),
  EmailVerified: define({ version: 1, schema: z.object(whose) }),
  EmailPasswordChanged: define({ version: 1, schema: z.object({ ...whose, password: sealedField }) }),
  /** The address is free again; `unproven` = it was never verified, and whoever has the mailbox asked for it. */
  EmailReleased: define({
    version: 1,
    schema: z.object({ ...whose, reason: z.enum(['erasure', 'player', 'unproven']) }),
  }),
} satisfies Record<string, EventDefinition>;

export type EmailEvent = EventsOf<typeof emailEvents>;

export const emailStream = (tenant: TenantId, hash: EmailHash) => streamId('email', tenant, hash);

/** What a code that was sent by e-mail is good for. */
export const codePurposes = ['reset', 'verify'] as const;
export type CodePurpose = (typeof codePurposes)[number];

/** Stream `emailcode-<tenant>_<hash of the code>`: a code that was sent to an address, good once. */
export const emailCodeEvents = {
  /** `passwords` = how often the password had been set: with another one the code is void. */
  EmailCodeIssued: define({
    version: 1,
    schema: z.object({
      ...whose,
      purpose: z.enum(codePurposes),
      passwords: z.int().min(1),
      expiresAt: instantField,
    }),
  }),
  EmailCodeUsed: define({ version: 1, schema: z.object(whose) }),
} satisfies Record<string, EventDefinition>;

export type EmailCodeEvent = EventsOf<typeof emailCodeEvents>;

export const emailCodeStream = (tenant: TenantId, codeHash: string) => streamId('emailcode', tenant, codeHash);

/** Stream `emailcoderequest-<tenant>_<request>`: somebody asked for a code by e-mail. */
export const emailCodeRequestEvents = {
  /** `emailHash` is null when nobody had the address: then there is nothing to send, and nothing is kept of it. */
  EmailCodeRequested: define({
    version: 1,
    schema: z.object({ emailHash: emailHashField.nullable(), purpose: z.enum(codePurposes) }),
  }),
} satisfies Record<string, EventDefinition>;

export type EmailCodeRequestEvent = EventsOf<typeof emailCodeRequestEvents>;

export const emailCodeRequestStream = (tenant: TenantId, requestId: string) =>
  streamId('emailcoderequest', tenant, requestId);
