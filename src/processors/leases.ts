import { z } from 'zod';
import type { Sql } from '../ports/database.ts';
import type { PartitionHold } from './partition-share.ts';

/** A partition held for one processor. @property epoch grows with each claim: the fence; @property position checkpoint */
export type Lease = { readonly partition: number; readonly epoch: bigint; readonly position: bigint };

const int = z.coerce.number();
const bigint = z.coerce.bigint();
const holdRow = z.object({ partition: int, position: bigint, owner: z.string().nullable(), free: z.boolean() });
const leaseRow = z.object({ partition: int, epoch: bigint, position: bigint });
const fenceRow = z.object({ partition: int, epoch: bigint, position: bigint, owner: z.string().nullable() });

const soon = (parameter: string) => `clock_timestamp() + ${parameter}::int8 * interval '1 millisecond'`;

/** Partitions are no longer ours: another process took them over. Nothing was written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly partitions: readonly number[];
  constructor(processor: string, partitions: readonly number[]) {
    super(`processor ${processor} lost its lease on partitions ${partitions.join(', ')}: another process has them`);
    this.partitions = partitions;
  }
}

/** Our checkpoint moved although no answer came: an earlier commit had reached the database. Nothing was written now. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
  readonly positions: ReadonlyMap<number, bigint>;
  constructor(positions: ReadonlyMap<number, bigint>) {
    super('an earlier batch had been committed: read on from its checkpoint');
    this.positions = positions;
  }
}

/** The lease rows of one processor, as one process (`owner`) works with them. All times are the database's. */
export function leasesOf(processor: string, owner: string, leaseMs: number) {
  return {
    /** Keeps what is held for another lease time. */
    async renew(sql: Sql): Promise<void> {
      await sql.query(
        `UPDATE processor_checkpoints SET lease_until = ${soon('$3')} WHERE processor = $1::text AND owner = $2::text`,
        [processor, owner, leaseMs],
      );
    },

    async holds(sql: Sql): Promise<readonly (PartitionHold & { readonly position: bigint })[]> {
      const { rows } = await sql.query(
        `SELECT partition, position, owner, (owner IS NULL OR lease_until IS NULL OR lease_until <= clock_timestamp()) AS free
         FROM processor_checkpoints WHERE processor = $1::text ORDER BY partition`,
        [processor],
      );
      return rows.map((row) => holdRow.parse(row));
    },

    /** Takes those of the partitions that are still free. A process that was stopped inside a transaction has them locked until the database
     *  ends that: asking again, instead of waiting, keeps no connection busy meanwhile. */
    async claim(sql: Sql, partitions: readonly number[]): Promise<readonly Lease[]> {
      const { rows } = await sql.query(
        `WITH free AS MATERIALIZED (
           SELECT partition FROM processor_checkpoints
           WHERE processor = $1::text AND partition = ANY($4::int8[])
             AND (owner IS NULL OR lease_until IS NULL OR lease_until <= clock_timestamp())
           ORDER BY partition FOR UPDATE NOWAIT)
         UPDATE processor_checkpoints c SET owner = $2::text, epoch = c.epoch + 1, lease_until = ${soon('$3')}
         FROM free WHERE c.processor = $1::text AND c.partition = free.partition
         RETURNING c.partition, c.epoch, c.position`,
        [processor, owner, leaseMs, partitions],
      );
      return rows.map((row) => leaseRow.parse(row));
    },

    async release(sql: Sql, partitions: readonly number[]): Promise<void> {
      await sql.query(
        `UPDATE processor_checkpoints SET owner = NULL, lease_until = NULL
         WHERE processor = $1::text AND owner = $2::text AND partition = ANY($3::int8[])`,
        [processor, owner, partitions],
      );
    },

    /** Gives everything up, so that others need not wait for leases to run out. */
    async leave(sql: Sql): Promise<void> {
      await sql.query(
        'UPDATE processor_checkpoints SET owner = NULL, lease_until = NULL WHERE processor = $1::text AND owner = $2::text',
        [processor, owner],
      );
      await sql.query('DELETE FROM processor_owners WHERE processor = $1::text AND owner = $2::text', [
        processor,
        owner,
      ]);
    },

    /** Locks the checkpoints in the order of partitions and proves that they are ours and where we think. First in each transaction.
     *  @throws LeaseLost, CheckpointMoved */
    async fence(sql: Sql, leases: readonly Lease[]): Promise<void> {
      const { rows } = await sql.query(
        `SELECT partition, epoch, position, owner FROM processor_checkpoints
         WHERE processor = $1::text AND partition = ANY($2::int8[]) ORDER BY partition FOR UPDATE`,
        [processor, leases.map((lease) => lease.partition)],
      );
      const found = new Map(rows.map((row) => fenceRow.parse(row)).map((row) => [row.partition, row]));
      const lost = leases.filter(({ partition, epoch }) => {
        const row = found.get(partition);
        return row === undefined || row.epoch !== epoch || row.owner !== owner;
      });
      if (lost.length > 0)
        throw new LeaseLost(
          processor,
          lost.map((lease) => lease.partition),
        );
      const moved = leases.filter((lease) => found.get(lease.partition)!.position !== lease.position);
      if (moved.length > 0)
        throw new CheckpointMoved(
          new Map(moved.map(({ partition }) => [partition, found.get(partition)!.position] as const)),
        );
    },

    /** Moves checkpoints, after {@link fence} in the same transaction. Renews the leases too. */
    async advance(sql: Sql, positions: ReadonlyMap<number, bigint>): Promise<void> {
      await sql.query(
        `UPDATE processor_checkpoints c SET position = m.position, lease_until = ${soon('$2')}
         FROM unnest($3::int8[], $4::int8[]) AS m (partition, position)
         WHERE c.processor = $1::text AND c.partition = m.partition`,
        [processor, leaseMs, [...positions.keys()], [...positions.values()].map(String)],
      );
    },
  };
}

export type Leases = ReturnType<typeof leasesOf>;
