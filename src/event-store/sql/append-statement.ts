import type { PreparedAppend } from '../prepare.ts';

/** Writes a batch of appends in one statement and one round trip, or nothing at all.
 *
 *  The parts, in the order in which they take locks: partition rows ascending (gapless, commit-ordered positions), the
 *  head rows of conditions (share), the head rows that move, then the inserts. One time for the whole statement, taken
 *  when all locks are held, so that what was appended under a condition is never timed after the condition's end; never
 *  before that of a partition or of a causing event. Positions move only when no condition and no predecessor is missing.
 *
 *  Answers rows `(kind, ref, value, micros)`: kind 0 = partition `ref` stood at `value` before, at time `micros`;
 *  kind 1 = condition number `ref` stands at version `value`; kind 2 = predecessor number `ref` is missing.
 *  @see docs/decisions/0001-append-statement.md */
export const appendStatement = `
with input as (
  select * from unnest($1::int[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::int[], $9::text[], $10::text[])
    as t(partition, rn, event_id, tenant, stream_id, version, type, schema_version, data, metadata)),
lk as materialized (
  select partition, recorded_at from log_partitions where partition = any($11::int[]) order by partition for update),
cond as materialized (
  select stream_id, version from stream_heads
  where stream_id = any($14::text[]) and (select count(*) from lk) >= 0 order by stream_id for share),
head as materialized (
  select stream_id from stream_heads
  where stream_id = any($18::text[]) and (select count(*) from cond) >= 0 order by stream_id for update),
bad_cond as materialized (
  select w.ord, coalesce(c.version, 0) as actual
  from unnest($14::text[], $15::bigint[]) with ordinality as w(stream_id, version, ord)
  left join cond c on c.stream_id = w.stream_id
  where coalesce(c.version, 0) <> w.version),
hole as materialized (
  select w.ord from unnest($16::text[], $17::bigint[]) with ordinality as w(stream_id, version, ord)
  where not exists (select 1 from events e where e.stream_id = w.stream_id and e.version = w.version)),
ok as materialized (
  select (select count(*) from bad_cond) + (select count(*) from hole)
         + cardinality($11::int[]) - (select count(*) from lk) as refusals),
moment as materialized (
  select greatest(max(recorded_at), clock_timestamp(), $13::timestamptz) as t from lk
  where (select count(*) from head) >= 0),
counter as (
  update log_partitions l set position = l.position + n.n, recorded_at = moment.t
  from unnest($11::int[], $12::bigint[]) as n(partition, n), lk, moment, ok
  where ok.refusals = 0 and l.partition = n.partition and lk.partition = l.partition
  returning l.partition as partition, l.position - n.n as base, l.recorded_at as recorded_at),
ins as (
  insert into events (partition, position, event_id, tenant, stream_id, version, type, schema_version, data, metadata, recorded_at)
  select c.partition, c.base + i.rn, i.event_id, i.tenant, i.stream_id, i.version, i.type, i.schema_version,
         i.data::jsonb, i.metadata::jsonb, c.recorded_at
  from input i join counter c on c.partition = i.partition returning 1),
heads as (
  insert into stream_heads (stream_id, version)
  select h.stream_id, h.version from unnest($18::text[], $19::bigint[]) as h(stream_id, version), ok
  where ok.refusals = 0 order by h.stream_id
  on conflict (stream_id) do update set version = excluded.version returning 1),
msg as (
  insert into sandai_outbox (partition, position, ordinal, id, aggregatetype, aggregateid, type, payload, tenant, traceparent, occurred_at)
  select c.partition, c.base + m.rn, m.ordinal, m.id, m.aggregatetype, m.aggregateid, m.type, m.payload::jsonb, m.tenant, m.traceparent,
         coalesce(m.occurred_at, c.recorded_at)
  from unnest($20::int[], $21::bigint[], $22::int[], $23::uuid[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[], $30::timestamptz[])
    as m(partition, rn, ordinal, id, aggregatetype, aggregateid, type, payload, tenant, traceparent, occurred_at)
  join counter c on c.partition = m.partition returning 1),
rec as (
  insert into idempotency_keys (tenant, scope, key, request_hash, status, response, expires_at, player_id)
  select r.tenant, r.scope, r.key, r.request_hash, r.status, r.response, r.expires_at, r.player_id
  from unnest($31::text[], $32::text[], $33::text[], $34::text[], $35::int[], $36::text[], $37::timestamptz[], $42::text[])
    as r(tenant, scope, key, request_hash, status, response, expires_at, player_id), ok
  where ok.refusals = 0 returning 1),
dk as (
  insert into data_keys (tenant, player_id, wrapped_key, kek_id)
  select k.tenant, k.player_id, k.wrapped_key, k.kek_id
  from unnest($38::text[], $39::text[], $40::text[], $41::text[]) as k(tenant, player_id, wrapped_key, kek_id), ok
  where ok.refusals = 0 returning 1)
select 0::int as kind, c.partition::bigint as ref, c.base::bigint as value, (extract(epoch from c.recorded_at) * 1000000)::bigint as micros from counter c
union all select 1::int, ord::bigint, actual::bigint, 0::bigint from bad_cond
union all select 2::int, ord::bigint, 0::bigint, 0::bigint from hole`;

