import type { NewEvent } from '../../src/event-store/port.ts';
import type { NotificationId } from '../../src/events/ids.ts';
import { player } from '../processors/log-under-test.ts';

/** Events of bots and notifications for tests of read models, in any order: rows follow whatever history they are given. */

export const updateOf = (who: number) => ({ bot: 'main', updateId: 1_000 + who });
export const notificationOf = (who: number) => player(100 + who) as string as NotificationId;

const chosen = (events: readonly NewEvent[], next: number): NewEvent => events[next % events.length]!;
const at = '2026-03-01T10:00:00.000Z';

export function botEvent(who: number, next: number): NewEvent {
  const ref = updateOf(who);
  const failure = { ...ref, attempt: 1 + next, reason: 'unreachable' };
  return chosen(
    [
      { type: 'BotCommandQueued', data: { ...ref, contactId: player(who), command: 'rank', sealed: 'pd1.x' } },
      { type: 'BotCommandFailed', data: { ...failure, retryAt: at } },
      { type: 'BotCommandCompleted', data: { ...ref, result: 'answered', reply: 'recorded' } },
      { type: 'BotCommandAbandoned', data: failure },
      { type: 'BotCommandRequeued', data: ref },
    ],
    next,
  );
}

export function deliveryEvent(who: number, next: number): NewEvent {
  const place = { notificationId: notificationOf(who), playerId: player(who) };
  const email = { ...place, channel: 'email' };
  const sealed = { title: `pd1.${next}`, content: 'pd1.content', expiresAt: at };
  return chosen(
    [
      { type: 'NotificationAddressed', data: { ...place, ...sealed, channels: ['in_app', 'email', 'push'] } },
      { type: 'NotificationSendFailed', data: { ...email, attempt: 1 + next, reason: 'unreachable', retryAt: at } },
      { type: 'NotificationRead', data: place },
      { type: 'NotificationSent', data: { ...email, via: 'gateway' } },
      { type: 'NotificationSendSkipped', data: { ...place, channel: 'push', reason: 'no_address' } },
      { type: 'NotificationDeleted', data: place },
      { type: 'NotificationSendAbandoned', data: { ...email, attempt: 8, reason: 'unreachable' } },
      { type: 'NotificationSendRequeued', data: email },
      { type: 'NotificationAddressed', data: { ...place, ...sealed, channels: ['push'] } },
      { type: 'NotificationSent', data: { ...place, channel: 'push', via: 'recorder' } },
      { type: 'NotificationAddressed', data: { ...place, ...sealed, channels: ['in_app'] } },
    ],
    next,
  );
}

export const templateEvent = (who: number, next: number): NewEvent =>
  next % 4 === 3
    ? { type: 'NotificationTemplateRemoved', data: { template: `t${who}` } }
    : { type: 'NotificationTemplateChanged', data: { template: `t${who}`, title: `t${next}`, content: 'c' } };

export const contactEvent = (who: number, next: number): NewEvent =>
  next % 3 === 2
    ? { type: 'BotContactUnlinked', data: { contactId: player(who) } }
    : { type: 'BotContactLinked', data: { contactId: player(who), playerId: player(next) } };
