import type { IdempotencyRecord } from './port.ts';

/** Another writer came first: read the stream again and decide anew. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  readonly streamId: string;
  readonly expected: bigint | string;
  readonly actual: bigint;
  constructor(streamId: string, expected: bigint | string, actual: bigint) {
    super(`stream ${streamId} stands at version ${actual}, expected ${expected}: read it again and decide anew`);
    this.streamId = streamId;
    this.expected = expected;
    this.actual = actual;
  }
}

/** A stream that the decision relied on has moved: read it again and decide anew. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly streamId: string;
  readonly expected: bigint;
  readonly actual: bigint;
  constructor(streamId: string, expected: bigint, actual: bigint) {
    super(
      `condition stream ${streamId} stands at version ${actual}, expected ${expected}: read it again and decide anew`,
    );
    this.streamId = streamId;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The idempotency key already has an outcome: answer with it. */
export class RecordExists extends Error {
  override readonly name = 'RecordExists';
  readonly record: IdempotencyRecord;
  constructor(record: IdempotencyRecord) {
    super(`idempotency key "${record.key}" already has an outcome`);
    this.record = record;
  }
}

/** The player already has a data key: load it and encrypt with it. */
export class DataKeyExists extends Error {
  override readonly name = 'DataKeyExists';
  readonly playerId: string;
  constructor(playerId: string) {
    super(`player ${playerId} already has a data key: load it and encrypt with it`);
    this.playerId = playerId;
  }
}

/** The append can never be accepted as it is; nothing was written. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** Too many appends are waiting; nothing was written. */
export class StoreOverloaded extends Error {
  override readonly name = 'StoreOverloaded';
  constructor(waiting: number) {
    super(`${waiting} appends are waiting for the database: retry later`);
  }
}

/** The database did not answer before the deadline.
 *  @property outcomeUnknown true = the append may have been committed; retry with the same event ids or idempotency key */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly outcomeUnknown: boolean;
  constructor(outcomeUnknown: boolean, cause: unknown) {
    super(
      outcomeUnknown
        ? 'the database did not confirm the append before the deadline; it may have been committed: retry with the same key'
        : 'the database did not answer before the deadline; nothing was written: check that it is up and retry',
      { cause },
    );
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** Whether an error is one of the store that says nothing about what was to be appended: the same may well succeed later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof StoreOverloaded ||
  error instanceof StoreUnavailable ||
  error instanceof VersionConflict ||
  error instanceof ConditionFailed;
