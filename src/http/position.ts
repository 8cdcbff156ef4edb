import type { LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import { invalid, Problem } from './problem.ts';

/** Writes a position as clients see it: `<log id>.<partition>-<position>[,…]`. */
export const encodePosition = (logId: string, position: LogPosition): string =>
  `${logId}.${[...position].map(([partition, at]) => `${partition}-${at}`).join(',')}`;

/** The position that has all of these events. */
export function encodeEvents(logId: string, events: readonly RecordedEvent[]): string {
  const [only] = events;
  if (events.length === 1 && only !== undefined) return `${logId}.${only.partition}-${only.position}`;
  const last = new Map<number, bigint>();
  for (const { partition, position } of events)
    if (position > (last.get(partition) ?? 0n)) last.set(partition, position);
  return encodePosition(logId, last);
}

const form = /^([0-9a-f-]{36})\.((?:\d{1,5}-\d{1,18})(?:,\d{1,5}-\d{1,18})*)$/;

/** Reads a `Sandai-Wait-For` header.
 *  @throws Problem when it has another form, or comes from another log */
export function parseWaitFor(
  header: string | readonly string[],
  log: { logId: string; partitions: number },
): LogPosition {
  const [, logId, places = ''] = form.exec(String(header)) ?? [];
  if (logId === undefined) throw invalid('header.sandai-wait-for', 'must be the value of a Sandai-Position header');
  if (logId !== log.logId) throw new Problem('LOG_REPLACED');
  const position = new Map<number, bigint>();
  for (const place of places.split(',')) {
    const [partition = '', at = ''] = place.split('-');
    if (Number(partition) >= log.partitions)
      throw invalid('header.sandai-wait-for', `names a partition beyond ${log.partitions - 1}`);
    position.set(Number(partition), BigInt(at));
  }
  return position;
}
