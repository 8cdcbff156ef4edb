import { randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeBotCommand } from '../commands/bot-command.ts';
import { issueLinkCode } from '../commands/bot-contact.ts';
import { type BotCommandRow, listBotCommands } from '../projections/bot-commands.ts';
import { linkCodeHash } from '../security/contact-id.ts';
import { cursorQuery, idempotencyKeyField, instant, limitQuery, nextCursor } from './fields.ts';
import { playerOf, signedInOf } from './player-caller.ts';
import { invalid } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

// no letter or digit that is taken for another
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const newCode = () => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');
const codeLifeMs = 10 * 60_000;

const botName = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'must name a bot')
  .meta({ description: 'A bot of the tenant.', example: 'main' });
const updateId = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ example: 700_000_001 });
const status = z
  .enum(['queued', 'failed', 'done', 'dead'])
  .meta({ description: '`failed` is tried again, `dead` is not.', example: 'done' });

const commandResponse = z.object({
  bot: botName,
  update_id: updateId,
  command: z.string().meta({ example: 'rank' }),
  status,
  attempts: z.int().meta({ description: 'Failed ones.', example: 0 }),
  reason: z.string().nullable().meta({ description: 'What it came to, or why it failed last.', example: 'answered' }),
  reply: z
    .enum(['sent', 'recorded', 'none'])
    .nullable()
    .meta({ description: '`recorded`: there is no bot token, so nobody got the answer.', example: 'sent' }),
  queued_at: instant,
  due_at: instant.nullable().meta({ description: 'When it is tried next.' }),
});

const shown = (row: BotCommandRow) => ({
  bot: row.bot,
  update_id: row.updateId,
  command: row.command,
  status: row.status,
  attempts: row.attempts,
  reason: row.reason,
  reply: row.reply,
  queued_at: timeOf(row.queuedAt),
  due_at: row.dueAt === null ? null : timeOf(row.dueAt),
});

function parseCursor(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [, bot, number] = /^([a-z0-9-]{1,32})\/(\d{1,16})$/.exec(cursor) ?? [];
  if (bot === undefined || number === undefined) throw invalid('query.cursor', 'is not a cursor of this list');
  return { bot, updateId: Number(number) };
}

/** What players and operators do with bots. */
export function botRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, ring, now } = dependencies;

  app.post(
    '/v1/bot/link-codes',
    {
      schema: {
        tags: ['bots'],
        summary: 'Get a code that makes the caller known to a bot',
        description: 'Sent to a bot as `/link <code>` within ten minutes, once.',
        body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
        response: answers({ 200: z.object({ code: z.string().meta({ example: 'K7WQ2MPX4R' }), expires_at: instant }) }),
      },
      config: { access: { rights: ['player'] }, contract: { idempotency: 'optional' } },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const code = newCode();
      const expiresAt = new Date(now() + codeLifeMs).toISOString();
      const codeHash = linkCodeHash(ring.keys().pepper, tenant, code);
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        sealing: 'tokens',
        run: (context) => issueLinkCode(runtime, { codeHash, playerId, expiresAt }, context),
        answer: () => JSON.stringify({ code, expires_at: expiresAt }),
        refusal: () => 'OVERLOADED', // by chance somebody has this code: the next try gets another
      });
    },
  );

  app.get(
    '/v1/bot/commands',
    {
      schema: {
        tags: ['bots'],
        summary: 'Commands given to bots, by bot and number',
        querystring: z.object({ status: status.optional(), limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: z.object({ items: z.array(commandResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['ops'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor, status: wanted } = request.query;
      const after = parseCursor(cursor);
      await waitForRows(request, dependencies, ['bot_commands']);
      const page = { after, status: wanted ?? null, limit: limit + 1 };
      const rows = await listBotCommands(reads.sql, reads.generations, tenant, page);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return sendRead(request, reply, {
        items: items.map(shown),
        next_cursor: last === undefined ? null : `${last.bot}/${last.updateId}`,
      });
    },
  );

  app.post(
    '/v1/bot/commands/:bot/:update_id/retry',
    {
      schema: {
        tags: ['bots'],
        summary: 'Try a dead command again',
        params: z.object({ bot: botName, update_id: updateId }),
        body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
        response: answers({ 200: z.object({ bot: botName, update_id: updateId, status: z.literal('queued') }) }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: { idempotency: 'optional', errors: ['BOT_COMMAND_NOT_FOUND', 'BOT_COMMAND_NOT_DEAD'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { bot, update_id } = request.params;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeBotCommand(runtime, { type: 'RequeueBotCommand', bot, updateId: update_id }, context),
        answer: () => JSON.stringify({ bot, update_id, status: 'queued' }),
      });
    },
  );
}
