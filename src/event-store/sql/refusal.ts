import type { RecordedEvent } from '../../events/envelope.ts';
import type { StreamId } from '../../events/ids.ts';
import type { Sql } from '../../ports/database.ts';
import { ConditionFailed, DataKeyExists, RecordExists, VersionConflict } from '../errors.ts';
import type { IdempotencyRecord, RecordKey } from '../port.ts';
import { type PreparedAppend, recordedEvent } from '../prepare.ts';
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

/** Finds the append that a 23505 names; null when its text names none of them. */
export function refusalByDetail(error: unknown, batch: readonly PreparedAppend[], dialect: Dialect): Refusal | null {
  const detail = (error as { detail?: unknown }).detail;
  for (const append of batch) {
    const { record } = append;
    if (
      record !== undefined &&
      detail === dialect.uniqueDetail(['tenant', 'scope', 'key'], [record.tenant, record.scope, record.key])
    )
      return { append, explain: (sql) => existingRecord(sql, record) };
    for (const { streamId, version } of append.events)
      if (detail === dialect.uniqueDetail(['stream_id', 'version'], [streamId, version]))
        return { append, explain: (sql) => conflict(sql, append) };
    for (const { tenant, playerId } of append.dataKeys)
      if (detail === dialect.uniqueDetail(['tenant', 'player_id'], [tenant, playerId]))
        return { append, explain: async () => new DataKeyExists(playerId) };
  }
  return null;
}

async function existingRecord(sql: Sql, key: RecordKey): Promise<Error | null> {
  const record: IdempotencyRecord | null = await selectRecord(sql, key);
  if (record !== null) return new RecordExists(record);
  await deleteExpiredRecord(sql, key);
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

/** Places of a batch that committed although its answer was lost.
 *  @returns null when it did not commit; one of its events being there under our id proves that all are */
export async function committedEvents(
  sql: Sql,
  batch: readonly PreparedAppend[],
): Promise<readonly (readonly RecordedEvent[])[] | null> {
  const events = batch.flatMap((append) => append.events);
  if (events.length === 0) return null;
  const { rows } = await sql.query(
    `select e.event_id::text as event_id, e.position::bigint as position,
            (extract(epoch from e.recorded_at) * 1000000)::bigint as micros
     from unnest($1::text[], $2::bigint[]) as w(stream_id, version)
     join events e on e.stream_id = w.stream_id and e.version = w.version`,
    [events.map((event) => event.streamId), events.map((event) => `${event.version}`)],
  );
  type Place = { event_id: string; position: string; micros: string };
  const places = new Map((rows as Place[]).map((row) => [row.event_id, row]));
  if (!events.every((event) => places.has(event.eventId.toLowerCase()))) return null;
  return batch.map((append) =>
    append.events.map((event) => {
      const place = places.get(event.eventId.toLowerCase()) as Place;
      return recordedEvent(append.tenant, event, BigInt(place.position), BigInt(place.micros));
    }),
  );
}
