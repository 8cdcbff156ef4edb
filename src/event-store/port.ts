import type { EventMetadata, JsonObject, RecordedEvent } from '../events/envelope.ts';
import type { StreamId, TenantId } from '../events/ids.ts';

/** Number of events the stream must hold before the append (`0n` = none yet), or a looser demand. */
export type ExpectedVersion = bigint | 'any' | 'exists' | 'absent';

/** Public message of an event: own schema, no personal data; goes to `sandai_outbox` with the event. */
export type OutboxMessage = {
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly type: string;
  readonly payload: JsonObject;
};

export type NewEvent = {
  readonly type: string;
  readonly data: JsonObject;
  /** Version of the data's schema; 1 when left out. */
  readonly schemaVersion?: number;
  readonly metadata?: EventMetadata;
  /** UUID; made by the store when left out. The same in each retry. */
  readonly eventId?: string;
  readonly messages?: readonly OutboxMessage[];
};

export type StreamAppend = {
  readonly streamId: StreamId;
  readonly expectedVersion: ExpectedVersion;
  readonly events: readonly NewEvent[];
};

/** A stream that must still stand at this version when the append commits, without being written to.
 *  Its category must be one of the store's condition categories, and the version at least 1. */
export type Condition = { readonly streamId: StreamId; readonly expectedVersion: bigint };

/** Outcome of a command under its idempotency key, stored in the transaction of its events.
 *  @property scope       principal and route
 *  @property requestHash fingerprint of the request; another one under the same key is a misuse
 *  @property status      HTTP status
 *  @property response    body, byte for byte; encrypted by the caller where it holds tokens or personal data
 *  @property expiresAt   milliseconds since 1970; from then on the key is free again
 *  @property playerId    whom the response is about, where the scope does not begin with the player's id */
export type IdempotencyRecord = {
  readonly tenant: TenantId;
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
  readonly status: number;
  readonly response: string;
  readonly expiresAt: number;
  readonly playerId?: string;
};
export type RecordKey = Pick<IdempotencyRecord, 'tenant' | 'scope' | 'key'>;

/** A player's first data key, made in the append that needs it. */
export type NewDataKey = {
  readonly tenant: TenantId;
  readonly playerId: string;
  readonly wrappedKey: string;
  readonly kekId: string;
};

/** One atomic append: all of it commits, or nothing. Needs an event or a record.
 *  @property streams  together 1 to 100 events, each at most 1 MiB of JSON, together 2 MiB; a stream once
 *  @property causedAt recorded time of the causing event, µs; the append's time is never before it */
export type Append = {
  readonly tenant: TenantId;
  readonly streams: readonly StreamAppend[];
  readonly conditions?: readonly Condition[];
  readonly record?: IdempotencyRecord;
  readonly dataKeys?: readonly NewDataKey[];
  readonly causedAt?: bigint;
};

/** Position per partition; a missing partition means 0. */
export type LogPosition = ReadonlyMap<number, bigint>;

/** @property events in the order given, with versions, positions and time */
export type AppendResult = { readonly events: readonly RecordedEvent[] };

/** @property from first version, 1 when left out; @property to last version, inclusive; @property maxCount at most so many */
export type ReadRange = { readonly from?: bigint; readonly to?: bigint; readonly maxCount?: number };

export type ExclusiveRead = { readonly streamId: StreamId; readonly from: bigint };

export type StreamSlice = {
  readonly streamId: StreamId;
  /** Version of the stream's last event, whatever the range; `0n` = no stream. */
  readonly version: bigint;
  readonly events: readonly RecordedEvent[];
};

/** @property types      only events of these types; all when left out
 *  @property metadataOf types of events whose metadata is read; all when left out, that of the others is empty then */
export type PartitionRead = {
  readonly after: bigint;
  readonly limit: number;
  readonly types?: readonly string[];
  readonly metadataOf?: readonly string[];
};

export type LogInfo = { readonly logId: string; readonly partitions: number };

export type Unsubscribe = () => void;

/** The append-only log as commands, processors and projections see it. */
export interface EventLog {
  readonly info: LogInfo;

  /** Appends atomically; safe to retry inside, so the answer is either committed or refused.
   *  @throws VersionConflict      another writer came first; carries `expected` and `actual`
   *  @throws ConditionFailed      a condition's stream stands elsewhere
   *  @throws RecordExists         the idempotency key already has an outcome; carries the stored record
   *  @throws DataKeyExists        the player already has a data key
   *  @throws InvalidAppend        nothing can make this append acceptable; nothing was written
   *  @throws StoreOverloaded      the queue is full; nothing was written
   *  @throws StoreUnavailable     the deadline passed; carries whether the outcome is unknown */
  append(append: Append): Promise<AppendResult>;

  /** Reads the streams and appends what `decide` returns while no one else can append to their partitions.
   *  For streams that lost optimistic appends before.
   *  @param streams with the first version to read: what the caller does not know yet
   *  @param decide  gets the slices in the order of `streams`; null = append nothing. May run more than once.
   *  @throws as {@link append} */
  appendExclusively(
    streams: readonly ExclusiveRead[],
    decide: (slices: readonly StreamSlice[]) => Append | null,
  ): Promise<AppendResult | null>;

  /** Version of a stream, 0 = there is none. Concurrent calls share statements; each sees everything committed before it was called. */
  version(streamId: StreamId): Promise<bigint>;

  /** Events of one stream, oldest first. */
  read(streamId: StreamId, range?: ReadRange): Promise<StreamSlice>;

  /** Concurrent calls share statements; each sees everything committed before it was called. */
  findRecord(key: RecordKey): Promise<IdempotencyRecord | null>;

  /** Events of one partition in the order of positions, gapless. */
  readPartition(partition: number, read: PartitionRead): Promise<readonly RecordedEvent[]>;

  /** Last position of each partition: a reader that sees it sees everything below. */
  positions(): Promise<LogPosition>;

  /** Calls back after each commit of this process, with its events. A nudge and a shortcut, never the truth. */
  onCommit(listener: (events: readonly RecordedEvent[]) => void): Unsubscribe;

  /** Waits for what is in flight, then lets go of all connections. */
  close(): Promise<void>;
}
