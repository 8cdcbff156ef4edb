import type pg from 'pg';
import type { RecordedEvent } from '../../events/envelope.ts';
import type { Sql } from '../../ports/database.ts';
import { backoff } from '../backoff.ts';
import { StoreUnavailable, VersionConflict } from '../errors.ts';
import { partitionOf } from '../partition.ts';
import type { Append, AppendResult, ExclusiveRead, LogInfo, StreamSlice } from '../port.ts';
import { type PreparedAppend, type PrepareOptions, prepareAppend } from '../prepare.ts';
import { appendParameters, appendStatement } from './append-statement.ts';
import { type SqlDatabase, timed } from './database.ts';
import { failureOf } from './failure.ts';
import { type AppendRow, placed } from './placement.ts';
import { selectRange } from './reads.ts';
import { type Refusal, refusalsByDetail, refusalsByNumber } from './refusal.ts';

export type ExclusiveOptions = {
  readonly database: SqlDatabase;
  readonly info: LogInfo;
  readonly prepareOptions: PrepareOptions;
  readonly deadlineMs: number;
  readonly onCommit: (events: readonly RecordedEvent[]) => void;
  /** Sends an append whose outcome is unknown again, exactly as it was. */
  readonly resend: (prepared: PreparedAppend) => Promise<AppendResult>;
};

type Decide = (slices: readonly StreamSlice[]) => Append | null;

type Outcome =
  | { readonly kind: 'done'; readonly result: AppendResult | null }
  /** What the caller must hear, be it from the database or from its own decision. */
  | { readonly kind: 'refused'; readonly error: unknown }
  /** Nothing was written; the same may succeed now. */
  | { readonly kind: 'again'; readonly error: unknown }
  | { readonly kind: 'unknown'; readonly error: unknown; readonly prepared: PreparedAppend };

/** Locks the streams' partitions, reads, decides and appends in one transaction. */
export async function appendExclusively(
  options: ExclusiveOptions,
  streams: readonly ExclusiveRead[],
  decide: Decide,
): Promise<AppendResult | null> {
  const deadline = Date.now() + options.deadlineMs;
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptOnce(options, streams, decide);
    if (outcome.kind === 'done') return outcome.result;
    if (outcome.kind === 'refused') throw outcome.error;
    if (outcome.kind === 'unknown') {
      try {
        return await options.resend(outcome.prepared);
      } catch (conflict) {
        // Proves that the first attempt did not commit, so the decision may be taken anew.
        if (!(conflict instanceof VersionConflict)) throw conflict;
      }
    }
    if (Date.now() > deadline) throw new StoreUnavailable(false, outcome.error);
    await backoff(attempt);
  }
}

async function attemptOnce(
  options: ExclusiveOptions,
  streams: readonly ExclusiveRead[],
  decide: Decide,
): Promise<Outcome> {
  let client: pg.PoolClient;
  try {
    client = await options.database.connect();
  } catch (error) {
    return { kind: 'again', error };
  }
  const transaction = new ExclusiveTransaction(options, client);
  try {
    return await transaction.run(streams, decide);
  } catch (error) {
    return await transaction.failed(error);
  } finally {
    client.release(transaction.broken);
  }
}

class ExclusiveTransaction {
  readonly #options: ExclusiveOptions;
  readonly #client: pg.PoolClient;
  readonly #sql: Sql;
  #prepared: PreparedAppend | null = null;
  /** The connection must not be used again. */
  broken = false;

  constructor(options: ExclusiveOptions, client: pg.PoolClient) {
    this.#options = options;
    this.#client = client;
    this.#sql = {
      query: async (text, params) => {
        const { rows, rowCount } = await client.query(timed(options.database.answerTimeoutMs, text, params));
        return { rows, rowCount: rowCount ?? 0 };
      },
    };
  }

  async run(streams: readonly ExclusiveRead[], decide: Decide): Promise<Outcome> {
    const { database, info, prepareOptions, onCommit } = this.#options;
    const partitions = [...new Set(streams.map(({ streamId }) => partitionOf(streamId, info.partitions)))];
    await this.#sql.query('BEGIN');
    await this.#sql.query(
      'select partition from log_partitions where partition = any($1::int[]) order by partition for update',
      [partitions],
    );
    const slices: StreamSlice[] = [];
    for (const { streamId, from } of streams) slices.push(await selectRange(this.#sql, streamId, { from }));
    let prepared: PreparedAppend | null;
    try {
      const append = decide(slices);
      prepared = append === null ? null : prepareAppend(append, prepareOptions);
    } catch (error) {
      await this.#rollback();
      return { kind: 'refused', error };
    }
    if (prepared === null) {
      await this.#rollback();
      return { kind: 'done', result: null };
    }
    this.#prepared = prepared;
    const parameters = appendParameters([prepared]);
    const { rows } = await this.#client.query<AppendRow>({
      ...timed(database.answerTimeoutMs, appendStatement, parameters.values),
      name: 'append',
    });
    const refusals = refusalsByNumber(rows, parameters);
    if (refusals.length > 0) return this.#refused(refusals, null);
    await this.#sql.query('COMMIT');
    const [events = []] = placed([prepared], parameters.offsets, rows);
    onCommit(events);
    return { kind: 'done', result: { events } };
  }

  /** What a statement's error means. */
  async failed(error: unknown): Promise<Outcome> {
    const failure = failureOf(error);
    if (failure === 'unknown') {
      this.broken = true;
      return this.#prepared === null ? { kind: 'again', error } : { kind: 'unknown', error, prepared: this.#prepared };
    }
    if (failure !== 'unique' || this.#prepared === null) {
      await this.#rollback();
      return { kind: failure === 'retry' ? 'again' : 'refused', error };
    }
    return this.#refused(refusalsByDetail(error, [this.#prepared], this.#options.database.dialect), error);
  }

  /** Lets go of all locks first: another look at the database must not wait for a connection while holding them. */
  async #refused(refusals: readonly Refusal[], cause: unknown): Promise<Outcome> {
    await this.#rollback();
    for (const refusal of refusals) {
      const error = await refusal.explain(this.#sql).catch((failed: unknown) => {
        this.broken = true;
        return failed;
      });
      if (this.broken) return { kind: 'again', error };
      if (error !== null) return { kind: 'refused', error };
    }
    return { kind: 'again', error: cause ?? new Error('the append was refused by a stale read') };
  }

  async #rollback(): Promise<void> {
    if (this.broken) return;
    await this.#sql.query('ROLLBACK').catch(() => {
      this.broken = true;
    });
  }
}
