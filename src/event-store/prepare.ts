import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '../events/envelope.ts';
import { categoryOf, maxStreamIdLength, type StreamId, type TenantId } from '../events/ids.ts';
import { InvalidAppend } from './errors.ts';
import { checkText, encodeJson } from './json.ts';
import { partitionOf } from './partition.ts';
import type { Append, Condition, IdempotencyRecord, NewDataKey, NewEvent, OutboxMessage } from './port.ts';

const maxEvents = 100;
const maxEventBytes = 1024 * 1024;
const maxAppendBytes = 2 * 1024 * 1024;
const maxNameLength = 500;
// Leaves room for the versions of one append below the largest BIGINT.
const maxVersion = 2n ** 63n - 1n - BigInt(maxEvents);
const maxMicros = BigInt(Date.UTC(9999, 11, 31)) * 1000n;
const maxInt = 2 ** 31 - 1;
const timeForm = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|\+00:00)$/;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type EncodedMessage = Omit<OutboxMessage, 'payload'> & { readonly id: string; readonly payload: string };

/** An event whose id, stream, version and bytes are fixed: the same in each attempt. */
export type EncodedEvent = {
  readonly source: NewEvent;
  readonly eventId: string;
  readonly streamId: StreamId;
  readonly partition: number;
  readonly version: bigint;
  readonly data: string;
  readonly metadata: string;
  readonly messages: readonly EncodedMessage[];
};

/** A validated append with concrete versions.
 *  @property predecessors stream versions that must already be in the log
 *  @property heads        head rows that move with this append, and where to
 *  @property bytes        encoded size */
export type PreparedAppend = {
  readonly tenant: TenantId;
  readonly events: readonly EncodedEvent[];
  readonly predecessors: readonly { readonly streamId: StreamId; readonly version: bigint }[];
  readonly heads: readonly { readonly streamId: StreamId; readonly version: bigint }[];
  readonly conditions: readonly Condition[];
  readonly record: IdempotencyRecord | undefined;
  readonly dataKeys: readonly NewDataKey[];
  readonly causedAt: bigint | undefined;
  readonly bytes: number;
};

export type PrepareOptions = { readonly partitions: number; readonly conditionCategories: ReadonlySet<string> };

/** Checks everything that can be checked without the database and encodes the append.
 *  @param append   with concrete expected versions only
 *  @throws InvalidAppend saying what is wrong */
export function prepareAppend(append: Append, options: PrepareOptions): PreparedAppend {
  const total = append.streams.reduce((sum, stream) => sum + stream.events.length, 0);
  if (total === 0 && append.record === undefined)
    throw new InvalidAppend('an append needs at least one event or an idempotency record');
  if (total > maxEvents) throw new InvalidAppend(`an append has ${total} events, at most ${maxEvents} are allowed`);
  checkText(append.tenant, 'the tenant', maxNameLength);

  const events: EncodedEvent[] = [];
  const predecessors: { streamId: StreamId; version: bigint }[] = [];
  const heads: { streamId: StreamId; version: bigint }[] = [];
  const seen = new Set<string>();
  const eventIds = new Set<string>();
  let bytes = 0;
  for (const { streamId, expectedVersion, events: fresh } of append.streams) {
    checkText(streamId, 'the stream id', maxStreamIdLength);
    if (seen.has(streamId)) throw new InvalidAppend(`stream ${streamId} appears twice in one append`);
    seen.add(streamId);
    if (typeof expectedVersion !== 'bigint' || expectedVersion < 0n || expectedVersion > maxVersion)
      throw new InvalidAppend(`expected version ${expectedVersion} of stream ${streamId} is not a version`);
    if (fresh.length === 0) throw new InvalidAppend(`no events for stream ${streamId}: use a condition instead`);
    const partition = partitionOf(streamId, options.partitions);
    let version = expectedVersion;
    if (version > 0n) predecessors.push({ streamId, version });
    for (const event of fresh) {
      version += 1n;
      const encoded = encodeEvent(event, streamId, partition, version);
      if (eventIds.has(encoded.eventId))
        throw new InvalidAppend(`event id ${encoded.eventId} appears twice in one append`);
      eventIds.add(encoded.eventId);
      bytes += sizeOf(encoded);
      events.push(encoded);
    }
    if (options.conditionCategories.has(categoryOf(streamId))) heads.push({ streamId, version });
  }
  for (const condition of append.conditions ?? []) checkCondition(condition, seen, options.conditionCategories);
  if (append.record !== undefined) bytes += checkRecord(append.record);
  for (const dataKey of append.dataKeys ?? []) checkDataKey(dataKey);
  const { causedAt } = append;
  if (causedAt !== undefined && (causedAt < 0n || causedAt > maxMicros))
    throw new InvalidAppend(`${causedAt} is not a time in microseconds since 1970`);
  if (bytes > maxAppendBytes)
    throw new InvalidAppend(`an append has ${bytes} bytes of JSON, at most ${maxAppendBytes} are allowed`);
  return {
    tenant: append.tenant,
    events,
    predecessors,
    heads,
    conditions: append.conditions ?? [],
    record: append.record,
    dataKeys: append.dataKeys ?? [],
    causedAt,
    bytes,
  };
}

