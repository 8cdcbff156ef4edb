import { z } from 'zod';
import { reasonField } from './bot-command.ts';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { emailHashField, instantField, playerIdField, sealedField } from './fields.ts';
import { type NotificationId, type PlayerId, streamId, type TenantId } from './ids.ts';

export const channelField = z.enum(['in_app', 'email', 'push']);
/** A way to reach a player. `in_app` is ours and reached at once; the others go out of the house. */
export type Channel = z.infer<typeof channelField>;
export const channels = channelField.options;

export const notificationIdField = z.uuid() as unknown as z.ZodType<NotificationId, string>;

/** Stream `notification-<tenant>_<notification>`: what an operator asked for. Title and content are sealed for each
 *  player by itself, so that erasing one player leaves nothing of what was written to them. */
export const notificationEvents = {
  NotificationQueued: define({
    version: 1,
    schema: z.object({
      notificationId: notificationIdField,
      template: z.string().nullable(),
      channels: z.array(channelField).min(1),
      expiresAt: instantField,
      recipients: z
        .array(z.object({ playerId: playerIdField, title: sealedField, content: sealedField }))
        .min(1)
        .max(100),
    }),
    message: ({ notificationId, template, channels, expiresAt, recipients }) => ({
      aggregateType: 'notification',
      aggregateId: notificationId,
      payload: {
        notification_id: notificationId,
        template,
        channels,
        expires_at: expiresAt,
        recipients: recipients.length,
      },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type NotificationEvent = EventsOf<typeof notificationEvents>;

export const notificationStream = (tenant: TenantId, notification: NotificationId) =>
  streamId('notification', tenant, notification);

const delivery = { notificationId: notificationIdField, playerId: playerIdField };
const external = { ...delivery, channel: z.enum(['email', 'push']) };

/** Stream `delivery-<tenant>_<notification>_<player>`: a notification on its way to one player, by every channel. */
export const deliveryEvents = {
  /** `emailHash` = the address of the player's that e-mail goes to; null = one that was verified. */
  NotificationAddressed: define({
    version: 2,
    schema: z.object({
      ...delivery,
      channels: z.array(channelField),
      emailHash: emailHashField.nullable(),
      title: sealedField,
      content: sealedField,
      expiresAt: instantField,
    }),
    upcasters: { 1: (data) => ({ ...data, emailHash: null }) },
  }),
  NotificationSent: define({
    version: 1,
    schema: z.object({ ...external, via: z.enum(['gateway', 'recorder']) }),
  }),
  NotificationSendFailed: define({
    version: 1,
    schema: z.object({ ...external, attempt: z.int().min(1), reason: reasonField, retryAt: instantField }),
  }),
  NotificationSendAbandoned: define({
    version: 1,
    schema: z.object({ ...external, attempt: z.int().min(1), reason: reasonField }),
  }),
  NotificationSendSkipped: define({ version: 1, schema: z.object({ ...external, reason: reasonField }) }),
  NotificationSendRequeued: define({ version: 1, schema: z.object(external) }),
  NotificationRead: define({ version: 1, schema: z.object(delivery) }),
  NotificationDeleted: define({ version: 1, schema: z.object(delivery) }),
} satisfies Record<string, EventDefinition>;

export type DeliveryEvent = EventsOf<typeof deliveryEvents>;
/** A channel that leaves the house. */
export type ExternalChannel = Exclude<Channel, 'in_app'>;

export const deliveryStream = (tenant: TenantId, notification: NotificationId, player: PlayerId) =>
  streamId('delivery', tenant, notification, player);
