import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeDelivery, readNotifications, readPreferences } from '../commands/notification.ts';
import { changePreferences } from '../commands/notification-settings.ts';
import type { NotificationId } from '../events/ids.ts';
import { listInbox } from '../projections/notification-queries.ts';
import { cursorQuery, idempotencyKeyField, limitQuery, nextCursor } from './fields.ts';
import { decodeInboxCursor, encodeInboxCursor } from './inbox-cursor.ts';
import { notificationIdText, notificationResponse, preferencesFields } from './notification.schema.ts';
import { playerOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

/** A player's own notifications. */
export function notificationRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, personalData, now } = dependencies;
  const emptyBody = z.strictObject({ idempotency_key: idempotencyKeyField }).nullish();
  const microsecondsNow = () => BigInt(now()) * 1000n;

  app.get(
    '/v1/notifications',
    {
      schema: {
        tags: ['notifications'],
        summary: "The caller's notifications: unread ones first, then the newest first",
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: z.object({ items: z.array(notificationResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      const { limit, cursor } = request.query;
      const after = decodeInboxCursor(cursor);
      await waitForRows(request, dependencies, ['notifications']);
      const page = { now: microsecondsNow(), after, limit: limit + 1 };
      const rows = await listInbox(reads.sql, reads.generations, { tenant, playerId }, page);
      const items = rows.slice(0, limit);
      const sealed = { tenant, playerId };
      const texts = await personalData.decryptMany(
        items.flatMap(({ title, content }) => [
          { ...sealed, field: 'notification_title', ciphertext: title },
          { ...sealed, field: 'notification_content', ciphertext: content },
        ]),
      );
      const last = rows.length > limit ? items.at(-1) : undefined;
      return sendRead(request, reply, {
        items: items.map((row, index) => ({
          notification_id: row.notificationId,
          title: texts[2 * index] ?? null,
          content: texts[2 * index + 1] ?? null,
          read: row.isRead,
          created_at: timeOf(row.addressedAt),
          expires_at: timeOf(row.expiresAt),
        })),
        next_cursor: last === undefined ? null : encodeInboxCursor(last),
      });
    },
  );

  app.post(
    '/v1/notifications/:notification_id/read',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Mark a notification as read',
        description: 'Marking a read one changes nothing.',
        params: z.object({ notification_id: notificationIdText }),
        body: emptyBody,
        response: answers({ 200: z.object({ notification_id: notificationIdText, read: z.literal(true) }) }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['NOTIFICATION_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const notificationId = request.params.notification_id as NotificationId;
      const command = { type: 'ReadNotification', notificationId, playerId, now: now() } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeDelivery(runtime, command, context),
        answer: () => JSON.stringify({ notification_id: notificationId, read: true }),
      });
    },
  );

  app.post(
    '/v1/notifications/read',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Mark notifications as read',
        description: 'The next 100 unread ones; `more` says whether others are left.',
        body: emptyBody,
        response: answers({ 200: z.object({ read: z.int().meta({ example: 3 }), more: z.boolean() }) }),
      },
      config: { access: { rights: ['player'] }, contract: { idempotency: 'optional', waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      await waitForRows(request, dependencies, ['notifications']);
      const page = { now: microsecondsNow(), after: null, limit: 101, unreadOnly: true };
      const rows = await listInbox(reads.sql, reads.generations, { tenant, playerId }, page);
      const ids = rows.slice(0, 100).map(({ notificationId }) => notificationId);
      return write<number>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => readNotifications(runtime, { playerId, ids }, context),
        answer: (count) => JSON.stringify({ read: count, more: rows.length > 100 }),
      });
    },
  );

  app.delete(
    '/v1/notifications/:notification_id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Delete a notification',
        description: 'Deleting a deleted one changes nothing.',
        params: z.object({ notification_id: notificationIdText }),
        response: answers({ 204: z.null() }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['NOTIFICATION_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const notificationId = request.params.notification_id as NotificationId;
      const command = { type: 'DeleteNotification', notificationId, playerId, now: now() } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeDelivery(runtime, command, context),
        answer: () => '',
        status: 204,
      });
    },
  );

  app.get(
    '/v1/notifications/preferences',
    {
      schema: {
        tags: ['notifications'],
        summary: 'By which channels the caller is reached',
        response: answers({ 200: z.object(preferencesFields) }),
      },
      config: { access: { rights: ['player'] } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      return sendRead(request, reply, await readPreferences(runtime, tenant, playerId));
    },
  );

  app.put(
    '/v1/notifications/preferences',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Choose by which channels the caller is reached',
        description: 'Counts for notifications from then on.',
        body: z.strictObject({ ...preferencesFields, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: z.object(preferencesFields) }),
      },
      config: { access: { rights: ['player'] }, contract: { idempotency: 'optional' } },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const { in_app, email, push } = request.body;
      const wanted = { in_app, email, push };
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changePreferences(runtime, { type: 'ChangePreferences', playerId, wanted }, context),
        answer: () => JSON.stringify(wanted),
      });
    },
  );
}
