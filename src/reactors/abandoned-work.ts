import { changeBotCommand } from '../commands/bot-command.ts';
import { fileDeadLetter } from '../commands/dead-letter.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { changeDelivery } from '../commands/notification.ts';
import type { BotCommandEvent } from '../events/bot-command.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { NotificationId, PlayerId } from '../events/ids.ts';
import type { DeliveryEvent, ExternalChannel } from '../events/notification.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import { type DeadLetterRetry, RetryFailed } from './dead-letters.ts';
import { defineReactor, type Reactor } from './reactor.ts';

type Abandoned =
  | Extract<BotCommandEvent, { type: 'BotCommandAbandoned' }>
  | Extract<DeliveryEvent, { type: 'NotificationSendAbandoned' }>;

/** Files a dead letter for each bot command and each sending of a notification that was given up. */
export const abandonedWork = (runtime: CommandRuntime & { readonly vault: PersonalDataVault }): Reactor =>
  defineReactor<Abandoned>({
    name: 'abandoned-work',
    from: 'beginning',
    types: ['BotCommandAbandoned', 'NotificationSendAbandoned'],
    async react({ type, data, eventId }, reaction) {
      const { reason, attempt: attempts } = data;
      const payload: JsonObject =
        type === 'BotCommandAbandoned'
          ? { bot: data.bot, update_id: data.updateId }
          : { notification_id: data.notificationId, player_id: data.playerId, channel: data.channel };
      const source = type === 'BotCommandAbandoned' ? 'bot-command' : 'notification';
      await reaction.once((context) =>
        fileDeadLetter(runtime, { source, key: eventId, reason, attempts, payload }, context),
      );
    },
  });

/** Queues the bot command of a dead letter again. */
export const retryBotCommand =
  (runtime: CommandRuntime): DeadLetterRetry =>
  async ({ payload }, reaction) => {
    const { bot, update_id: updateId } = payload as { bot: string; update_id: number };
    const outcome = await reaction.once((context) =>
      changeBotCommand(runtime, { type: 'RequeueBotCommand', bot, updateId }, context),
    );
    if (!outcome.ok) throw new RetryFailed(outcome.code.toLowerCase());
  };

/** Queues the sending of a dead letter again. */
export const retrySending =
  (runtime: CommandRuntime): DeadLetterRetry =>
  async ({ payload }, reaction) => {
    const place = {
      notificationId: payload['notification_id'] as NotificationId,
      playerId: payload['player_id'] as PlayerId,
      channel: payload['channel'] as ExternalChannel,
    };
    const outcome = await reaction.once((context) =>
      changeDelivery(runtime, { type: 'RequeueSending', ...place }, context),
    );
    if (!outcome.ok) throw new RetryFailed(outcome.code.toLowerCase());
  };
