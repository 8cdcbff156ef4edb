import { z } from 'zod';
import type { BotCommandEvent, UpdateRef } from '../events/bot-command.ts';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per update; its key is what dedupe counts by. `due_at` (µs since 1970) = work is to be done from then on, NULL = none. */
const commands = {
  name: 'bot_commands',
  key: ['tenant', 'bot', 'update_id'],
  columns: {
    tenant: 'text',
    bot: 'text',
    update_id: 'bigint',
    command: 'text',
    contact_id: 'uuid',
    status: 'text',
    attempts: 'int',
    reason: 'text',
    reply: 'text',
    due_at: 'bigint',
    queued_at: 'bigint',
  },
  indexes: [
    { name: 'due', columns: ['due_at'], where: 'due_at IS NOT NULL' },
    { name: 'status', columns: ['tenant', 'status', 'bot', 'update_id'] },
  ],
} as const;

const microseconds = (instant: string): bigint => BigInt(Date.parse(instant)) * 1000n;

/** Commands given to bots, and what became of them. */
export const botCommands = defineProjection<BotCommandEvent>({
  name: 'bot_commands',
  about: 'Commands given to bots, and what became of them.',
  version: 1,
  tables: [commands],
  on: {
    BotCommandQueued: ({ tenant, version, data, recordedAt }) => [
      change(commands, version, {
        tenant,
        bot: data.bot,
        update_id: data.updateId,
        command: data.command,
        contact_id: data.contactId,
        status: 'queued',
        attempts: 0,
        reason: null,
        reply: null,
        due_at: recordedAt,
        queued_at: recordedAt,
      }),
    ],
    BotCommandCompleted: ({ tenant, version, data: { bot, updateId, result, reply } }) => [
      change(commands, version, {
        tenant,
        bot,
        update_id: updateId,
        status: 'done',
        reason: result,
        reply,
        due_at: null,
      }),
    ],
    BotCommandFailed: ({ tenant, version, data: { bot, updateId, attempt, reason, retryAt } }) => [
      change(commands, version, {
        tenant,
        bot,
        update_id: updateId,
        status: 'failed',
        attempts: attempt,
        reason,
        due_at: microseconds(retryAt),
      }),
    ],
    BotCommandAbandoned: ({ tenant, version, data: { bot, updateId, attempt, reason } }) => [
      change(commands, version, {
        tenant,
        bot,
        update_id: updateId,
        status: 'dead',
        attempts: attempt,
        reason,
        due_at: null,
      }),
    ],
    BotCommandRequeued: ({ tenant, version, data: { bot, updateId }, recordedAt }) => [
      change(commands, version, {
        tenant,
        bot,
        update_id: updateId,
        status: 'queued',
        attempts: 0,
        reason: null,
        due_at: recordedAt,
      }),
    ],
  },
});

const status = z.enum(['queued', 'failed', 'done', 'dead']);
export type BotCommandStatus = z.infer<typeof status>;
const bigint = z.coerce.bigint();
const commandRow = z
  .object({
    bot: z.string(),
    update_id: z.coerce.number(),
    command: z.string(),
    status,
    attempts: z.coerce.number(),
    reason: z.string().nullable(),
    reply: z.string().nullable(),
    due_at: bigint.nullable(),
    queued_at: bigint,
  })
  .transform((row) => ({
    bot: row.bot,
    updateId: row.update_id,
    command: row.command,
    status: row.status,
    attempts: row.attempts,
    reason: row.reason,
    reply: row.reply,
    dueAt: row.due_at,
    queuedAt: row.queued_at,
  }));

/** A bot command as the read model knows it. @property dueAt, queuedAt µs since 1970 */
export type BotCommandRow = z.infer<typeof commandRow>;

const table = async (generations: Generations) => physicalName(commands, await generations.of('bot_commands'));

/** Commands of a tenant's bots by bot and number.
 *  @param page.after  the last one of the page before
 *  @param page.status only these; null = all */
export async function listBotCommands(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: UpdateRef | null; readonly status: BotCommandStatus | null; readonly limit: number },
): Promise<readonly BotCommandRow[]> {
  const { rows } = await sql.query(
    `SELECT bot, update_id, command, status, attempts, reason, reply, due_at, queued_at FROM ${await table(generations)}
     WHERE tenant = $1::text AND (bot, update_id) > ($2::text, $3::bigint)${page.status === null ? '' : ' AND status = $5::text'}
     ORDER BY bot, update_id LIMIT $4::int8`,
    [
      tenant,
      page.after?.bot ?? '',
      page.after?.updateId ?? 0,
      page.limit,
      ...(page.status === null ? [] : [page.status]),
    ],
  );
  return rows.map((row) => commandRow.parse(row));
}

const dueRow = z
  .object({
    tenant: z.string(),
    bot: z.string(),
    update_id: z.coerce.number(),
    attempts: z.coerce.number(),
    due_at: bigint,
  })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    bot: row.bot,
    updateId: row.update_id,
    attempts: row.attempts,
    dueAt: row.due_at,
  }));

/** A command of any tenant that is to be done. @property dueAt µs since 1970 */
export type DueBotCommand = z.infer<typeof dueRow>;

/** Commands whose time has come, the longest waiting first.
 *  @param until µs since 1970
 *  @param after the last one of the page before; null for the first page */
export async function dueBotCommands(
  sql: Sql,
  generations: Generations,
  until: bigint,
  after: DueBotCommand | null,
  limit: number,
): Promise<readonly DueBotCommand[]> {
  const { rows } = await sql.query(
    `SELECT tenant, bot, update_id, attempts, due_at FROM ${await table(generations)}
     WHERE due_at IS NOT NULL AND due_at <= $1::bigint
       AND (due_at, tenant, bot, update_id) > ($2::bigint, $3::text, $4::text, $5::bigint)
     ORDER BY due_at, tenant, bot, update_id LIMIT $6::int8`,
    [until, after?.dueAt ?? -1n, after?.tenant ?? '', after?.bot ?? '', after?.updateId ?? 0, limit],
  );
  return rows.map((row) => dueRow.parse(row));
}
