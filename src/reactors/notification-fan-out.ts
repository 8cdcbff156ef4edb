import type { CommandRuntime } from '../commands/handle.ts';
import { addressNotification, playersInOneAppend } from '../commands/notification.ts';
import type { NotificationEvent } from '../events/notification.ts';
import { defineReactor, type Reactor } from './reactor.ts';

/** Sends each queued notification on its way to its players. */
export const notificationFanOut = (runtime: CommandRuntime): Reactor =>
  defineReactor<NotificationEvent>({
    name: 'notification-fan-out',
    from: 'beginning',
    types: ['NotificationQueued'],
    batchSize: 10,
    async react({ data }, reaction) {
      for (let from = 0; from < data.recipients.length; from += playersInOneAppend)
        await reaction.once((context) => addressNotification(runtime, data, from, context), from);
    },
  });
