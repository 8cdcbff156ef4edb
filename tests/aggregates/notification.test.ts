import { describe, expect, test } from 'vitest';
import { notification } from '../../src/aggregates/notification.ts';
import { delivery } from '../../src/aggregates/notification-delivery.ts';
import { preferences, template } from '../../src/aggregates/notification-settings.ts';
import { fillIn } from '../../src/aggregates/notification-text.ts';
import { maxAttempts } from '../../src/aggregates/retry.ts';
import type { NotificationId } from '../../src/events/ids.ts';
import type { DeliveryEvent } from '../../src/events/notification.ts';
import type { NotificationTemplateEvent } from '../../src/events/notification-settings.ts';
import { alice, at, iso } from './examples.ts';
import { specification } from './specification.ts';

const notificationId = '77777777-7777-4777-8777-777777777777' as NotificationId;
const place = { notificationId, playerId: alice };
const sealed = { title: 'pd1.title', content: 'pd1.content' };

test('a notification is queued once', () => {
  const content = { notificationId, template: null, channels: ['in_app' as const], expiresAt: iso('12:00') };
  const data = { ...content, recipients: [{ playerId: alice, ...sealed }] };
  specification(notification)()
    .when({ type: 'QueueNotification', ...data })
    .thenOnce('NOTIFICATION_EXISTS', { type: 'NotificationQueued', data });
});

const given = specification(delivery);
const addressing = (...channels: ('in_app' | 'email' | 'push')[]) => ({
  ...place,
  ...sealed,
  channels,
  emailHash: null,
  expiresAt: iso('12:00'),
});
const addressed = (...channels: ('in_app' | 'email' | 'push')[]): DeliveryEvent => ({
  type: 'NotificationAddressed',
  data: addressing(...channels),
});
const everywhere = addressed('in_app', 'email', 'push');

describe('a delivery', () => {
  test('is addressed once, whatever the player wants later', () => {
    given()
      .when({ type: 'AddressNotification', ...addressing('in_app') })
      .then(addressed('in_app'));
    given(addressed('in_app'))
      .when({ type: 'AddressNotification', ...addressing('email') })
      .thenNothing();
  });

  const read = (now: string) => ({ type: 'ReadNotification', ...place, now: at(now) }) as const;
  const remove = { type: 'DeleteNotification', ...place, now: at('11:00') } as const;
  const wasRead: DeliveryEvent = { type: 'NotificationRead', data: place };
  const wasDeleted: DeliveryEvent = { type: 'NotificationDeleted', data: place };

  test('is read and deleted', () => {
    given(everywhere).when(read('11:59')).then(wasRead);
    given(everywhere).when(remove).then(wasDeleted);
    given(everywhere, wasRead).when(remove).then(wasDeleted);
  });
  test.each([
    ['there is none', []],
    ['it is not shown in the game', [addressed('email')]],
    ['it was deleted', [everywhere, wasDeleted]],
  ])('is not read when %s', (_, history) =>
    given(...history)
      .when(read('11:00'))
      .thenRejects('NOTIFICATION_NOT_FOUND'),
  );
  test('is not read after its end', () => given(everywhere).when(read('12:00')).thenRejects('NOTIFICATION_NOT_FOUND'));
  test('is not deleted where it is not shown', () => {
    given().when(remove).thenRejects('NOTIFICATION_NOT_FOUND');
    given(addressed('push')).when(remove).thenRejects('NOTIFICATION_NOT_FOUND');
  });
});

