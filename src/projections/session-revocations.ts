import { z } from 'zod';
import type { SessionId, TenantId } from '../events/ids.ts';
import type { SessionEvent } from '../events/session.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per revoked session; `revoked_at` µs since 1970. */
const revocations = {
  name: 'session_revocations',
  key: ['tenant', 'session_id'],
  columns: { tenant: 'text', session_id: 'uuid', revoked_at: 'bigint', tokens_expire_at: 'timestamptz' },
} as const;

/** Sessions that ended before their tokens do. */
export const sessionRevocations = defineProjection<SessionEvent>({
  name: 'session_revocations',
  about: 'Sessions that ended before their tokens do.',
  version: 1,
  tables: [revocations],
  on: {
    PlayerAuthenticated: 'ignored',
    SessionRefreshed: 'ignored',
    SessionRevoked: ({ tenant, version, data, recordedAt }) => [
      change(revocations, version, {
        tenant,
        session_id: data.sessionId,
        revoked_at: recordedAt,
        tokens_expire_at: data.tokensExpireAt,
      }),
    ],
  },
});

const revocationRow = z
  .object({ tenant: z.string(), session_id: z.string(), expires: z.coerce.number() })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    sessionId: row.session_id as SessionId,
    tokensExpireAtMs: row.expires,
  }));

/** @property tokensExpireAtMs milliseconds since 1970 */
export type RevokedSession = z.infer<typeof revocationRow>;

/** Revoked sessions whose tokens have not expired yet, in the order of tenant and session.
 *  @param after last one of the page before, null for the first page */
export async function revokedSessionsPage(
  sql: Sql,
  generations: Generations,
  after: Pick<RevokedSession, 'tenant' | 'sessionId'> | null,
  limit: number,
): Promise<readonly RevokedSession[]> {
  const { rows } = await sql.query(
    `SELECT tenant, session_id::text AS session_id, extract(epoch FROM tokens_expire_at)::float8 * 1000 AS expires
     FROM ${physicalName(revocations, await generations.of('session_revocations'))}
     WHERE tokens_expire_at > clock_timestamp() AND (tenant, session_id) > ($1::text, $2::uuid)
     ORDER BY tenant, session_id LIMIT $3::int8`,
    [after?.tenant ?? '', after?.sessionId ?? '00000000-0000-0000-0000-000000000000', limit],
  );
  return rows.map((row) => revocationRow.parse(row));
}
