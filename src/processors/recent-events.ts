import type { JsonValue, RecordedEvent } from '../events/envelope.ts';

/** The newest events of one partition, without a gap, kept in memory so that nobody reads them again. */
export type RecentEvents = {
  add(event: RecordedEvent): void;
  /** Events after a position, or null when the first of them is not here. */
  after(position: bigint): readonly RecordedEvent[] | null;
};

/** Rough size of JSON in memory, bytes; cheap, never far too small. */
export function roughBytes(value: JsonValue | undefined): number {
  if (typeof value === 'string') return 16 + value.length;
  if (typeof value !== 'object' || value === null) return 16;
  let bytes = 32;
  for (const part of Object.values(value)) bytes += roughBytes(part);
  return bytes;
}

const eventBytes = (event: RecordedEvent): number => 300 + roughBytes(event.data) + event.streamId.length;

/** @param maxBytes about so much is kept; the oldest go first */
export function recentEvents(maxBytes: number): RecentEvents {
  let events: RecordedEvent[] = [];
  let bytes = 0;

  const dropOldest = () => {
    const kept = events.slice(Math.ceil(events.length / 2));
    bytes = kept.reduce((sum, event) => sum + eventBytes(event), 0);
    events = kept;
  };

  return {
    add(event) {
      const last = events.at(-1);
      if (last !== undefined && event.position <= last.position) return;
      if (last !== undefined && event.position !== last.position + 1n) {
        events = [];
        bytes = 0;
      }
      events.push(event);
      bytes += eventBytes(event);
      if (bytes > maxBytes) dropOldest();
    },
    after(position) {
      const first = events[0];
      if (first === undefined || first.position > position + 1n) return null;
      return events.slice(Number(position + 1n - first.position));
    },
  };
}
