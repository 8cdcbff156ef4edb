import type { RecordedEvent } from '../../events/envelope.ts';
import type { Sql } from '../../ports/database.ts';
import { type PreparedAppend, recordedEvent } from '../prepare.ts';
import { isStored } from './records.ts';

type Place = { ord: string; event_id: string; position: string; micros: string };

/** Finds out which appends are in the log although their answer was lost, and where.
 *  Appends are atomic: one event there under our id, or a lone record there as we sent it, proves the whole append. */
export async function committedAppends(
  sql: Sql,
  appends: readonly PreparedAppend[],
): Promise<ReadonlyMap<PreparedAppend, readonly RecordedEvent[]>> {
  const places = await selectPlaces(sql, appends);
  const committed = new Map<PreparedAppend, readonly RecordedEvent[]>();
  let before = 0;
  for (const append of appends) {
    const { tenant, events, record } = append;
    if (events.length === 0) {
      if (record !== undefined && (await isStored(sql, record))) committed.set(append, []);
      continue;
    }
    const first = before + 1;
    before += events.length;
    const own = events.map((_, index) => places.get(first + index));
    if (!own.every((place, index) => place !== undefined && place.event_id === events[index]?.eventId)) continue;
    const recorded = events.map((event, index) => {
      const { position, micros } = own[index] as Place;
      return recordedEvent(tenant, event, BigInt(position), BigInt(micros));
    });
    committed.set(append, recorded);
  }
  return committed;
}

/** Places by number of the event, from 1. */
async function selectPlaces(sql: Sql, appends: readonly PreparedAppend[]): Promise<ReadonlyMap<number, Place>> {
  const events = appends.flatMap((append) => append.events);
  if (events.length === 0) return new Map();
  const { rows } = await sql.query(
    `select w.ord::bigint as ord, e.event_id::text as event_id, e.position::bigint as position,
            (extract(epoch from e.recorded_at) * 1000000)::bigint as micros
     from unnest($1::text[], $2::bigint[]) with ordinality as w(stream_id, version, ord)
     join events e on e.stream_id = w.stream_id and e.version = w.version`,
    [events.map((event) => event.streamId), events.map((event) => `${event.version}`)],
  );
  return new Map((rows as Place[]).map((row) => [Number(row.ord), row]));
}
