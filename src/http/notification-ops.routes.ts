import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isKnownPlayer } from '../commands/known-player.ts';
import { queueNotification } from '../commands/notification.ts';
import type { NotificationId, PlayerId } from '../events/ids.ts';
import { channels as allChannels } from '../events/notification.ts';
import { idempotencyKeyField, playerIdText } from './fields.ts';
import {
  channelName,
  contentText,
  notificationIdText,
  templateName,
  titleText,
  ttlSeconds,
} from './notification.schema.ts';
import { createNotificationTexts } from './notification-texts.ts';
import { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

/** What operators tell players. */
export function notificationOpsRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, write, now } = dependencies;
  const textsFor = createNotificationTexts(dependencies);

  app.post(
    '/v1/notifications',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Tell players something',
        description:
          'By the channels that each player wants. Either `title` and `content`, or a `template` with the words for its places; `{{display_name}}` is filled in for each player.',
        body: z.strictObject({
          player_ids: z
            .array(playerIdText)
            .min(1)
            .max(100)
            .refine((ids) => new Set(ids).size === ids.length, 'must not name a player twice')
            .meta({ description: '1 to 100 players.' }),
          title: titleText.optional(),
          content: contentText.optional(),
          template: templateName.optional(),
          variables: z
            .record(
              z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be a word of lower-case letters'),
              z.string().max(200),
            )
            .refine((variables) => Object.keys(variables).length <= 50, 'must be at most 50')
            .optional()
            .meta({ description: 'Words for the places of the template.', example: { season: 'spring' } }),
          channels: z.array(channelName).min(1).optional().meta({ description: 'Left out = all.' }),
          ttl: ttlSeconds,
          idempotency_key: idempotencyKeyField,
        }),
        response: answers({ 202: z.object({ notification_id: notificationIdText, status: z.literal('queued') }) }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: {
          idempotency: 'required',
          errors: [
            'PLAYER_NOT_FOUND',
            'NOTIFICATION_TEMPLATE_NOT_FOUND',
            'NOTIFICATION_VARIABLE_MISSING',
            'NOTIFICATION_TOO_LONG',
          ],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { player_ids, title, content, template, variables, channels, ttl } = request.body;
      const isTemplate = template !== undefined && title === undefined && content === undefined;
      const isText = template === undefined && variables === undefined && title !== undefined && content !== undefined;
      if (!isTemplate && !isText) throw invalid('body', 'must have either `title` and `content`, or `template`');
      const players = player_ids as string[] as PlayerId[];
      const notificationId = randomUUID() as string as NotificationId;
      const expiresAt = new Date(now() + ttl * 1000).toISOString();
      const wanted = allChannels.filter((channel) => channels === undefined || channels.includes(channel));
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: async (context) => {
          const known = await Promise.all(players.map((playerId) => isKnownPlayer(runtime, tenant, playerId)));
          const unknown = known.flatMap((is, index) => (is ? [] : [`body.player_ids.${index}`]));
          if (unknown.length > 0)
            throw new Problem(
              'PLAYER_NOT_FOUND',
              unknown.slice(0, 20).map((field) => ({ field, problem: 'is not a player' })),
            );
          const texts = await textsFor(
            tenant,
            players,
            isTemplate ? { template, words: variables ?? {} } : { title: title!, content: content! },
          );
          const named = { notificationId, template: template ?? null, channels: wanted, expiresAt, texts };
          return queueNotification(runtime, named, context);
        },
        answer: () => JSON.stringify({ notification_id: notificationId, status: 'queued' }),
        status: 202,
      });
    },
  );
}
