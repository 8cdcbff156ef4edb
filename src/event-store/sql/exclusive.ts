import type { RecordedEvent } from '../../events/envelope.ts';
import { backoff } from '../backoff.ts';
import { StoreUnavailable, VersionConflict } from '../errors.ts';
import { partitionOf } from '../partition.ts';
import type { Append, AppendResult, ExclusiveRead, LogInfo, StreamSlice } from '../port.ts';
import { type PreparedAppend, type PrepareOptions, prepareAppend } from '../prepare.ts';
import { appendParameters, appendStatement } from './append-statement.ts';
import type { SqlDatabase } from './database.ts';
import { failureOf } from './failure.ts';
import { type AppendRow, placed } from './placement.ts';
import { selectRange } from './reads.ts';
import { refusalByDetail, refusalsByNumber } from './refusal.ts';

export type ExclusiveOptions = {
  readonly database: SqlDatabase;
  readonly info: LogInfo;
  readonly prepareOptions: PrepareOptions;
  readonly deadlineMs: number;
  readonly onCommit: (events: readonly RecordedEvent[]) => void;
  /** Sends an append whose outcome is unknown again, exactly as it was. */
  readonly resend: (prepared: PreparedAppend, outcomeUnknown: boolean) => Promise<AppendResult>;
};

type Decide = (slices: readonly StreamSlice[]) => Append | null;

/** Locks the streams' partitions, reads, decides and appends in one transaction. */
export async function appendExclusively(
  options: ExclusiveOptions,
  streams: readonly ExclusiveRead[],
  decide: Decide,
): Promise<AppendResult | null> {
  const deadline = Date.now() + options.deadlineMs;
  for (let attempt = 0; ; attempt += 1) {
    let prepared: PreparedAppend | null = null;
    try {
      return await inTransaction(options, streams, (slices) => {
        const append = decide(slices);
        prepared = append === null ? null : prepareAppend(append, options.prepareOptions);
        return prepared;
      });
    } catch (error) {
      const failure = failureOf(error);
      if (error instanceof VersionConflict || failure === 'retry' || (failure === 'unknown' && prepared === null)) {
        if (Date.now() > deadline) throw error instanceof VersionConflict ? error : new StoreUnavailable(false, error);
        await backoff(attempt);
        continue;
      }
      if (failure !== 'unknown' || prepared === null) throw error;
      try {
        return await options.resend(prepared, true);
      } catch (conflict) {
        if (!(conflict instanceof VersionConflict)) throw conflict;
      }
    }
  }
}

const refusedByStaleRead = (prepared: PreparedAppend) =>
  new VersionConflict(prepared.events[0]?.streamId ?? 'of a record alone', 'the one just read', 0n);

async function inTransaction(
  { database, info, onCommit }: ExclusiveOptions,
  streams: readonly ExclusiveRead[],
  prepare: (slices: readonly StreamSlice[]) => PreparedAppend | null,
): Promise<AppendResult | null> {
  const client = await database.connect();
  let broken: unknown;
  try {
    const partitions = [...new Set(streams.map(({ streamId }) => partitionOf(streamId, info.partitions)))];
    await client.query('BEGIN');
    await client.query(
      'select partition from log_partitions where partition = any($1::int[]) order by partition for update',
      [partitions],
    );
    const sql = {
      query: async (text: string, params: readonly unknown[] = []) => {
        const { rows, rowCount } = await client.query(text, params as unknown[]);
        return { rows, rowCount: rowCount ?? 0 };
      },
    };
    const slices: StreamSlice[] = [];
    for (const { streamId, from } of streams) slices.push(await selectRange(sql, streamId, { from }));
    const prepared = prepare(slices);
    if (prepared === null) {
      await client.query('ROLLBACK');
      return null;
    }
    const parameters = appendParameters([prepared]);
    let rows: AppendRow[];
    try {
      ({ rows } = await client.query<AppendRow>({ name: 'append', text: appendStatement, values: parameters.values }));
    } catch (error) {
      const refusal = failureOf(error) === 'unique' ? refusalByDetail(error, [prepared], database.dialect) : null;
      if (refusal === null) throw error;
      throw (await refusal.explain(database)) ?? refusedByStaleRead(prepared);
    }
    const refusal = refusalsByNumber(rows, parameters)[0];
    if (refusal !== undefined) {
      throw (await refusal.explain(sql)) ?? refusedByStaleRead(prepared);
    }
    await client.query('COMMIT');
    const [events = []] = placed([prepared], parameters.offsets, rows);
    onCommit(events);
    return { events };
  } catch (error) {
    broken =
      failureOf(error) === 'unknown'
        ? error
        : await client.query('ROLLBACK').then(
            () => undefined,
            (failed) => failed,
          );
    throw error;
  } finally {
    client.release(broken instanceof Error ? broken : undefined);
  }
}
