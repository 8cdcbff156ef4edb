import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, sealedField } from './fields.ts';
import { type ContactId, streamId, type TenantId } from './ids.ts';

export const contactIdField = z.uuid() as unknown as z.ZodType<ContactId, string>;
const update = { bot: z.string().regex(/^[a-z0-9-]{1,32}$/), updateId: z.int() };
/** One word of ours for what kept an attempt from succeeding; never what somebody wrote. */
export const reasonField = z.string().regex(/^[a-z0-9_]{1,40}$/);

/** Stream `botcommand-<tenant>_<bot>_<update id>`: one for each update, so that its first version is its own dedupe.
 *
 *  In clear stand the bot, the update's number, which command it is and a pseudonym of the sender; chat, language and what was
 *  written are sealed with the sender's own data key (docs/decisions/0012-bots-and-notifications.md). */
export const botCommandEvents = {
  BotCommandQueued: define({
    version: 1,
    schema: z.object({
      ...update,
      contactId: contactIdField,
      command: z.string().regex(/^[a-z]{1,20}$/),
      sealed: sealedField,
    }),
    message: ({ bot, updateId, command }) => ({
      aggregateType: 'bot_command',
      aggregateId: `${bot}/${updateId}`,
      payload: { bot, update_id: updateId, command },
    }),
  }),
  BotCommandCompleted: define({
    version: 1,
    schema: z.object({ ...update, result: reasonField, reply: z.enum(['sent', 'recorded', 'none']) }),
  }),
  BotCommandFailed: define({
    version: 1,
    schema: z.object({ ...update, attempt: z.int().min(1), reason: reasonField, retryAt: instantField }),
  }),
  BotCommandAbandoned: define({
    version: 1,
    schema: z.object({ ...update, attempt: z.int().min(1), reason: reasonField }),
  }),
  BotCommandRequeued: define({ version: 1, schema: z.object(update) }),
} satisfies Record<string, EventDefinition>;

export type BotCommandEvent = EventsOf<typeof botCommandEvents>;

/** An update of a bot: what dedupe counts by. */
export type UpdateRef = { readonly bot: string; readonly updateId: number };

export const botCommandStream = (tenant: TenantId, { bot, updateId }: UpdateRef) =>
  streamId('botcommand', tenant, bot, String(updateId));
