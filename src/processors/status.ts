import { z } from 'zod';
import type { Sql } from '../ports/database.ts';

/** How far a processor is, over all processes.
 *  @property lagEvents  events in the log after its checkpoints, handled types or not
 *  @property lagSeconds age of the oldest of them by the database's clock; 0 when there is none
 *  @property stopped    partitions that a poison event stops
 *  @property unowned    partitions that no living process holds
 *  @property owners     processes that hold partitions */
export type ProcessorStatus = {
  readonly processor: string;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly stopped: number;
  readonly unowned: number;
  readonly owners: number;
};

const statusRow = z.object({
  processor: z.string(),
  lag_events: z.coerce.number(),
  lag_seconds: z.coerce.number(),
  stopped: z.coerce.number(),
  unowned: z.coerce.number(),
  owners: z.coerce.number(),
});

/** Status of every processor that has checkpoints, also of generations that are being built or were retired. One statement. */
export async function processorStatus(sql: Sql): Promise<readonly ProcessorStatus[]> {
  const { rows } = await sql.query(
    `SELECT processor, sum(behind)::int8 AS lag_events, max(age)::float8 AS lag_seconds,
       sum(CASE WHEN stopped THEN 1 ELSE 0 END)::int8 AS stopped, sum(CASE WHEN held THEN 0 ELSE 1 END)::int8 AS unowned,
       count(DISTINCT CASE WHEN held THEN owner END) AS owners
     FROM (
       SELECT c.processor, c.owner, l.position - c.position AS behind,
         coalesce(greatest(0, extract(epoch FROM clock_timestamp() - e.recorded_at)), 0)::float8 AS age,
         coalesce(c.owner IS NOT NULL AND c.lease_until > clock_timestamp(), false) AS held,
         EXISTS (SELECT 1 FROM poison_events p
                 WHERE p.processor = c.processor AND p.partition = c.partition AND p.position > c.position) AS stopped
       FROM processor_checkpoints c
       JOIN log_partitions l ON l.partition = c.partition
       LEFT JOIN events e ON e.partition = c.partition AND e.position = c.position + 1) AS partitions
     GROUP BY processor ORDER BY processor`,
  );
  return rows.map((row) => {
    const { processor, lag_events, lag_seconds, stopped, unowned, owners } = statusRow.parse(row);
    return { processor, lagEvents: lag_events, lagSeconds: lag_seconds, stopped, unowned, owners };
  });
}
