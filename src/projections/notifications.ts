import type { DeliveryEvent } from '../events/notification.ts';
import { defineProjection } from './define.ts';
import { change } from './table.ts';

/** One row per player and notification that is shown in the game; title and content are the ciphertexts of the log. Times in µs since 1970. */
export const inboxTable = {
  name: 'notifications',
  key: ['tenant', 'player_id', 'notification_id'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    notification_id: 'uuid',
    title: 'text',
    content: 'text',
    addressed_at: 'bigint',
    expires_at: 'bigint',
    read_at: 'bigint',
    deleted_at: 'bigint',
  },
} as const;

/** One row per notification, player and channel out of the house. `due_at` = it is to be sent from then on, NULL = nothing is to be done. */
export const sendingsTable = {
  name: 'notification_sendings',
  key: ['tenant', 'notification_id', 'player_id', 'channel'],
  columns: {
    tenant: 'text',
    notification_id: 'uuid',
    player_id: 'uuid',
    channel: 'text',
    status: 'text',
    attempts: 'int',
    reason: 'text',
    due_at: 'bigint',
  },
  indexes: [{ name: 'due', columns: ['due_at'], where: 'due_at IS NOT NULL' }],
} as const;

const microseconds = (instant: string): bigint => BigInt(Date.parse(instant)) * 1000n;
type Place = { readonly notificationId: string; readonly playerId: string; readonly channel: string };
const place = (tenant: string, { notificationId, playerId, channel }: Place) => ({
  tenant,
  notification_id: notificationId,
  player_id: playerId,
  channel,
});

/** Notifications on their way to players. */
export const notifications = defineProjection<DeliveryEvent>({
  name: 'notifications',
  about: 'Notifications on their way to players.',
  version: 1,
  tables: [inboxTable, sendingsTable],
  on: {
    NotificationAddressed: ({ tenant, version, data, recordedAt }) => {
      const { notificationId, playerId, title, content, channels } = data;
      const row = {
        tenant,
        player_id: playerId,
        notification_id: notificationId,
        title,
        content,
        addressed_at: recordedAt,
        expires_at: microseconds(data.expiresAt),
        read_at: null,
        deleted_at: null,
      };
      const inbox = channels.includes('in_app') ? [change(inboxTable, version, row)] : [];
      const sendings = channels
        .filter((channel) => channel !== 'in_app')
        .map((channel) =>
          change(sendingsTable, version, {
            ...place(tenant, { notificationId, playerId, channel }),
            status: 'pending',
            attempts: 0,
            reason: null,
            due_at: recordedAt,
          }),
        );
      return [...inbox, ...sendings];
    },
    NotificationSent: ({ tenant, version, data }) => [
      change(sendingsTable, version, {
        ...place(tenant, data),
        status: 'sent',
        reason: data.via === 'recorder' ? 'recorded' : null,
        due_at: null,
      }),
    ],
    NotificationSendFailed: ({ tenant, version, data }) => [
      change(sendingsTable, version, {
        ...place(tenant, data),
        status: 'pending',
        attempts: data.attempt,
        reason: data.reason,
        due_at: microseconds(data.retryAt),
      }),
    ],
    NotificationSendAbandoned: ({ tenant, version, data }) => [
      change(sendingsTable, version, {
        ...place(tenant, data),
        status: 'dead',
        attempts: data.attempt,
        reason: data.reason,
        due_at: null,
      }),
    ],
    NotificationSendSkipped: ({ tenant, version, data }) => [
      change(sendingsTable, version, { ...place(tenant, data), status: 'skipped', reason: data.reason, due_at: null }),
    ],
    NotificationSendRequeued: ({ tenant, version, data, recordedAt }) => [
      change(sendingsTable, version, {
        ...place(tenant, data),
        status: 'pending',
        attempts: 0,
        reason: null,
        due_at: recordedAt,
      }),
    ],
    NotificationRead: ({ tenant, version, data, recordedAt }) => [
      change(inboxTable, version, {
        tenant,
        player_id: data.playerId,
        notification_id: data.notificationId,
        read_at: recordedAt,
      }),
    ],
    NotificationDeleted: ({ tenant, version, data, recordedAt }) => [
      change(inboxTable, version, {
        tenant,
        player_id: data.playerId,
        notification_id: data.notificationId,
        title: null,
        content: null,
        deleted_at: recordedAt,
      }),
    ],
  },
});