function encodeEvent(event: NewEvent, streamId: StreamId, partition: number, version: bigint): EncodedEvent {
  checkText(event.type, 'the event type', 200);
  const eventId = event.eventId?.toLowerCase() ?? randomUUID();
  if (event.eventId !== undefined && !uuidForm.test(eventId))
    throw new InvalidAppend(`event id "${eventId}" is not a UUID`);
  const { schemaVersion = 1 } = event;
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > maxInt)
    throw new InvalidAppend(`schema version ${schemaVersion} of ${event.type} is not a whole number of at least 1`);
  const data = encodeJson(event.data, `${event.type}.data`);
  const metadata = encodeJson(event.metadata ?? {}, `${event.type}.metadata`);
  if (data[0] !== '{') throw new InvalidAppend(`${event.type}.data is not an object`);
  const size = data.length * 3 > maxEventBytes ? Buffer.byteLength(data) : data.length;
  if (size > maxEventBytes)
    throw new InvalidAppend(`${event.type}.data has ${size} bytes of JSON, at most ${maxEventBytes} are allowed`);
  const messages = (event.messages ?? []).map((message) => encodeMessage(message, event));
  return { source: event, eventId, streamId, partition, version, data, metadata, messages };
}

function encodeMessage(message: OutboxMessage, { type: eventType, metadata }: NewEvent): EncodedMessage {
  const { aggregateType, aggregateId, type, payload } = message;
  checkText(aggregateType, `the aggregate type of a message of ${eventType}`, maxNameLength);
  checkText(aggregateId, `the aggregate id of a message of ${eventType}`, maxNameLength);
  checkText(type, `the type of a message of ${eventType}`, maxNameLength);
  const occurredAt = metadata?.occurredAt;
  if (occurredAt !== undefined && !timeForm.test(occurredAt))
    throw new InvalidAppend(`${eventType}.metadata.occurredAt "${occurredAt}" is not an RFC 3339 time in UTC`);
  return { id: randomUUID(), aggregateType, aggregateId, type, payload: encodeJson(payload, `${type}.payload`) };
}

const sizeOf = ({ data, metadata, messages }: EncodedEvent): number =>
  messages.reduce(
    (sum, { payload }) => sum + Buffer.byteLength(payload),
    Buffer.byteLength(data) + Buffer.byteLength(metadata),
  );

function checkCondition(condition: Condition, written: ReadonlySet<string>, categories: ReadonlySet<string>): void {
  const { streamId, expectedVersion } = condition;
  checkText(streamId, 'the stream id of a condition', maxStreamIdLength);
  if (!categories.has(categoryOf(streamId)))
    throw new InvalidAppend(
      `stream ${streamId} cannot be a condition: add its category to the store's conditionCategories (${[...categories].join(', ')})`,
    );
  if (expectedVersion < 1n || expectedVersion > maxVersion)
    throw new InvalidAppend(
      `a condition on stream ${streamId} needs a version of at least 1: an absent stream has no row to lock`,
    );
  if (written.has(streamId)) throw new InvalidAppend(`stream ${streamId} is both written and a condition`);
}

function checkRecord(record: IdempotencyRecord): number {
  checkText(record.tenant, 'the tenant of the idempotency record', maxNameLength);
  checkText(record.scope, 'the idempotency scope', 500);
  checkText(record.key, 'the idempotency key', 255);
  checkText(record.requestHash, 'the request hash', 200);
  if (record.playerId !== undefined) checkText(record.playerId, 'the player of the idempotency record', 128);
  if (record.response.length > 0) checkText(record.response, 'the stored response', maxEventBytes);
  if (!Number.isInteger(record.status) || Math.abs(record.status) > maxInt)
    throw new InvalidAppend(`the status ${record.status} of the idempotency record is not a whole number`);
  if (!(record.expiresAt >= 0 && record.expiresAt * 1000 <= maxMicros))
    throw new InvalidAppend(
      `the idempotency record expires at ${record.expiresAt}, which is not in milliseconds since 1970`,
    );
  return Buffer.byteLength(record.response);
}

function checkDataKey({ tenant, playerId, wrappedKey, kekId }: NewDataKey): void {
  checkText(tenant, 'the tenant of the data key', maxNameLength);
  checkText(playerId, 'the player of the data key', maxNameLength);
  checkText(wrappedKey, 'the wrapped data key', 10_000);
  checkText(kekId, "the id of the data key's master key", maxNameLength);
}

/** The recorded form of an encoded event, once its place is known. */
export const recordedEvent = (
  tenant: TenantId,
  { source, eventId, streamId, partition, version }: EncodedEvent,
  position: bigint,
  recordedAt: bigint,
): RecordedEvent => ({
  type: source.type,
  data: source.data,
  eventId,
  tenant,
  streamId,
  version,
  schemaVersion: source.schemaVersion ?? 1,
  metadata: source.metadata ?? {},
  partition,
  position,
  recordedAt,
});
