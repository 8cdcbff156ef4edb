import { z } from 'zod';
import type { EventLog } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Database, Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { processorName } from './generations.ts';
import type { Lease } from './leases.ts';
import type { Building } from './rebuild-generation.ts';

const liveRow = z.object({ generation: z.coerce.number() });
const positionRow = z.object({ partition: z.coerce.number(), position: z.coerce.bigint() });

const maxGap = 2_000n;

/** Makes a filled generation the one that is read: one transaction that holds both generations' checkpoints, brings the new one up to the old one in
 *  each partition, and changes the rows that say which is live. Processors notice by losing their lease on the old one.
 *  @param written what the new generation's checkpoints must be
 *  @returns false when the old one is too far ahead to catch up inside a transaction: fill and try again */
export async function switchTo(
  {
    log,
    database,
    projection,
  }: { readonly log: EventLog; readonly database: Database; readonly projection: Projection },
  { generation, processor, leases }: Building,
  written: readonly Lease[],
): Promise<boolean> {
  return database.transaction(async (sql) => {
    const live = await sql.query(
      "SELECT generation FROM projection_generations WHERE projection = $1::text AND status = 'live' FOR UPDATE",
      [projection.name],
    );
    const old = live.rows[0] === undefined ? null : liveRow.parse(live.rows[0]).generation;
    const ahead = old === null ? [] : await behindOf(sql, processorName(projection.name, old), written);
    if (ahead.reduce((gap, { from, to }) => gap + (to - from), 0n) > maxGap) return false;
    await leases.fence(sql, written);
    if (ahead.length > 0) {
      const fold = projection.fold(generation);
      for (const gap of ahead) for (const event of await eventsIn(log, projection.types, gap)) fold.add(event);
      await fold.write(sql);
      await leases.advance(sql, new Map(ahead.map(({ partition, to }) => [partition, to])));
    }
    await sql.query(
      `UPDATE projection_generations
       SET status = CASE WHEN generation = $2::int8 THEN 'live' ELSE 'retired' END,
         live_at = CASE WHEN generation = $2::int8 THEN clock_timestamp() ELSE live_at END,
         retired_at = CASE WHEN generation = $2::int8 THEN NULL ELSE clock_timestamp() END
       WHERE projection = $1::text AND (generation = $2::int8 OR status = 'live')`,
      [projection.name, generation],
    );
    await sql.query(
      `UPDATE processor_checkpoints SET owner = NULL, lease_until = NULL, epoch = epoch + 1
       WHERE processor = $1::text OR processor = $2::text`,
      [processor, processorName(projection.name, old ?? generation)],
    );
    return true;
  });
}

type Gap = { readonly partition: number; readonly from: bigint; readonly to: bigint };

/** Locks the old generation's checkpoints. @returns partitions in which they are ahead */
async function behindOf(sql: Sql, old: string, written: readonly Lease[]): Promise<readonly Gap[]> {
  const { rows } = await sql.query(
    'SELECT partition, position FROM processor_checkpoints WHERE processor = $1::text ORDER BY partition FOR UPDATE',
    [old],
  );
  const reached = new Map(written.map(({ partition, position }) => [partition, position]));
  return rows
    .map((row) => positionRow.parse(row))
    .map(({ partition, position }) => ({ partition, from: reached.get(partition) ?? 0n, to: position }))
    .filter(({ from, to }) => to > from);
}

async function eventsIn(
  log: EventLog,
  types: readonly string[],
  { partition, from, to }: Gap,
): Promise<RecordedEvent[]> {
  const events = await log.readPartition(partition, { after: from, limit: Number(to - from), types });
  return events.filter((event) => event.position <= to);
}
