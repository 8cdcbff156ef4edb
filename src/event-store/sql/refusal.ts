import type { StreamId } from '../../events/ids.ts';
import type { Sql } from '../../ports/database.ts';
import { ConditionFailed, DataKeyExists, RecordExists, VersionConflict } from '../errors.ts';
import type { IdempotencyRecord, RecordKey } from '../port.ts';
import type { PreparedAppend } from '../prepare.ts';
import type { AppendParameters } from './append-statement.ts';
import type { Dialect } from './dialect.ts';
import { deleteExpiredRecord, selectRecord } from './records.ts';

/** An append that made its statement refuse.
 *  @property explain the error for its caller, read from the database; null = it was refused by a stale snapshot or an
 *            expired record, and may go again */
export type Refusal = { readonly append: PreparedAppend; explain(sql: Sql): Promise<Error | null> };

export function refusalsByNumber(
  rows: readonly { kind: number; ref: string; value: string }[],
  { conditionOwners, predecessorOwners }: AppendParameters,
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const row of rows) {
    if (row.kind === 0) continue;
    const append = (row.kind === 1 ? conditionOwners : predecessorOwners)[Number(row.ref) - 1];
    if (append === undefined) throw new Error(`the append statement named ${row.kind}/${row.ref}, which was not sent`);
    refusals.push({
      append,
      explain: (sql) => (row.kind === 1 ? failedCondition(sql, append) : conflict(sql, append)),
    });
  }
  return refusals;
}

/** The appends that a 23505 can mean: those that its text names (different keys may read the same), or the only one
 *  there is. Empty when its text names none of several. */
export function refusalsByDetail(
  error: unknown,
  batch: readonly PreparedAppend[],
  dialect: Dialect,
): readonly Refusal[] {
  const detail = (error as { detail?: unknown }).detail;
  const isNamed = ({ record, events, dataKeys }: PreparedAppend): boolean =>
    (record !== undefined &&
      detail === dialect.uniqueDetail(['tenant', 'scope', 'key'], [record.tenant, record.scope, record.key])) ||
    events.some(
      ({ streamId, version }) => detail === dialect.uniqueDetail(['stream_id', 'version'], [streamId, version]),
    ) ||
    dataKeys.some(
      ({ tenant, playerId }) => detail === dialect.uniqueDetail(['tenant', 'player_id'], [tenant, playerId]),
    );
  const named = batch.length === 1 ? batch : batch.filter(isNamed);
  return named.map((append) => ({ append, explain: (sql) => takenKey(sql, append) }));
}

async function takenKey(sql: Sql, append: PreparedAppend): Promise<Error | null> {
  return (
    (append.record && (await existingRecord(sql, append.record))) ??
    (await conflict(sql, append)) ??
    (await existingDataKey(sql, append))
  );
}

async function existingRecord(sql: Sql, key: RecordKey): Promise<Error | null> {
  const record: IdempotencyRecord | null = await selectRecord(sql, key);
  if (record !== null) return new RecordExists(record);
  await deleteExpiredRecord(sql, key);
  return null;
}

async function existingDataKey(sql: Sql, { dataKeys }: PreparedAppend): Promise<Error | null> {
  for (const { tenant, playerId } of dataKeys) {
    const { rows } = await sql.query('select 1 from data_keys where tenant = $1::text and player_id = $2::text', [
      tenant,
      playerId,
    ]);
    if (rows.length > 0) return new DataKeyExists(playerId);
  }
  return null;
}

async function conflict(sql: Sql, append: PreparedAppend): Promise<Error | null> {
  const expected = new Map<StreamId, bigint>();
  for (const { streamId, version } of append.events) if (!expected.has(streamId)) expected.set(streamId, version - 1n);
  for (const [streamId, version] of expected) {
    const { rows } = await sql.query(
      'select coalesce(max(version), 0)::bigint as version from events where stream_id = $1::text',
      [streamId],
    );
    const actual = BigInt((rows[0] as { version: string }).version);
    if (actual !== version) return new VersionConflict(streamId, version, actual);
  }
  return null;
}

async function failedCondition(sql: Sql, append: PreparedAppend): Promise<Error | null> {
  for (const { streamId, expectedVersion } of append.conditions) {
    const { rows } = await sql.query('select version::bigint as version from stream_heads where stream_id = $1::text', [
      streamId,
    ]);
    const actual = BigInt((rows[0] as { version: string } | undefined)?.version ?? 0);
    if (actual !== expectedVersion) return new ConditionFailed(streamId, expectedVersion, actual);
  }
  return null;
}
