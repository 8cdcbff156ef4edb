import type { TenantId } from '../../events/ids.ts';
import type { Sql } from '../../ports/database.ts';
import type { IdempotencyRecord, RecordKey } from '../port.ts';

type Row = { request_hash: string; status: number; response: string; expires_ms: string };

/** The stored outcome under a key; null when there is none or it has expired. */
export async function selectRecord(sql: Sql, { tenant, scope, key }: RecordKey): Promise<IdempotencyRecord | null> {
  const { rows } = await sql.query(
    `select request_hash, status, response, (extract(epoch from expires_at) * 1000)::bigint as expires_ms
     from idempotency_keys
     where tenant = $1::text and scope = $2::text and key = $3::text and expires_at > clock_timestamp()`,
    [tenant, scope, key],
  );
  const row = rows[0] as Row | undefined;
  if (row === undefined) return null;
  return {
    tenant: tenant as TenantId,
    scope,
    key,
    requestHash: row.request_hash,
    status: row.status,
    response: row.response,
    expiresAt: Number(row.expires_ms),
  };
}

/** Whether exactly this record is stored, expired or not. */
export async function isStored(sql: Sql, record: IdempotencyRecord): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from idempotency_keys
     where tenant = $1::text and scope = $2::text and key = $3::text and request_hash = $4::text and status = $5::int
       and response = $6::text and (extract(epoch from expires_at) * 1000)::bigint = $7::bigint`,
    [
      ...[record.tenant, record.scope, record.key, record.requestHash, record.status, record.response],
      `${Math.trunc(record.expiresAt)}`,
    ],
  );
  return rows.length > 0;
}

export async function deleteExpiredRecord(sql: Sql, { tenant, scope, key }: RecordKey): Promise<void> {
  await sql.query(
    `delete from idempotency_keys
     where tenant = $1::text and scope = $2::text and key = $3::text and expires_at <= clock_timestamp()`,
    [tenant, scope, key],
  );
}

/** Deletes the outcomes that a player's calls led to, and those that are about the player: an erasure leaves none. */
export async function deleteRecordsOfPlayer(sql: Sql, tenant: TenantId, playerId: string): Promise<void> {
  // a scope of a player's own begins with the player's id and a space, after which ! comes next
  await sql.query('delete from idempotency_keys where tenant = $1::text and scope >= $2::text and scope < $3::text', [
    tenant,
    `${playerId} `,
    `${playerId}!`,
  ]);
  await sql.query('delete from idempotency_keys where tenant = $1::text and player_id = $2::text', [tenant, playerId]);
}

/** Deletes expired records after a key, in key order, a bounded number at a time.
 *  @returns the key to go on after, or null at the end of the table */
export async function sweepExpiredRecords(sql: Sql, after: RecordKey | null, limit: number): Promise<RecordKey | null> {
  const { rows } = await sql.query(
    `select tenant, scope, key, expires_at <= clock_timestamp() as expired from idempotency_keys
     where (tenant, scope, key) > ($1::text, $2::text, $3::text)
     order by tenant, scope, key limit $4::int`,
    [after?.tenant ?? '', after?.scope ?? '', after?.key ?? '', limit],
  );
  const read = rows as (RecordKey & { expired: boolean })[];
  const expired = read.filter((row) => row.expired);
  if (expired.length > 0)
    await sql.query(
      `delete from idempotency_keys where expires_at <= clock_timestamp() and (tenant, scope, key) in
         (select * from unnest($1::text[], $2::text[], $3::text[]))`,
      [expired.map((row) => row.tenant), expired.map((row) => row.scope), expired.map((row) => row.key)],
    );
  return read.length < limit ? null : (read.at(-1) ?? null);
}
