import type { StreamId, TenantId } from './ids.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** What was known about the request when the event was decided. Never holds personal data in clear. */
export type EventMetadata = {
  /** Business time of the command, RFC 3339 UTC. */
  readonly occurredAt?: string;
  /** First request of the conversation, copied on. */
  readonly correlationId?: string;
  /** Message that directly caused this one. */
  readonly causationId?: string;
  /** Who acted: a player id, `operator:<name>` or `service:<key id>`. */
  readonly actor?: string;
  readonly traceparent?: string;
};

/** Type and data of an event: what aggregates decide and evolve on. */
export type EventShape = { readonly type: string; readonly data: JsonObject };

/** An event as it stands in the log, but for its metadata.
 *  @property version    1 for the first event of its stream
 *  @property partition  log partition, from 0
 *  @property position   gapless inside the partition, from 1
 *  @property recordedAt database time of the append, microseconds since 1970; never decreases inside a partition */
export type BareEvent<E extends EventShape = EventShape> = E & {
  readonly eventId: string;
  readonly tenant: TenantId;
  readonly streamId: StreamId;
  readonly version: bigint;
  readonly schemaVersion: number;
  readonly partition: number;
  readonly position: bigint;
  readonly recordedAt: bigint;
};

/** An event as it stands in the log. */
export type RecordedEvent<E extends EventShape = EventShape> = BareEvent<E> & { readonly metadata: EventMetadata };
