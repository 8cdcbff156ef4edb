import { z } from 'zod';
import type { NotificationId, PlayerId, TenantId } from '../events/ids.ts';
import type { ExternalChannel } from '../events/notification.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { inboxTable, sendingsTable } from './notifications.ts';
import { physicalName } from './table.ts';

const bigint = z.coerce.bigint();
const inboxRow = z
  .object({
    notification_id: z.string(),
    title: z.string(),
    content: z.string(),
    addressed_at: bigint,
    expires_at: bigint,
    is_read: z.coerce.number(),
  })
  .transform((row) => ({
    notificationId: row.notification_id as NotificationId,
    title: row.title,
    content: row.content,
    addressedAt: row.addressed_at,
    expiresAt: row.expires_at,
    isRead: row.is_read === 1,
  }));

/** A notification in the game. @property title, content ciphertexts; @property addressedAt, expiresAt µs since 1970 */
export type InboxRow = z.infer<typeof inboxRow>;

/** Where a page begins: after this place in the order of {@link listInbox}. */
export type InboxPlace = Pick<InboxRow, 'isRead' | 'addressedAt' | 'notificationId'>;

/** A player's notifications that are neither deleted nor expired: unread ones first, then the newest first.
 *  @param page.now µs since 1970 */
export async function listInbox(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: { readonly tenant: TenantId; readonly playerId: PlayerId },
  page: {
    readonly now: bigint;
    readonly after: InboxPlace | null;
    readonly limit: number;
    readonly unreadOnly?: boolean;
  },
): Promise<readonly InboxRow[]> {
  const { after } = page;
  const table = physicalName(inboxTable, await generations.of('notifications'));
  const { rows } = await sql.query(
    `SELECT notification_id, title, content, addressed_at, expires_at, is_read FROM (
       SELECT notification_id::text AS notification_id, title, content, addressed_at, expires_at,
              CASE WHEN read_at IS NULL THEN 0 ELSE 1 END AS is_read
       FROM ${table}
       WHERE tenant = $1::text AND player_id = $2::uuid AND deleted_at IS NULL AND expires_at > $3::bigint
         AND ($4::bool OR read_at IS NULL)
     ) AS shown
     WHERE (is_read, -addressed_at, notification_id) > ($5::int, $6::bigint, $7::text)
     ORDER BY is_read, addressed_at DESC, notification_id LIMIT $8::int8`,
    [
      tenant,
      playerId,
      page.now,
      page.unreadOnly !== true,
      after === null ? -1 : after.isRead ? 1 : 0,
      after === null ? 0n : -after.addressedAt,
      after?.notificationId ?? '',
      page.limit,
    ],
  );
  return rows.map((row) => inboxRow.parse(row));
}

const sendingRow = z
  .object({
    tenant: z.string(),
    notification_id: z.string(),
    player_id: z.string(),
    channel: z.enum(['email', 'push']),
    status: z.enum(['pending', 'sent', 'dead', 'skipped']),
    attempts: z.coerce.number(),
    reason: z.string().nullable(),
  })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    notificationId: row.notification_id as NotificationId,
    playerId: row.player_id as PlayerId,
    channel: row.channel,
    status: row.status,
    attempts: row.attempts,
    reason: row.reason,
  }));

/** A notification on its way out of the house, by one channel. */
export type SendingRow = z.infer<typeof sendingRow>;

const columns =
  'tenant, notification_id::text AS notification_id, player_id::text AS player_id, channel, status, attempts, reason';

/** What became of a notification out of the house, by player and channel. */
export async function listSendings(
  sql: Sql,
  generations: Generations,
  { tenant, notificationId }: { readonly tenant: TenantId; readonly notificationId: NotificationId },
  page: {
    readonly after: { readonly playerId: PlayerId; readonly channel: ExternalChannel } | null;
    readonly limit: number;
  },
): Promise<readonly SendingRow[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${physicalName(sendingsTable, await generations.of('notifications'))}
     WHERE tenant = $1::text AND notification_id = $2::uuid AND (player_id, channel) > ($3::uuid, $4::text)
     ORDER BY player_id, channel LIMIT $5::int8`,
    [tenant, notificationId, page.after?.playerId ?? noId, page.after?.channel ?? '', page.limit],
  );
  return rows.map((row) => sendingRow.parse(row));
}

/** A sending of any tenant that is to be done. @property dueAt µs since 1970 */
export type DueSending = SendingRow & { readonly dueAt: bigint };

/** Sendings of all tenants whose time has come, the longest waiting first.
 *  @param until µs since 1970
 *  @param after the last one of the page before; null for the first page */
export async function dueSendings(
  sql: Sql,
  generations: Generations,
  until: bigint,
  after: DueSending | null,
  limit: number,
): Promise<readonly DueSending[]> {
  const { rows } = await sql.query(
    `SELECT ${columns}, due_at FROM ${physicalName(sendingsTable, await generations.of('notifications'))}
     WHERE due_at IS NOT NULL AND due_at <= $1::bigint
       AND (due_at, tenant, notification_id, player_id, channel) > ($2::bigint, $3::text, $4::uuid, $5::uuid, $6::text)
     ORDER BY due_at, tenant, notification_id, player_id, channel LIMIT $7::int8`,
    [
      until,
      after?.dueAt ?? -1n,
      after?.tenant ?? '',
      after?.notificationId ?? noId,
      after?.playerId ?? noId,
      after?.channel ?? '',
      limit,
    ],
  );
  return rows.map((row) => ({ ...sendingRow.parse(row), dueAt: dueAt.parse(row).due_at }));
}

const dueAt = z.object({ due_at: bigint });
const noId = '00000000-0000-0000-0000-000000000000';
