import type { IdempotencyRecord, RecordKey } from '../event-store/port.ts';
import type { EventMetadata } from '../events/envelope.ts';
import type { TenantId } from '../events/ids.ts';

/** What a command came to: its result, or the code of its refusal. */
export type Outcome<Result, Code extends string = string> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly code: Code };

/** The request around a command.
 *  @property actor    who acts: a player id, `operator:<name>` or `service:<key id>`
 *  @property causationId the event or message that this command answers; undefined = a request of a caller
 *  @property causedAt    recorded time of that event, µs: what the command appends is never recorded before it
 *  @property now      milliseconds since 1970
 *  @property key      where the outcome is remembered; undefined = not idempotent
 *  @property remember the record of an outcome, written in the transaction of its events; undefined = this outcome is
 *                     not remembered. May be called more than once, last with the outcome that is appended. */
export type CommandContext<Result = never> = {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly causedAt?: bigint | undefined;
  readonly traceparent?: string | undefined;
  readonly now: number;
  readonly key?: RecordKey | undefined;
  remember?(outcome: Outcome<Result>): IdempotencyRecord | undefined;
};

export const metadataOf = (context: CommandContext<never>): EventMetadata => ({
  occurredAt: new Date(context.now).toISOString(),
  correlationId: context.correlationId,
  actor: context.actor,
  ...(context.causationId === undefined ? {} : { causationId: context.causationId }),
  ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
});
