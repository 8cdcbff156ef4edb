import { z } from 'zod';
import type { LogPosition } from '../event-store/port.ts';
import type { Sql } from '../ports/database.ts';

const row = z.object({ partition: z.coerce.number(), position: z.coerce.bigint() });

/** Checkpoint per partition, as committed. Empty when the processor is unknown. */
export async function checkpointsOf(sql: Sql, processor: string): Promise<LogPosition> {
  const { rows } = await sql.query(
    'SELECT partition, position FROM processor_checkpoints WHERE processor = $1::text ORDER BY partition',
    [processor],
  );
  return new Map(rows.map((each) => row.parse(each)).map(({ partition, position }) => [partition, position]));
}

/** Makes the checkpoints of a new processor, at the beginning of the log; those that exist stay where they are. */
export async function ensureCheckpoints(sql: Sql, processor: string, partitions: number): Promise<void> {
  await sql.query(
    `INSERT INTO processor_checkpoints (processor, partition, position)
     SELECT $1::text, p.partition, 0 FROM unnest($2::int8[]) AS p (partition)
     ON CONFLICT (processor, partition) DO NOTHING`,
    [processor, Array.from({ length: partitions }, (_, partition) => partition)],
  );
}

/** As {@link ensureCheckpoints}, for a processor that answers to what happens from its first start on: it begins at the end of the log. */
export async function ensureCheckpointsAtEnd(sql: Sql, processor: string): Promise<void> {
  await sql.query(
    `INSERT INTO processor_checkpoints (processor, partition, position)
     SELECT $1::text, l.partition, l.position FROM log_partitions l
     ON CONFLICT (processor, partition) DO NOTHING`,
    [processor],
  );
}

export async function deleteCheckpoints(sql: Sql, processor: string): Promise<void> {
  await sql.query('DELETE FROM processor_checkpoints WHERE processor = $1::text', [processor]);
  await sql.query('DELETE FROM processor_owners WHERE processor = $1::text', [processor]);
  await sql.query('DELETE FROM poison_events WHERE processor = $1::text', [processor]);
}

/** Whether `reached` is at or beyond `wanted` in each partition. */
export const covers = (reached: LogPosition, wanted: LogPosition): boolean =>
  [...wanted].every(([partition, position]) => (reached.get(partition) ?? 0n) >= position);
