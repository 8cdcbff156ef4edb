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
