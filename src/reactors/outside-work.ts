import type { BotCommandEvent } from '../events/bot-command.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { DeliveryEvent } from '../events/notification.ts';
import type { DueJob, Job, JobQueue } from '../ports/jobs.ts';
import { defineReactor, type Reactor } from './reactor.ts';

type Event = Extract<
  BotCommandEvent | DeliveryEvent,
  {
    type:
      | 'BotCommandQueued'
      | 'BotCommandFailed'
      | 'BotCommandRequeued'
      | 'NotificationAddressed'
      | 'NotificationSendFailed'
      | 'NotificationSendRequeued';
  }
>;

/** Hands what is to be done outside to the queue of jobs, as soon as it stands in the log. What the queue loses is found again by
 *  the agendas of lost work. */
export const outsideWork = (jobs: JobQueue): Reactor =>
  defineReactor<Event>({
    name: 'outside-work',
    from: 'first start',
    types: [
      'BotCommandQueued',
      'BotCommandFailed',
      'BotCommandRequeued',
      'NotificationAddressed',
      'NotificationSendFailed',
      'NotificationSendRequeued',
    ],
    react: (event) => jobs.add(jobsOf(event)),
  });

function jobsOf(event: RecordedEvent<Event>): readonly DueJob[] {
  const { type, tenant, data } = event;
  const now = (job: Job): DueJob => ({ job, dueAt: 0 });
  switch (type) {
    case 'BotCommandQueued':
    case 'BotCommandRequeued':
      return [now({ kind: 'bot_command', tenant, bot: data.bot, updateId: data.updateId, attempts: 0 })];
    case 'BotCommandFailed': {
      const { bot, updateId, attempt, retryAt } = data;
      return [{ job: { kind: 'bot_command', tenant, bot, updateId, attempts: attempt }, dueAt: Date.parse(retryAt) }];
    }
    case 'NotificationAddressed': {
      const { notificationId, playerId, channels } = data;
      return channels
        .filter((channel) => channel !== 'in_app')
        .map((channel) => now({ kind: 'sending', tenant, notificationId, playerId, channel, attempts: 0 }));
    }
    case 'NotificationSendRequeued':
      return [now({ kind: 'sending', tenant, ...data, attempts: 0 })];
    case 'NotificationSendFailed': {
      const { notificationId, playerId, channel, attempt, retryAt } = data;
      const job: Job = { kind: 'sending', tenant, notificationId, playerId, channel, attempts: attempt };
      return [{ job, dueAt: Date.parse(retryAt) }];
    }
  }
}
