import { z } from 'zod';
import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import type { SessionEvent } from '../events/session.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per sign-in; `client` is the ciphertext as the log has it, times in µs since 1970, `ended_at` NULL while it counts. */
const sessionsTable = {
  name: 'sessions',
  key: ['tenant', 'session_id'],
  columns: {
    tenant: 'text',
    session_id: 'uuid',
    player_id: 'uuid',
    method: 'text',
    client: 'text',
    started_at: 'bigint',
    refreshed_at: 'bigint',
    expires_at: 'timestamptz',
    ended_at: 'bigint',
  },
  indexes: [{ name: 'player', columns: ['tenant', 'player_id', 'started_at'] }],
} as const;

/** Sign-ins of players. */
export const sessions = defineProjection<SessionEvent>({
  name: 'sessions',
  about: 'Sign-ins of players, with where they came from and how they ended.',
  version: 1,
  tables: [sessionsTable],
  on: {
    PlayerAuthenticated: ({ tenant, version, data, recordedAt }) => [
      change(sessionsTable, version, {
        tenant,
        session_id: data.sessionId,
        player_id: data.playerId,
        method: data.method,
        client: data.client,
        started_at: recordedAt,
        refreshed_at: recordedAt,
        expires_at: data.familyExpiresAt,
        ended_at: null,
      }),
    ],
    SessionRefreshed: ({ tenant, version, data, recordedAt }) => [
      change(sessionsTable, version, { tenant, session_id: data.sessionId, refreshed_at: recordedAt }),
    ],
    SessionRevoked: ({ tenant, version, data, recordedAt }) => [
      change(sessionsTable, version, { tenant, session_id: data.sessionId, ended_at: recordedAt }),
    ],
  },
});

const sessionRow = z.object({ session_id: z.string() }).transform((row) => row.session_id as SessionId);

/** Sessions of a player that nobody has ended, also those that have expired. */
export async function openSessionsOf(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<readonly SessionId[]> {
  const { rows } = await sql.query(
    `SELECT session_id::text AS session_id FROM ${physicalName(sessionsTable, await generations.of('sessions'))}
     WHERE tenant = $1::text AND player_id = $2::uuid AND ended_at IS NULL ORDER BY session_id`,
    [tenant, playerId],
  );
  return rows.map((row) => sessionRow.parse(row));
}

const listedRow = z
  .object({
    session_id: z.string(),
    method: z.string(),
    client: z.string().nullable(),
    started_at: z.coerce.bigint(),
    refreshed_at: z.coerce.bigint(),
  })
  .transform((row) => ({
    sessionId: row.session_id as SessionId,
    method: row.method,
    client: row.client,
    startedAt: row.started_at,
    refreshedAt: row.refreshed_at,
  }));

/** A sign-in. @property client ciphertext; @property startedAt, refreshedAt µs since 1970 */
export type SessionRow = z.infer<typeof listedRow>;

/** Sessions of a player that have neither ended nor expired, the newest first.
 *  @param page.now milliseconds since 1970
 *  @param page.after last one of the page before, null for the first page */
export async function listSessions(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: { readonly tenant: TenantId; readonly playerId: PlayerId },
  page: {
    readonly now: number;
    readonly after: Pick<SessionRow, 'startedAt' | 'sessionId'> | null;
    readonly limit: number;
  },
): Promise<readonly SessionRow[]> {
  const { rows } = await sql.query(
    `SELECT session_id::text AS session_id, method, client, started_at, refreshed_at
     FROM ${physicalName(sessionsTable, await generations.of('sessions'))}
     WHERE tenant = $1::text AND player_id = $2::uuid AND ended_at IS NULL AND expires_at > $3::timestamptz
       AND (started_at, session_id) < ($4::bigint, $5::uuid)
     ORDER BY started_at DESC, session_id DESC LIMIT $6::int8`,
    [
      tenant,
      playerId,
      new Date(page.now).toISOString(),
      page.after?.startedAt ?? 2n ** 62n,
      page.after?.sessionId ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      page.limit,
    ],
  );
  return rows.map((row) => listedRow.parse(row));
}
