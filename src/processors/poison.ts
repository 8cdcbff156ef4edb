import { z } from 'zod';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Sql } from '../ports/database.ts';

/** `blocked`: waits for its next try; `retry`: an operator wants one now; `skip`: an operator lets the processor go past it. */
export type Resolution = 'blocked' | 'retry' | 'skip';

/** An event that a processor could not take. @property attempts tries so far; @property done skipped, and the processor has gone past it */
export type PoisonEvent = {
  readonly processor: string;
  readonly partition: number;
  readonly position: bigint;
  readonly eventId: string;
  readonly eventType: string;
  readonly error: string;
  readonly attempts: number;
  readonly resolution: Resolution;
  readonly done: boolean;
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
};

const poisonRow = z
  .object({
    processor: z.string(),
    partition: z.coerce.number(),
    position: z.coerce.bigint(),
    event_id: z.string(),
    event_type: z.string(),
    error: z.string(),
    attempts: z.coerce.number(),
    resolution: z.enum(['blocked', 'retry', 'skip']),
    done: z.boolean(),
    first_failed_at: z.string(),
    last_failed_at: z.string(),
  })
  .transform(
    (row): PoisonEvent => ({
      processor: row.processor,
      partition: row.partition,
      position: row.position,
      eventId: row.event_id,
      eventType: row.event_type,
      error: row.error,
      attempts: row.attempts,
      resolution: row.resolution,
      done: row.done,
      firstFailedAt: row.first_failed_at,
      lastFailedAt: row.last_failed_at,
    }),
  );

const columns = `p.processor, p.partition, p.position, p.event_id::text AS event_id, p.event_type, p.error, p.attempts, p.resolution,
  p.first_failed_at::text AS first_failed_at, p.last_failed_at::text AS last_failed_at, coalesce(c.position >= p.position, false) AS done`;
const from =
  'poison_events p LEFT JOIN processor_checkpoints c ON c.processor = p.processor AND c.partition = p.partition';

const maxErrorLength = 4_000;
// a message may quote the event; NUL cannot be stored
const describe = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .replaceAll('\0', '\\0')
    .slice(0, maxErrorLength);

/** Notes one more failed try. @returns tries so far */
export async function recordPoison(
  sql: Sql,
  processor: string,
  event: RecordedEvent,
  error: unknown,
  resolution: Resolution = 'blocked',
): Promise<number> {
  const { rows } = await sql.query(
    `INSERT INTO poison_events (processor, partition, position, event_id, event_type, error, attempts, resolution)
     VALUES ($1::text, $2::int, $3::int8, $4::uuid, $5::text, $6::text, 1, $7::text)
     ON CONFLICT (processor, partition, position) DO UPDATE
       SET error = excluded.error, attempts = poison_events.attempts + 1, last_failed_at = clock_timestamp(),
           resolution = CASE WHEN poison_events.resolution = 'skip' THEN 'skip' ELSE excluded.resolution END
     RETURNING attempts`,
    [
      processor,
      event.partition,
      `${event.position}`,
      event.eventId,
      event.type,
      describe(error).toWellFormed(),
      resolution,
    ],
  );
  return z.object({ attempts: z.coerce.number() }).parse(rows[0]).attempts;
}

/** Events that still stop their partition, of one processor. */
export async function unresolvedPoison(sql: Sql, processor: string): Promise<readonly PoisonEvent[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${from} WHERE p.processor = $1::text AND (c.position IS NULL OR c.position < p.position)
     ORDER BY p.partition, p.position`,
    [processor],
  );
  return rows.map((row) => poisonRow.parse(row));
}

/** All poison events that are known, also the skipped ones. */
export async function listPoison(sql: Sql): Promise<readonly PoisonEvent[]> {
  const { rows } = await sql.query(`SELECT ${columns} FROM ${from} ORDER BY p.processor, p.partition, p.position`);
  return rows.map((row) => poisonRow.parse(row));
}

/** The event was taken at last. */
export async function clearPoison(sql: Sql, processor: string, partition: number, position: bigint): Promise<void> {
  await sql.query(
    'DELETE FROM poison_events WHERE processor = $1::text AND partition = $2::int AND position = $3::int8',
    [processor, partition, `${position}`],
  );
}

/** An operator's decision. @returns false when there is no such event, or the processor has gone past it */
export async function resolvePoison(
  sql: Sql,
  at: { readonly processor: string; readonly partition: number; readonly position: bigint },
  resolution: 'retry' | 'skip',
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE poison_events SET resolution = $4::text
     WHERE processor = $1::text AND partition = $2::int AND position = $3::int8
       AND NOT EXISTS (SELECT 1 FROM processor_checkpoints c
                       WHERE c.processor = $1::text AND c.partition = $2::int AND c.position >= $3::int8)`,
    [at.processor, at.partition, `${at.position}`, resolution],
  );
  return rowCount === 1;
}
