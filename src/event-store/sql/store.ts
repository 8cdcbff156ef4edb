import type { RecordedEvent } from '../../events/envelope.ts';
import type { StreamId } from '../../events/ids.ts';
import { appendLoosely, expectsLoosely } from '../any-version.ts';
import { coalesce } from '../coalesce.ts';
import { StoreOverloaded } from '../errors.ts';
import { partitionOf, streamHashName } from '../partition.ts';
import type { Append, AppendResult, EventLog, IdempotencyRecord, ReadRange, RecordKey, StreamSlice } from '../port.ts';
import { type PreparedAppend, type PrepareOptions, prepareAppend } from '../prepare.ts';
import { openDatabase, type SqlDatabase } from './database.ts';
import { appendExclusively } from './exclusive.ts';
import { InFlight } from './in-flight.ts';
import { Lane } from './lane.ts';
import {
  selectLogInfo,
  selectPartition,
  selectPositions,
  selectRange,
  selectStreams,
  selectTails,
  selectVersions,
  type Tail,
} from './reads.ts';
import { selectRecord } from './records.ts';

/** @property connectionString    PostgreSQL or CockroachDB, migrated
 *  @property conditionCategories stream categories that may be conditions of appends; the same in every process
 *  @property lanes               busy appending connections, 2 when left out (more did not help on 2 cores)
 *  @property readConnections     further connections, 4 when left out
 *  @property maxWaiting          appends that may wait before new ones are refused, 20,000 when left out
 *  @property deadlineMs          how long an append is retried, 15,000 when left out
 *  @property onBatch             called with the size of each committed statement */
export type SqlStoreOptions = {
  readonly connectionString: string;
  readonly conditionCategories?: readonly string[];
  readonly lanes?: number;
  readonly readConnections?: number;
  readonly maxWaiting?: number;
  readonly deadlineMs?: number;
  readonly onBatch?: (appends: number, events: number) => void;
};

export type SqlEventLog = EventLog & {
  readonly database: SqlDatabase;
  /** Appends that wait for a statement. */
  waiting(): number;
};

/** Look-ups that are made at one moment share a statement. */
const sharing = { maxRunning: 2, maxKeys: 200 };

/** Opens the log of a migrated database. */
export async function openSqlLog(options: SqlStoreOptions): Promise<SqlEventLog> {
  const laneCount = options.lanes ?? 2;
  const deadlineMs = options.deadlineMs ?? 15_000;
  const database = await openDatabase({
    url: options.connectionString,
    maxConnections: laneCount + (options.readConnections ?? 4),
    deadlineMs,
  });
  try {
    const { streamHash, ...info } = await selectLogInfo(database.repeatable);
    if (streamHash !== streamHashName)
      throw new Error(
        `this log hashes streams by "${streamHash}", this build by "${streamHashName}": use the build that made it`,
      );
    return createSqlLog(options, database, info, laneCount, deadlineMs);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function createSqlLog(
  options: SqlStoreOptions,
  database: SqlDatabase,
  info: { readonly logId: string; readonly partitions: number },
  laneCount: number,
  deadlineMs: number,
): SqlEventLog {
  const listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  const onCommit = (events: readonly RecordedEvent[]) => {
    for (const listener of listeners) announce(() => listener(events));
  };
  const onBatch = (appends: number, events: number) => announce(() => options.onBatch?.(appends, events));
  const lanes = Array.from({ length: laneCount }, () => new Lane({ database, onBatch, onCommit }));
  const maxWaiting = options.maxWaiting ?? 20_000;
  const prepareOptions: PrepareOptions = {
    partitions: info.partitions,
    conditionCategories: new Set(options.conditionCategories ?? []),
  };
  const inFlight = new InFlight();
  const waiting = () => lanes.reduce((sum, lane) => sum + lane.waiting, 0);

  const enqueue = (prepared: PreparedAppend, outcomeUnknown: boolean): Promise<AppendResult> =>
    new Promise((resolve, reject) => {
      inFlight.refuseWhenClosed();
      const count = waiting();
      // Only what surely was not written yet may be refused.
      if (count >= maxWaiting && !outcomeUnknown) return reject(new StoreOverloaded(count));
      const partition = prepared.events[0]?.partition ?? partitionOf(prepared.record?.key ?? '', info.partitions);
      (lanes[partition % laneCount] as Lane).add({
        prepared,
        deadline: Date.now() + deadlineMs,
        outcomeUnknown,
        resolve: (events) => resolve({ events }),
        reject,
      });
    });
  const appendConcretely = async (append: Append) => enqueue(prepareAppend(append, prepareOptions), false);
  const resend = (prepared: PreparedAppend) => enqueue(prepared, true);
  const exclusively: EventLog['appendExclusively'] = (streams, decide) =>
    appendExclusively({ database, info, prepareOptions, deadlineMs, onCommit, resend }, streams, decide);
  const version = coalesce((streams: readonly StreamId[]) => selectVersions(database.repeatable, streams), sharing);
  const loosely = appendLoosely({
    append: appendConcretely,
    appendExclusively: exclusively,
    version,
  });
  const readWhole = coalesce((streams: readonly StreamId[]) => selectStreams(database.repeatable, streams), sharing);
  const readTail = coalesce((tails: readonly Tail[]) => selectTails(database.repeatable, tails), sharing);
  const readSlice = (streamId: StreamId, range: ReadRange | undefined): Promise<StreamSlice> => {
    if (range === undefined) return readWhole(streamId);
    const { from, to, maxCount } = range;
    return from !== undefined && to === undefined && maxCount === undefined
      ? readTail({ streamId, from })
      : selectRange(database.repeatable, streamId, range);
  };
  const findRecord = coalesce<RecordKey, IdempotencyRecord | null>(
    (keys) => Promise.all(keys.map((key) => selectRecord(database.repeatable, key))),
    { maxRunning: 2, maxKeys: 4 },
  );

  return {
    info,
    database,
    waiting,
    append: (append) => (expectsLoosely(append) ? inFlight.run(() => loosely(append)) : appendConcretely(append)),
    appendExclusively: (streams, decide) => inFlight.run(() => exclusively(streams, decide)),
    version: (streamId) => inFlight.run(() => version(streamId)),
    read: (streamId, range) => inFlight.run(() => readSlice(streamId, range)),
    findRecord: (key) => inFlight.run(() => findRecord(key)),
    readPartition: (partition, read) => inFlight.run(() => selectPartition(database.repeatable, partition, read)),
    positions: () => inFlight.run(() => selectPositions(database.repeatable)),
    onCommit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      await inFlight.close();
      await Promise.all(lanes.map((lane) => lane.close()));
      await database.close();
    },
  };
}

/** A listener's mistake must not fail appends that committed: it surfaces as an uncaught exception. */
function announce(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