describe('a sending', () => {
  const email = { ...place, channel: 'email' } as const;
  const failure = { reason: 'unreachable', retryAt: iso('10:00') };
  const sent: DeliveryEvent = { type: 'NotificationSent', data: { ...email, via: 'gateway' } };
  const failed = (attempt: number): DeliveryEvent => ({
    type: 'NotificationSendFailed',
    data: { ...email, attempt, ...failure },
  });
  const dead = (attempt: number): DeliveryEvent => ({
    type: 'NotificationSendAbandoned',
    data: { ...email, attempt, reason: 'unreachable' },
  });
  const skipped: DeliveryEvent = { type: 'NotificationSendSkipped', data: { ...email, reason: 'no_address' } };
  const requeued: DeliveryEvent = { type: 'NotificationSendRequeued', data: email };
  const recordSent = { type: 'RecordSent', ...email, via: 'gateway' } as const;
  const recordFailure = (attempt: number, permanent = false) =>
    ({ type: 'RecordFailure', ...email, ...failure, attempt, permanent }) as const;
  const skip = { type: 'SkipSending', ...email, reason: 'no_address' } as const;
  const requeue = { type: 'RequeueSending', ...email } as const;

  test('is recorded once', () => {
    given(everywhere).when(recordSent).then(sent);
    given(everywhere, failed(1)).when(recordSent).then(sent);
    given(everywhere).when(skip).then(skipped);
  });
  test('counts each failed attempt once', () => {
    given(everywhere).when(recordFailure(1)).then(failed(1));
    given(everywhere, failed(1)).when(recordFailure(1)).thenNothing();
    given(everywhere, failed(1)).when(recordFailure(2)).then(failed(2));
  });
  test('is abandoned after its last attempt, or when trying again cannot help', () => {
    given(everywhere, failed(maxAttempts - 1))
      .when(recordFailure(maxAttempts))
      .then(dead(maxAttempts));
    given(everywhere).when(recordFailure(1, true)).then(dead(1));
  });
  test.each([
    ['sent', sent],
    ['dead', dead(1)],
    ['skipped', skipped],
  ])('that is %s changes no more by itself', (_, end) => {
    for (const command of [recordSent, recordFailure(1), recordFailure(2), skip])
      given(everywhere, end).when(command).thenNothing();
  });
  test('that is dead is tried again from the beginning', () => {
    given(everywhere, dead(1)).when(requeue).then(requeued);
    given(everywhere, dead(1), requeued).when(recordFailure(1)).then(failed(1));
  });
  test('that is not dead is not tried again', () => {
    given(everywhere).when(requeue).thenNothing();
    for (const end of [sent, skipped]) given(everywhere, end).when(requeue).thenRejects('SENDING_NOT_DEAD');
  });
  test('by one channel leaves the other alone', () =>
    given(everywhere, sent)
      .when({ ...recordSent, channel: 'push' })
      .then({ type: 'NotificationSent', data: { ...place, channel: 'push', via: 'gateway' } }));
  test('by a channel that was not addressed is refused', () =>
    given(addressed('in_app')).when(recordSent).thenRejects('NOTIFICATION_NOT_FOUND'));
});

test('preferences change only when they differ from what stands', () => {
  const given = specification(preferences);
  const change = (email: boolean) =>
    ({ type: 'ChangePreferences', playerId: alice, wanted: { in_app: true, email, push: true } }) as const;
  given().when(change(true)).thenNothing();
  given()
    .when(change(false))
    .then({
      type: 'NotificationPreferencesChanged',
      data: { playerId: alice, inApp: true, email: false, push: true },
    });
});

describe('a template', () => {
  const given = specification(template);
  const text = { template: 'season-ends', title: '{{season}} ends', content: 'Hurry' };
  const change = { type: 'ChangeTemplate', ...text } as const;
  const remove = { type: 'RemoveTemplate', template: 'season-ends' } as const;
  const changed: NotificationTemplateEvent = { type: 'NotificationTemplateChanged', data: text };
  const removed: NotificationTemplateEvent = {
    type: 'NotificationTemplateRemoved',
    data: { template: 'season-ends' },
  };
  test('is written and written anew', () => {
    given().when(change).then(changed);
    given(changed, removed).when(change).then(changed);
    given(changed)
      .when({ ...change, title: 'Over' })
      .then({ type: 'NotificationTemplateChanged', data: { ...text, title: 'Over' } });
  });
  test('is removed', () => given(changed).when(remove).thenOnce('NOTIFICATION_TEMPLATE_NOT_FOUND', removed));
  test('that is not there is not removed', () => given().when(remove).thenRejects('NOTIFICATION_TEMPLATE_NOT_FOUND'));
});

describe('filling in a text', () => {
  test('puts each word into its places', () =>
    expect(fillIn('{{a}} and {{ b_2 }}, {{a}}', { a: '1', b_2: '{{a}}' })).toEqual({
      text: '1 and {{a}}, 1',
      missing: [],
    }));
  test('names the places that have no word, once', () =>
    expect(fillIn('{{to_string}} {{constructor}} {{constructor}}', {})).toMatchObject({
      missing: ['to_string', 'constructor'],
    }));
  test('leaves alone what is no place', () =>
    expect(fillIn('{a} {{}} {{A}} {{1}}', { a: 'x' }).text).toBe('{a} {{}} {{A}} {{1}}'));
});
