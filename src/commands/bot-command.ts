import {
  type BotCommand,
  botCommand,
  type CompleteBotCommand,
  type FailBotCommand,
  type RequeueBotCommand,
} from '../aggregates/bot-command.ts';
import { parseBotText } from '../aggregates/bot-text.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { botCommandStream, type UpdateRef } from '../events/bot-command.ts';
import type { ContactId, PlayerId, TenantId } from '../events/ids.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Whose data key seals what a contact wrote: a contact has one of its own, as a player has. */
export const dataSubject = (contact: ContactId): PlayerId => contact as string as PlayerId;

/** What is sealed of an update. */
export type SealedUpdate = { readonly chatId: number; readonly argument: string };
export const sealedUpdateField = 'bot_update';

/** Takes what somebody wrote to a bot as a command. The same update again changes nothing, for ever.
 *  @throws PersonalDataErased when the contact's data key was deleted */
export async function queueBotCommand(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  update: UpdateRef & { readonly contactId: ContactId; readonly chatId: number; readonly text: string },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { bot, updateId, contactId, chatId, text } = update;
  const stream = using(botCommand, botCommandStream(context.tenant, update), 'write', true);
  const { command: name, argument } = parseBotText(text);
  const content: SealedUpdate = { chatId, argument };
  for (;;) {
    const sealer = await runtime.vault.forWriting(context.tenant, dataSubject(contactId));
    const sealed = sealer.encrypt(sealedUpdateField, JSON.stringify(content));
    const command = { type: 'QueueBotCommand', bot, updateId, contactId, command: name, sealed } as const;
    try {
      return await handle(
        runtime,
        [stream],
        (stateOf) => {
          const { events } = botCommand.decide(command, stateOf(stream));
          const dataKeys = sealer.newKey === null || events.length === 0 ? [] : [sealer.newKey];
          return { events: [[stream, events]], outcome: { ok: true, value: null }, dataKeys };
        },
        context,
      );
    } catch (error) {
      // The contact's first key was made by another update meanwhile: seal with that one.
      if (!(error instanceof DataKeyExists)) throw error;
    }
  }
}

/** Records what an attempt came to, or queues a dead command again. Codes: BOT_COMMAND_NOT_FOUND, BOT_COMMAND_NOT_DEAD. */
export function changeBotCommand(
  runtime: CommandRuntime,
  command: CompleteBotCommand | FailBotCommand | RequeueBotCommand,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(botCommand, botCommandStream(context.tenant, command));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = botCommand.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** A bot command as the log has it at this moment. */
export const readBotCommand = (runtime: CommandRuntime, tenant: TenantId, ref: UpdateRef): Promise<BotCommand> =>
  loadState(runtime.log, runtime.states, using(botCommand, botCommandStream(tenant, ref)), true);
