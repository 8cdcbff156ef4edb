import { z } from 'zod';
import { contactIdField } from './bot-command.ts';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, playerIdField } from './fields.ts';
import { type ContactId, streamId, type TenantId } from './ids.ts';

/** Stream `botcontact-<tenant>_<contact>`: which player somebody who writes to a bot is. */
export const botContactEvents = {
  BotContactLinked: define({
    version: 1,
    schema: z.object({ contactId: contactIdField, playerId: playerIdField }),
  }),
  BotContactUnlinked: define({ version: 1, schema: z.object({ contactId: contactIdField }) }),
} satisfies Record<string, EventDefinition>;

export type BotContactEvent = EventsOf<typeof botContactEvents>;

export const botContactStream = (tenant: TenantId, contact: ContactId) => streamId('botcontact', tenant, contact);

/** Stream `linkcode-<tenant>_<hash of the code>`: a code that a player gives to the bot, once. */
export const linkCodeEvents = {
  LinkCodeIssued: define({
    version: 1,
    schema: z.object({ playerId: playerIdField, expiresAt: instantField }),
  }),
  LinkCodeUsed: define({ version: 1, schema: z.object({ contactId: contactIdField }) }),
} satisfies Record<string, EventDefinition>;

export type LinkCodeEvent = EventsOf<typeof linkCodeEvents>;

export const linkCodeStream = (tenant: TenantId, codeHash: string) => streamId('linkcode', tenant, codeHash);
