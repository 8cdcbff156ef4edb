import type { EventMetadata, JsonObject, RecordedEvent } from '../../events/envelope.ts';
import type { StreamId, TenantId } from '../../events/ids.ts';
import type { Sql } from '../../ports/database.ts';
import type { LogInfo, LogPosition, PartitionRead, ReadRange, StreamSlice } from '../port.ts';

/** An event as one JSON text: the driver's work for each column and row costs more than reading the events. */
const packedWith = (
  metadata: string,
) => `json_build_array(event_id::text, tenant, stream_id, version::text, type, schema_version,
  data, ${metadata}, partition, position::text, ((extract(epoch from recorded_at) * 1000000)::bigint)::text)::text`;
const packed = packedWith('metadata');

type PackedEvent = readonly [
  eventId: string,
  tenant: TenantId,
  streamId: StreamId,
  version: string,
  type: string,
  schemaVersion: number,
  data: JsonObject,
  metadata: EventMetadata | null,
  partition: number,
  position: string,
  micros: string,
];

/** @param texts packed events, separated by commas */
const unpacked = (texts: string): RecordedEvent[] =>
  (JSON.parse(`[${texts}]`) as PackedEvent[]).map(
    ([eventId, tenant, streamId, version, type, schemaVersion, data, metadata, partition, position, micros]) => ({
      type,
      data,
      eventId,
      tenant,
      streamId,
      version: BigInt(version),
      schemaVersion,
      metadata: metadata ?? {},
      partition,
      position: BigInt(position),
      recordedAt: BigInt(micros),
    }),
  );

/** Each stream's events by a look-up of its own. Asked for in a join, or as a list, PostgreSQL reads the whole table as long as it has no statistics of it
 *  (the first minute of a log, or longer under load), because it takes each stream for a two-hundredth of the table. */
const eventsOfEach = (
  streams: string,
  condition: string,
) => `select (select string_agg(${packed}, ',' order by version) from events
  where stream_id = wanted.stream ${condition}) as events from ${streams}`;

const joined = (rows: readonly unknown[]): string =>
  rows.flatMap((row) => (row as { events: string | null }).events ?? []).join(',');

/** Whole streams, in the order asked for. */
export async function selectStreams(sql: Sql, streams: readonly StreamId[]): Promise<readonly StreamSlice[]> {
  const { rows } = await sql.query(eventsOfEach('unnest($1::text[]) as wanted (stream)', ''), [[...new Set(streams)]]);
  const found = byStream(unpacked(joined(rows)));
  return streams.map((streamId) => {
    const events = found.get(streamId) ?? [];
    return { streamId, version: BigInt(events.length), events };
  });
}

/** A stream from a version on. */
export type Tail = { readonly streamId: StreamId; readonly from: bigint };

/** The ends of streams, in the order asked for. */
export async function selectTails(sql: Sql, tails: readonly Tail[]): Promise<readonly StreamSlice[]> {
  const since = new Map<StreamId, bigint>();
  for (const { streamId, from } of tails) {
    // one event more: it proves how far the stream goes when there is nothing after it
    const before = from > 1n ? from - 1n : 1n;
    const known = since.get(streamId);
    if (known === undefined || before < known) since.set(streamId, before);
  }
  const { rows } = await sql.query(
    eventsOfEach('unnest($1::text[], $2::int8[]) as wanted (stream, since)', 'and version >= wanted.since'),
    [[...since.keys()], [...since.values()].map(String)],
  );
  const found = byStream(unpacked(joined(rows)));
  return Promise.all(
    tails.map(async ({ streamId, from }) => {
      const events = found.get(streamId);
      // shorter than its reader thinks, or absent
      if (events === undefined) return selectRange(sql, streamId, { from });
      return {
        streamId,
        version: events.at(-1)!.version,
        events: events.filter(({ version }) => version >= from),
      };
    }),
  );
}

function byStream(events: readonly RecordedEvent[]): Map<StreamId, RecordedEvent[]> {
  const found = new Map<StreamId, RecordedEvent[]>();
  for (const event of events) {
    const known = found.get(event.streamId);
    if (known === undefined) found.set(event.streamId, [event]);
    else known.push(event);
  }
  return found;
}

