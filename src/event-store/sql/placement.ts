import type { RecordedEvent } from '../../events/envelope.ts';
import { type PreparedAppend, recordedEvent } from '../prepare.ts';

/** A row of the append statement's answer. */
export type AppendRow = { kind: number; ref: string; value: string; micros: string };

/** The events of a committed batch with the places that the statement gave them.
 *  @param offsets per append and event: place after the partition's base, from 1 */
export function placed(
  prepared: readonly PreparedAppend[],
  offsets: readonly (readonly bigint[])[],
  rows: readonly AppendRow[],
): readonly (readonly RecordedEvent[])[] {
  if (rows.length === 0 && offsets.some((own) => own.length > 0))
    throw new Error('log_partitions has no row for a partition of the log: run "npx sandai migrate"');
  const bases = new Map<number, { base: bigint; recordedAt: bigint }>();
  for (const row of rows) bases.set(Number(row.ref), { base: BigInt(row.value), recordedAt: BigInt(row.micros) });
  return prepared.map((append, index) =>
    append.events.map((event, ordinal) => {
      const place = bases.get(event.partition);
      if (place === undefined) throw new Error(`the append statement did not place partition ${event.partition}`);
      return recordedEvent(append.tenant, event, place.base + (offsets[index]?.[ordinal] ?? 0n), place.recordedAt);
    }),
  );
}
