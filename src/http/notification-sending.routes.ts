import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeDelivery, isKnownNotification } from '../commands/notification.ts';
import type { NotificationId, PlayerId } from '../events/ids.ts';
import { listSendings } from '../projections/notification-queries.ts';
import { cursorQuery, idempotencyKeyField, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { notificationIdText } from './notification.schema.ts';
import { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const externalChannel = z.enum(['email', 'push']).meta({ example: 'email' });

function parseCursor(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [, playerId, channel] = /^([0-9a-f-]{36})\/(email|push)$/.exec(cursor) ?? [];
  if (playerId === undefined || !z.uuid().safeParse(playerId).success)
    throw invalid('query.cursor', 'is not a cursor of this list');
  return { playerId: playerId as PlayerId, channel: externalChannel.parse(channel) };
}

/** Notifications on their way out of the house, as operators see them. */
export function notificationSendingRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  const sending = z.object({
    player_id: playerIdText,
    channel: externalChannel,
    status: z.enum(['pending', 'sent', 'dead', 'skipped']).meta({ example: 'sent' }),
    attempts: z.int().meta({ description: 'Failed ones.', example: 0 }),
    reason: z
      .string()
      .nullable()
      .meta({ description: '`recorded`: no gateway is configured, so nobody got it.', example: null }),
  });

  app.get(
    '/v1/notifications/:notification_id/sendings',
    {
      schema: {
        tags: ['notifications'],
        summary: 'What became of a notification by e-mail and push, by player',
        params: z.object({ notification_id: notificationIdText }),
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: z.object({ items: z.array(sending), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: { waitsFor: true, errors: ['NOTIFICATION_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const after = parseCursor(cursor);
      const notificationId = request.params.notification_id as NotificationId;
      if (!(await isKnownNotification(runtime, tenant, notificationId))) throw new Problem('NOTIFICATION_NOT_FOUND');
      await waitForRows(request, dependencies, ['notifications']);
      const page = { after, limit: limit + 1 };
      const rows = await listSendings(reads.sql, reads.generations, { tenant, notificationId }, page);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return sendRead(request, reply, {
        items: items.map(({ playerId, channel, status, attempts, reason }) => ({
          player_id: playerId,
          channel,
          status,
          attempts,
          reason,
        })),
        next_cursor: last === undefined ? null : `${last.playerId}/${last.channel}`,
      });
    },
  );

  app.post(
    '/v1/notifications/:notification_id/sendings/retry',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Try a dead sending again',
        params: z.object({ notification_id: notificationIdText }),
        body: z.strictObject({
          player_id: playerIdText,
          channel: externalChannel,
          idempotency_key: idempotencyKeyField,
        }),
        response: answers({ 200: z.object({ status: z.literal('pending') }) }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: { idempotency: 'optional', errors: ['NOTIFICATION_NOT_FOUND', 'SENDING_NOT_DEAD'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const notificationId = request.params.notification_id as NotificationId;
      const { player_id, channel } = request.body;
      const place = { notificationId, playerId: player_id as PlayerId, channel };
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeDelivery(runtime, { type: 'RequeueSending', ...place }, context),
        answer: () => '{"status":"pending"}',
      });
    },
  );
}
