import { expect } from 'vitest';
import { categoryOf } from '../../src/events/ids.ts';
import type { TestDatabase } from '../support/database.ts';
import { conditionCategories } from './contract.ts';

export type LogRow = {
  readonly event_id: string;
  readonly stream_id: string;
  readonly version: bigint;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly partition: number;
  readonly position: bigint;
  readonly micros: bigint;
};

/** Reads the whole log past the store and checks what must hold of every log: gapless positions and versions, time that
 *  never steps back inside a partition, no event twice, heads and counters that agree with the events. */
export async function checkedLog(database: TestDatabase): Promise<readonly LogRow[]> {
  const rows = await database.query(
    `select event_id::text as event_id, stream_id, version::text as version, type, data, partition, position::text as position,
            (extract(epoch from recorded_at) * 1000000)::bigint::text as micros
     from events order by events.partition, events.position`,
  );
  const log = rows.map((row) => ({
    ...row,
    partition: Number(row['partition']),
    version: BigInt(row['version'] as string),
    position: BigInt(row['position'] as string),
    micros: BigInt(row['micros'] as string),
  })) as unknown as LogRow[];
  const tails = new Map<number, LogRow>();
  const versions = new Map<string, bigint>();
  for (const row of log) {
    const before = tails.get(row.partition);
    expect(row.position, `position in partition ${row.partition}`).toBe((before?.position ?? 0n) + 1n);
    expect(row.micros >= (before?.micros ?? 0n), `time at ${row.partition}/${row.position}`).toBe(true);
    expect(row.version, `version in ${row.stream_id}`).toBe((versions.get(row.stream_id) ?? 0n) + 1n);
    tails.set(row.partition, row);
    versions.set(row.stream_id, row.version);
  }
  expect(new Set(log.map((row) => row.event_id)).size).toBe(log.length);
  await expectCounters(database, tails);
  await expectHeads(database, versions);
  return log;
}

async function expectCounters(database: TestDatabase, tails: ReadonlyMap<number, LogRow>): Promise<void> {
  for (const row of await database.query('select partition, position::text as position from log_partitions'))
    expect(BigInt(row['position'] as string)).toBe(tails.get(Number(row['partition']))?.position ?? 0n);
}

async function expectHeads(database: TestDatabase, versions: ReadonlyMap<string, bigint>): Promise<void> {
  const heads = await database.query('select stream_id, version::text as version from stream_heads order by stream_id');
  const expected = [...versions].filter(([stream]) => conditionCategories.includes(categoryOf(stream)));
  expect(new Map(heads.map((row) => [row['stream_id'], BigInt(row['version'] as string)]))).toEqual(new Map(expected));
}