/** A batch as parameters of {@link appendStatement}, and whose condition or predecessor each number is.
 *  @property offsets per append and event: place after the partition's base, from 1 */
export type AppendParameters = {
  readonly values: (string | null)[];
  readonly conditionOwners: readonly PreparedAppend[];
  readonly predecessorOwners: readonly PreparedAppend[];
  readonly offsets: readonly (readonly bigint[])[];
  readonly partitions: readonly number[];
};

export function appendParameters(batch: readonly PreparedAppend[]): AppendParameters {
  const counts = new Map<number, number>();
  const columns = Array.from({ length: 42 }, () => [] as string[]);
  const push = (from: number, row: readonly string[]) => {
    for (let index = 0; index < row.length; index += 1) columns[from - 1 + index]!.push(row[index]!);
  };
  const conditionOwners: PreparedAppend[] = [];
  const predecessorOwners: PreparedAppend[] = [];
  const offsets: bigint[][] = [];
  const written = batch.some((append) => append.predecessors.length > 0) ? versionsOf(batch) : new Set<string>();
  let causedAt = 0n;

  for (const append of batch) {
    const tenant = quoted(append.tenant);
    const own: bigint[] = [];
    for (const event of append.events) {
      const offset = (counts.get(event.partition) ?? 0) + 1;
      counts.set(event.partition, offset);
      own.push(BigInt(offset));
      const { source } = event;
      push(1, [`${event.partition}`, `${offset}`, event.eventId, tenant, quoted(event.streamId), `${event.version}`]);
      push(7, [
        quoted(source.type),
        `${source.schemaVersion ?? 1}`,
        JSON.stringify(event.data),
        JSON.stringify(event.metadata),
      ]);
      for (const [ordinal, message] of event.messages.entries()) {
        push(20, [`${event.partition}`, `${offset}`, `${ordinal}`, message.id, quoted(message.aggregateType)]);
        push(25, [quoted(message.aggregateId), quoted(message.type), JSON.stringify(message.payload), tenant]);
        push(29, [optional(source.metadata?.traceparent), optional(source.metadata?.occurredAt)]);
      }
    }
    offsets.push(own);
    for (const { streamId, expectedVersion } of append.conditions) {
      conditionOwners.push(append);
      push(14, [quoted(streamId), `${expectedVersion}`]);
    }
    for (const { streamId, version } of append.predecessors) {
      if (written.has(`${version} ${streamId}`)) continue;
      predecessorOwners.push(append);
      push(16, [quoted(streamId), `${version}`]);
    }
    for (const { tenant: owner, playerId, wrappedKey, kekId } of append.dataKeys)
      push(38, [quoted(owner), quoted(playerId), quoted(wrappedKey), quoted(kekId)]);
    if (append.causedAt !== undefined && append.causedAt > causedAt) causedAt = append.causedAt;
  }
  for (const head of lastHeads(batch)) push(18, [quoted(head.streamId), `${head.version}`]);
  // The same order in every process, so that two batches with common keys wait instead of deadlocking.
  const records = batch.flatMap((append) => (append.record === undefined ? [] : [append.record]));
  records.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  for (const record of records) {
    push(31, [quoted(record.tenant), quoted(record.scope), quoted(record.key), quoted(record.requestHash)]);
    push(35, [`${record.status}`, quoted(record.response), `"${new Date(record.expiresAt).toISOString()}"`]);
    push(42, [optional(record.playerId)]);
  }
  const partitions = [...counts.keys()].sort((a, b) => a - b);
  for (const partition of partitions) push(11, [`${partition}`, `${counts.get(partition)}`]);

  const values: (string | null)[] = columns.map((column) => `{${column.join(',')}}`);
  values[12] = causedAt === 0n ? null : timestampOf(causedAt);
  return { values, conditionOwners, predecessorOwners, offsets, partitions };
}

function lastHeads(batch: readonly PreparedAppend[]) {
  const last = new Map<string, { streamId: string; version: bigint }>();
  for (const append of batch) for (const head of append.heads) last.set(head.streamId, head);
  return last.values();
}

const versionsOf = (batch: readonly PreparedAppend[]): ReadonlySet<string> =>
  new Set(batch.flatMap((append) => append.events.map((event) => `${event.version} ${event.streamId}`)));

// Elements of array literals. JSON text has no control characters, so quoting it as JSON escapes just what an array needs.
const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
const optional = (text: string | undefined): string => (text === undefined ? 'NULL' : quoted(text));

/** Microseconds since 1970 as RFC 3339 with six decimals. */
const timestampOf = (micros: bigint): string => {
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return `${iso.slice(0, 23)}${`${micros % 1000n}`.padStart(3, '0')}Z`;
};
