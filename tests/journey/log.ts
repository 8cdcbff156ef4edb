import type { TestDatabase } from '../support/database.ts';

/** One event as it lies in the database, past the store and its codecs. @property at recorded time in µs */
export type Stored = {
  readonly id: string;
  readonly tenant: string;
  readonly stream: string;
  readonly version: bigint;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each fold says what it expects of it
  readonly data: any;
  readonly metadata: Readonly<Record<string, string>>;
  readonly partition: number;
  readonly position: bigint;
  readonly at: bigint;
};

/** All events of a tenant, in the order of the log: by time, then partition, then position. */
export async function readLog(db: TestDatabase, tenant = 'default'): Promise<readonly Stored[]> {
  const rows = await db.query(
    `select event_id::text as id, tenant, stream_id, version::text as version, type, data, metadata, partition,
            position::text as position, (extract(epoch from recorded_at) * 1000000)::bigint::text as micros
     from events where tenant = $1 order by events.recorded_at, events.partition, events.position`,
    [tenant],
  );
  return rows.map((row) => ({
    id: String(row['id']),
    tenant: String(row['tenant']),
    stream: String(row['stream_id']),
    version: BigInt(String(row['version'])),
    type: String(row['type']),
    data: row['data'],
    metadata: row['metadata'] as Record<string, string>,
    partition: Number(row['partition']),
    position: BigInt(String(row['position'])),
    at: BigInt(String(row['micros'])),
  }));
}

/** The end of the log, for Sandai-Wait-For. */
export async function endOfLog(db: TestDatabase): Promise<string> {
  const [info] = await db.query('select log_id::text as log_id from log_info');
  const heads = await db.query(
    'select partition, position::text as position from log_partitions where position > 0 order by partition',
  );
  return `${info?.['log_id']}.${heads.map((head) => `${head['partition']}-${head['position']}`).join(',')}`;
}

/** RFC 3339 of a time in µs, as answers show it. */
export const shown = (at: bigint): string => new Date(Number(at / 1000n)).toISOString();
/** µs since 1970 of an RFC 3339 time. */
export const microsOf = (instant: string): bigint => BigInt(Date.parse(instant)) * 1000n;
/** Days since 1970 in UTC of a time in µs. */
export const dayOf = (at: bigint): number => Number(at / 86_400_000_000n);
