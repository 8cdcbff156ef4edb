import { createHash } from 'node:crypto';
import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { JsonValue } from '../events/envelope.ts';

/** A value with the keys of its objects sorted, as the database may reorder them. */
function canonical(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => canonical(each) ?? null);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, each]) => [key, canonical(each) ?? null]),
  );
}

/** SHA-256 over every event up to a cut, partition by partition: two logs with the same hash hold the same events at the same places.
 *  @returns hexadecimal */
export async function logHash(log: Pick<EventLog, 'readPartition'>, upTo: LogPosition): Promise<string> {
  const hash = createHash('sha256');
  for (const [partition, end] of [...upTo].sort(([left], [right]) => left - right)) {
    for (let after = 0n; after < end; ) {
      const events = await log.readPartition(partition, { after, limit: 2_000 });
      if (events.length === 0)
        throw new Error(`the log ends at partition ${partition} position ${after}: run "npx sandai verify"`);
      for (const { data, metadata, position, version, recordedAt, ...event } of events) {
        if (position > end) break;
        hash.update(
          JSON.stringify([
            event.partition,
            `${position}`,
            event.eventId,
            event.tenant,
            event.streamId,
            `${version}`,
            event.type,
            event.schemaVersion,
            canonical(data),
            canonical(metadata as JsonValue),
            `${recordedAt}`,
          ]),
        );
      }
      after = events.at(-1)!.position;
    }
  }
  return hash.digest('hex');
}