/** One stream within a range; its version is that of the whole stream, from the same statement. */
export async function selectRange(sql: Sql, streamId: StreamId, range: ReadRange): Promise<StreamSlice> {
  const { rows } = await sql.query(
    `select head, case when event_id is null then null else ${packed} end as events from
       (select coalesce(max(version), 0)::bigint as head from events where stream_id = $1::text) as h
       left join events on stream_id = $1::text and version >= $2::bigint and version <= $3::bigint
     order by version limit $4::bigint`,
    [
      streamId,
      `${range.from ?? 1n}`,
      `${range.to ?? 9223372036854775807n}`,
      `${Math.max(range.maxCount ?? Number.MAX_SAFE_INTEGER, 1)}`,
    ],
  );
  const [first] = rows as { head: string }[];
  if (first === undefined) throw new Error('an aggregate without rows');
  return { streamId, version: BigInt(first.head), events: unpacked(joined(rows)) };
}

/** Versions of streams, in the order asked for. */
export async function selectVersions(sql: Sql, streams: readonly StreamId[]): Promise<readonly bigint[]> {
  const { rows } = await sql.query(
    `select stream, (select coalesce(max(version), 0)::bigint from events where stream_id = stream) as version
     from unnest($1::text[]) as wanted (stream)`,
    [[...new Set(streams)]],
  );
  const found = new Map((rows as { stream: StreamId; version: string }[]).map((row) => [row.stream, row.version]));
  return streams.map((streamId) => BigInt(found.get(streamId)!));
}

const narrowestWindow = 1_000;
const widestWindow = 20_000;

/** Events of one partition after a position. A statement looks at a bounded window of positions: how much it reads depends neither on how rare the
 *  types are, nor on what the planner believes of a table that grew since its last ANALYZE (then it sorts all that follows, again and again). */
export async function selectPartition(
  sql: Sql,
  partition: number,
  { after, limit, ...wanted }: PartitionRead,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let from = after;
  let width = limit;
  while (events.length < limit) {
    const missing = limit - events.length;
    const through = from + BigInt(width);
    const window = await selectWindow(sql, partition, { ...wanted, from, through, limit: missing });
    events.push(...window.events);
    if (window.head <= through) break;
    // as wide as the rest should need, when these types are as frequent further on
    const found = window.events.length;
    const expected = found === 0 ? Math.max(narrowestWindow, 4 * width) : Math.ceil((missing * width) / found);
    width = Math.min(widestWindow, Math.max(limit, expected));
    from = through;
  }
  return events;
}

type Window = Omit<PartitionRead, 'after'> & { readonly from: bigint; readonly through: bigint };

/** @returns `head` the last position of the partition, as of the same moment */
async function selectWindow(
  sql: Sql,
  partition: number,
  { from, through, limit, types, metadataOf }: Window,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly head: bigint }> {
  const event = metadataOf === undefined ? packed : packedWith('case when type = any($6::text[]) then metadata end');
  const { rows } = await sql.query(
    `select (select position::text from log_partitions where partition = $1::int) as head,
       (select string_agg(event, ',' order by position) from (
          select position, ${event} as event
          from events where partition = $1::int and position > $2::bigint and position <= $3::bigint
          and ($5::text[] is null or type = any($5::text[])) order by position limit $4::int) as packed) as events`,
    [partition, `${from}`, `${through}`, limit, types ?? null, ...(metadataOf === undefined ? [] : [metadataOf])],
  );
  const { events, head } = rows[0] as { events: string | null; head: string | null };
  return { events: events === null ? [] : unpacked(events), head: BigInt(head ?? 0) };
}

export async function selectPositions(sql: Sql): Promise<LogPosition> {
  const { rows } = await sql.query(
    'select partition, position::bigint as position from log_partitions order by partition',
  );
  type Position = { partition: number; position: string };
  return new Map((rows as Position[]).map((row) => [Number(row.partition), BigInt(row.position)]));
}

/** @throws Error telling to migrate when the log has not been initialised */
export async function selectLogInfo(sql: Sql): Promise<LogInfo & { readonly streamHash: string }> {
  const { rows } = await sql.query('select log_id::text as log_id, partitions, stream_hash from log_info');
  const row = rows[0] as { log_id: string; partitions: number; stream_hash: string } | undefined;
  if (row === undefined) throw new Error('the database holds no log yet: run "npx sandai migrate"');
  return { logId: row.log_id, partitions: Number(row.partitions), streamHash: row.stream_hash };
}
