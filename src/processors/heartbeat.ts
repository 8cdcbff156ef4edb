import { z } from 'zod';
import { coalesce } from '../event-store/coalesce.ts';
import type { Sql } from '../ports/database.ts';
import type { PartitionHold } from './partition-share.ts';

/** What a beat of one processor found.
 *  @property live  processes that share it, this one included
 *  @property holds its partitions with their checkpoints, in order */
export type Beat = {
  readonly live: number;
  readonly holds: readonly (PartitionHold & { readonly position: bigint })[];
};

/** The sign of life of one process for all its processors.
 *  @property beat   keeps what the process holds of a processor for another lease time, and tells how its partitions stand. Processors that
 *                   ask at one moment share a statement
 *  @property nextAt when the next beat is due, in milliseconds since 1970: one moment for all processors of the process */
export type Heartbeat = { beat(processor: string): Promise<Beat>; nextAt(): number };

const int = z.coerce.number();
const row = z.object({
  processor: z.string(),
  partition: int,
  position: z.coerce.bigint(),
  owner: z.string().nullable(),
  free: z.boolean(),
  live: int,
});

const forgetEveryMs = 60_000;

/** @param owner name of this process among those that share the work; all times are the database's */
export function createHeartbeat(sql: Sql, owner: string, leaseMs: number): Heartbeat {
  const everyMs = leaseMs / 3;
  // so that processes whose clocks agree do not all beat at once
  const phaseMs = Math.random() * everyMs;
  let forgetAt = 0;

  async function forgetTheDead(): Promise<void> {
    if (Date.now() < forgetAt) return;
    await sql.query(`DELETE FROM processor_owners WHERE alive_until < clock_timestamp() - interval '1 minute'`);
    forgetAt = Date.now() + forgetEveryMs;
  }

  async function beatAll(processors: readonly string[]): Promise<readonly Beat[]> {
    await forgetTheDead();
    const { rows } = await sql.query(
      `WITH mine AS MATERIALIZED (
         SELECT processor, partition FROM processor_checkpoints WHERE processor = ANY($1::text[]) AND owner = $2::text
         ORDER BY processor, partition FOR UPDATE),
       renewed AS (
         UPDATE processor_checkpoints c SET lease_until = clock_timestamp() + $3::int8 * interval '1 millisecond'
         FROM mine WHERE c.processor = mine.processor AND c.partition = mine.partition RETURNING 1),
       announced AS (
         INSERT INTO processor_owners (processor, owner, alive_until)
         SELECT a.processor, $2::text, clock_timestamp() + $3::int8 * interval '1 millisecond'
         FROM unnest($1::text[]) AS a (processor)
         ON CONFLICT (processor, owner) DO UPDATE SET alive_until = excluded.alive_until RETURNING 1),
       others AS (
         SELECT processor, count(*) AS live FROM processor_owners
         WHERE processor = ANY($1::text[]) AND owner <> $2::text AND alive_until > clock_timestamp() GROUP BY processor)
       SELECT c.processor, c.partition, c.position, c.owner, COALESCE(o.live, 0) + 1 AS live,
         (c.owner IS NULL OR c.owner <> $2::text AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())) AS free
       FROM processor_checkpoints c LEFT JOIN others o ON o.processor = c.processor
       WHERE c.processor = ANY($1::text[]) ORDER BY c.processor, c.partition`,
      [processors, owner, leaseMs],
    );
    const beats = new Map(
      processors.map((processor) => [processor, { live: 1, holds: [] as Beat['holds'][number][] }]),
    );
    for (const each of rows) {
      const { processor, live, ...hold } = row.parse(each);
      const beat = beats.get(processor)!;
      beat.live = live;
      beat.holds.push(hold);
    }
    return processors.map((processor) => beats.get(processor)!);
  }

  return {
    beat: coalesce(beatAll, { maxRunning: 2, maxKeys: 1_000 }),
    nextAt: () => phaseMs + (Math.floor((Date.now() - phaseMs) / everyMs) + 1) * everyMs,
  };
}
