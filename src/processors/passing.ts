import { z } from 'zod';
import { coalesce } from '../event-store/coalesce.ts';
import type { Sql } from '../ports/database.ts';
import type { Lease } from './leases.ts';

/** Checkpoints of one processor that pass events which it does not want. @property through where each of them goes */
export type Pass = { readonly processor: string; readonly moves: readonly (Lease & { readonly through: bigint })[] };

/** Moves the checkpoints of all processors of a process past what nobody handles; nothing is written with it, so it needs no transaction.
 *  @property pass   answers with the partitions that were ours and where we think; only those moved. Processors that pass at one moment share
 *                   a statement
 *  @property nextAt when to pass next, in milliseconds since 1970: one moment for all processors of the process */
export type Passing = { pass(pass: Pass): Promise<ReadonlySet<number>>; nextAt(): number };

const row = z.object({ processor: z.string(), partition: z.coerce.number() });

/** @param owner name of this process among those that share the work; all times are the database's */
export function createPassing(
  sql: Sql,
  owner: string,
  { leaseMs, idleCheckpointMs }: { readonly leaseMs: number; readonly idleCheckpointMs: number },
): Passing {
  async function passAll(passes: readonly Pass[]): Promise<readonly ReadonlySet<number>[]> {
    const moves = passes.flatMap((pass) => pass.moves.map((move) => ({ ...move, processor: pass.processor })));
    const { rows } = await sql.query(
      `WITH held AS MATERIALIZED (
         SELECT c.processor, c.partition, m.through FROM processor_checkpoints c
         JOIN unnest($3::text[], $4::int8[], $5::int8[], $6::int8[], $7::int8[]) AS m (processor, partition, epoch, since, through)
           ON c.processor = m.processor AND c.partition = m.partition AND c.epoch = m.epoch AND c.position = m.since
         WHERE c.owner = $1::text
         ORDER BY c.processor, c.partition FOR UPDATE OF c)
       UPDATE processor_checkpoints c
       SET position = held.through, lease_until = clock_timestamp() + $2::int8 * interval '1 millisecond'
       FROM held WHERE c.processor = held.processor AND c.partition = held.partition
       RETURNING c.processor, c.partition`,
      [
        owner,
        leaseMs,
        moves.map(({ processor }) => processor),
        moves.map(({ partition }) => partition),
        moves.map(({ epoch }) => `${epoch}`),
        moves.map(({ position }) => `${position}`),
        moves.map(({ through }) => `${through}`),
      ],
    );
    const passed = new Map(passes.map(({ processor }) => [processor, new Set<number>()]));
    for (const each of rows) {
      const { processor, partition } = row.parse(each);
      passed.get(processor)!.add(partition);
    }
    return passes.map(({ processor }) => passed.get(processor)!);
  }

  return {
    pass: coalesce(passAll, { maxRunning: 1, maxKeys: 1_000 }),
    nextAt: () => (Math.floor(Date.now() / idleCheckpointMs) + 1) * idleCheckpointMs,
  };
}
