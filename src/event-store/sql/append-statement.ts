import type { PreparedAppend } from '../prepare.ts';
import { plainArray, quotedArray, separatedTexts, separatorFor } from './array-parameter.ts';

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
  select * from unnest($1::int[], $2::bigint[], $3::uuid[], string_to_array($4::text, $43::text),
      string_to_array($5::text, $43::text), $6::bigint[], string_to_array($7::text, $43::text), $8::int[],
      string_to_array($9::text, $43::text), string_to_array($10::text, $43::text))
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
  where (select 1 from events e where e.stream_id = w.stream_id and e.version = w.version) is null),
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
  select c.partition, c.base + m.rn, m.ordinal, m.id, m.aggregatetype, m.aggregateid, m.type, m.payload::jsonb, m.tenant, nullif(m.traceparent, ''),
         coalesce(m.occurred_at, c.recorded_at)
  from unnest($20::int[], $21::bigint[], $22::int[], $23::uuid[], string_to_array($24::text, $43::text),
      string_to_array($25::text, $43::text), string_to_array($26::text, $43::text), string_to_array($27::text, $43::text),
      string_to_array($28::text, $43::text), string_to_array($29::text, $43::text), $30::timestamptz[])
    as m(partition, rn, ordinal, id, aggregatetype, aggregateid, type, payload, tenant, traceparent, occurred_at)
  join counter c on c.partition = m.partition returning 1),
rec as (
  insert into idempotency_keys (tenant, scope, key, request_hash, status, response, expires_at, player_id)
  select r.tenant, r.scope, r.key, r.request_hash, r.status, coalesce(r.response, ''), r.expires_at, nullif(r.player_id, '')
  from unnest(string_to_array($31::text, $43::text), string_to_array($32::text, $43::text), string_to_array($33::text, $43::text),
      string_to_array($34::text, $43::text), $35::int[], string_to_array($36::text, $43::text), $37::timestamptz[], string_to_array($42::text, $43::text))
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

/** How the many values of each parameter travel, by its number, as the statement takes it. */
const forms: ReadonlyMap<number, 'separated' | 'quoted' | 'plain'> = new Map([
  ...[...appendStatement.matchAll(/\$(\d+)::text, \$43/g)].map(([, number]) => [Number(number), 'separated'] as const),
  ...[...appendStatement.matchAll(/\$(\d+)::(\w+)\[\]/g)].map(
    ([, number, type]) => [Number(number), type === 'text' ? 'quoted' : 'plain'] as const,
  ),
]);
const parameterCount = 43;
const causedAtNumber = 13;

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
  const columns = Array.from({ length: parameterCount }, () => [] as (string | null)[]);
  const push = (from: number, row: readonly (string | null)[]) => {
    for (let index = 0; index < row.length; index += 1) columns[from - 1 + index]!.push(row[index]!);
  };
  const conditionOwners: PreparedAppend[] = [];
  const predecessorOwners: PreparedAppend[] = [];
  const offsets: bigint[][] = [];
  const written = batch.some((append) => append.predecessors.length > 0) ? versionsOf(batch) : new Set<string>();
  let causedAt = 0n;

  for (const append of batch) {
    const { tenant } = append;
    const own: bigint[] = [];
    for (const event of append.events) {
      const { source } = event;
      const place = (counts.get(event.partition) ?? 0) + 1;
      counts.set(event.partition, place);
      own.push(BigInt(place));
      const partition = `${event.partition}`;
      const offset = `${place}`;
      push(1, [partition, offset, event.eventId, tenant, event.streamId, `${event.version}`, source.type]);
      push(8, [`${source.schemaVersion ?? 1}`, event.data, event.metadata]);
      for (const [ordinal, { id, aggregateType, aggregateId, type, payload }] of event.messages.entries()) {
        push(20, [partition, offset, `${ordinal}`, id, aggregateType, aggregateId, type, payload, tenant]);
        push(29, [source.metadata?.traceparent ?? null, source.metadata?.occurredAt ?? null]);
      }
    }
    offsets.push(own);
    for (const { streamId, expectedVersion } of append.conditions) {
      conditionOwners.push(append);
      push(14, [streamId, `${expectedVersion}`]);
    }
    for (const { streamId, version } of append.predecessors) {
      if (written.has(`${version} ${streamId}`)) continue;
      predecessorOwners.push(append);
      push(16, [streamId, `${version}`]);
    }
    for (const { tenant: owner, playerId, wrappedKey, kekId } of append.dataKeys)
      push(38, [owner, playerId, wrappedKey, kekId]);
    if (append.causedAt !== undefined && append.causedAt > causedAt) causedAt = append.causedAt;
  }
  for (const head of lastHeads(batch)) push(18, [head.streamId, `${head.version}`]);
  // The same order in every process, so that two batches with common keys wait instead of deadlocking.
  const records = batch.flatMap((append) => (append.record === undefined ? [] : [append.record]));
  records.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  for (const { tenant, scope, key, requestHash, status, response, expiresAt, playerId } of records) {
    push(31, [tenant, scope, key, requestHash, `${status}`, response, new Date(expiresAt).toISOString()]);
    push(42, [playerId ?? null]);
  }
  const partitions = [...counts.keys()].sort((a, b) => a - b);
  for (const partition of partitions) push(11, [`${partition}`, `${counts.get(partition)}`]);

  const separator = separatorFor(columns.filter((_, index) => forms.get(index + 1) === 'separated'));
  const values = columns.map((column, index) => {
    const form = forms.get(index + 1);
    if (form === 'separated') return separatedTexts(column, separator);
    return form === 'quoted' ? quotedArray(column) : plainArray(column);
  });
  values[causedAtNumber - 1] = causedAt === 0n ? null : timestampOf(causedAt);
  values[parameterCount - 1] = separator;
  return { values, conditionOwners, predecessorOwners, offsets, partitions };
}

function lastHeads(batch: readonly PreparedAppend[]) {
  const last = new Map<string, { streamId: string; version: bigint }>();
  for (const append of batch) for (const head of append.heads) last.set(head.streamId, head);
  return last.values();
}

const versionsOf = (batch: readonly PreparedAppend[]): ReadonlySet<string> =>
  new Set(batch.flatMap((append) => append.events.map((event) => `${event.version} ${event.streamId}`)));

/** Microseconds since 1970 as RFC 3339 with six decimals. */
const timestampOf = (micros: bigint): string => {
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return `${iso.slice(0, 23)}${`${micros % 1000n}`.padStart(3, '0')}Z`;
};
