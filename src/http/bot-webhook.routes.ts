import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { queueBotCommand } from '../commands/bot-command.ts';
import type { CommandContext } from '../commands/context.ts';
import { PersonalDataErased } from '../ports/personal-data.ts';
import { contactIdOf } from '../security/contact-id.ts';
import type { TelegramBot } from '../security/keys.ts';
import { createBotFinder } from '../security/telegram-secret.ts';
import { countWebhook } from './access.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bot whose secret came with an update. */
    bot: TelegramBot | null;
  }
}

const update = z
  .looseObject({
    update_id: z.int().min(0).meta({ description: 'Counts once, for ever.', example: 700_000_001 }),
    message: z
      .looseObject({
        text: z.string().optional().meta({ example: '/rank spring-2026' }),
        chat: z.looseObject({ id: z.int(), type: z.string().optional() }),
        from: z.looseObject({ id: z.int(), is_bot: z.boolean().optional() }).optional(),
      })
      .optional()
      .meta({ description: 'A message. Updates of other kinds are taken and nothing is done.' }),
  })
  .meta({
    description: 'An update as Telegram sends it; what is not listed is ignored.',
    example: {
      update_id: 700_000_001,
      message: { text: '/rank spring-2026', chat: { id: 4_711, type: 'private' }, from: { id: 4_711, is_bot: false } },
    },
  });

const maxGenerations = 100;

/** Where Telegram brings what people write to the bots of all tenants. */
export function botWebhookRoutes(
  instance: FastifyInstance,
  dependencies: WritingDependencies & { readonly limiter: RateLimiter },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, write, limiter, ring, tenants } = dependencies;
  const findBot = createBotFinder(ring);
  app.decorateRequest('bot', null);

  const botOf = async ({ headers }: FastifyRequest): Promise<TelegramBot | null> => {
    const secret = headers['x-telegram-bot-api-secret-token'];
    const bot = typeof secret === 'string' ? findBot(secret) : null;
    return bot !== null && (await tenants.isEnabled(bot.tenant)) ? bot : null;
  };

  app.post(
    '/v1/bot/webhook',
    {
      // before the body is read: what Telegram did not send is not looked at
      onRequest: async (request, reply) => {
        request.bot = await botOf(request);
        const source = request.bot === null ? null : `telegram/${request.bot.tenant}/${request.bot.bot}`;
        const exceeded = countWebhook(limiter, request, reply, source);
        if (exceeded !== undefined) throw exceeded;
        if (request.bot === null) throw new Problem('WEBHOOK_SECRET_INVALID');
      },
      schema: {
        tags: ['bots'],
        summary: 'Take an update of a Telegram bot',
        description:
          'Needs the secret of `setWebhook` in X-Telegram-Bot-Api-Secret-Token; it names the tenant and the bot. The same update again is answered alike and changes nothing.',
        headers: z.looseObject({
          'x-telegram-bot-api-secret-token': z.string().optional().meta({ example: 'a-secret-of-16-to-256-letters' }),
        }),
        body: update,
        response: answers({ 202: z.object({ accepted: z.literal(true) }) }),
      },
      config: {
        access: { rights: [], ownLimit: true },
        contract: { errors: ['WEBHOOK_SECRET_INVALID'] },
      },
    },
    async (request, reply) => {
      const { tenant, bot } = request.bot!;
      const { update_id: updateId, message } = request.body;
      const answer = '{"accepted":true}';
      const text = message?.text;
      const from = message?.from;
      const isForUs =
        text !== undefined &&
        from !== undefined &&
        from.is_bot !== true &&
        (text.startsWith('/') || message?.chat.type === undefined || message.chat.type === 'private');
      if (!isForUs || message === undefined) return reply.code(202).send(answer);
      const queue = async (context: CommandContext<null>) => {
        for (let generation = 0; ; generation += 1) {
          const contactId = contactIdOf(ring.keys().pepper, tenant, from.id, generation);
          const command = { bot, updateId, contactId, chatId: message.chat.id, text };
          try {
            return await queueBotCommand(runtime, command, context);
          } catch (error) {
            // erased; whoever comes back is somebody new
            if (!(error instanceof PersonalDataErased) || generation >= maxGenerations) throw error;
          }
        }
      };
      return write<null>(request, reply, {
        tenant,
        actor: `bot:${bot}`,
        key: 'optional',
        run: queue,
        answer: () => answer,
        status: 202,
      });
    },
  );
}
