import type pg from 'pg';
import type { RecordedEvent } from '../../events/envelope.ts';
import { backoff } from '../backoff.ts';
import { StoreUnavailable } from '../errors.ts';
import type { PreparedAppend } from '../prepare.ts';
import { appendParameters, appendStatement } from './append-statement.ts';
import { takeBatch } from './batch.ts';
import { committedAppends } from './committed.ts';
import { type SqlDatabase, timed } from './database.ts';
import { breaksConnection, failureOf } from './failure.ts';
import { type AppendRow, placed } from './placement.ts';
import { type Refusal, refusalsByDetail, refusalsByNumber } from './refusal.ts';

/** An append waiting for its outcome.
 *  @property outcomeUnknown an attempt, perhaps the one that runs, may have committed it */
export type Waiting = {
  readonly prepared: PreparedAppend;
  readonly deadline: number;
  outcomeUnknown: boolean;
  resolve(events: readonly RecordedEvent[]): void;
  reject(error: unknown): void;
};

export type LaneOptions = {
  readonly database: SqlDatabase;
  readonly onBatch: (appends: number, events: number) => void;
  readonly onCommit: (events: readonly RecordedEvent[]) => void;
};

type Outcome =
  | { kind: 'committed'; events: readonly (readonly RecordedEvent[])[] }
  | { kind: 'refused'; refusals: readonly Refusal[] }
  | { kind: 'failed'; error: unknown }
  | { kind: 'wrong'; error: unknown };

const isLate = (entry: Waiting, now = Date.now()): boolean => now > entry.deadline;

async function connectToAppend(database: SqlDatabase): Promise<pg.PoolClient> {
  const client = await database.connect();
  try {
    for (const text of database.dialect.appending) await client.query(timed(database.answerTimeoutMs, text));
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** One busy connection of the group commit: while a statement runs, the next appends gather. */
export class Lane {
  readonly #options: LaneOptions;
  #queue: Waiting[] = [];
  #inHand: readonly Waiting[] = [];
  #client: pg.PoolClient | undefined;
  #running: Promise<void> | undefined;
  #alarm: NodeJS.Timeout | undefined;
  #lastFailure: unknown = new Error('the database has not answered');

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  add(entry: Waiting): void {
    this.#queue.push(entry);
    this.#setAlarm(entry.deadline);
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    await this.#running;
    clearTimeout(this.#alarm);
    this.#client?.release(true); // it has settings of its own
    this.#client = undefined;
  }

  async #run(): Promise<void> {
    for (;;) {
      // One turn of the event loop, so that appends of the same moment, and those that the last statement's answers bring, share the next.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#queue.length === 0) break;
      this.#inHand = takeBatch(this.#queue);
      await this.#commit(this.#inHand);
      this.#inHand = [];
    }
    this.#running = undefined;
  }

  /** Deadlines hold while the database is silent, too: one timer, set to the earliest. */
  #setAlarm(deadline: number): void {
    this.#alarm ??= setTimeout(() => this.#expire(), Math.max(deadline - Date.now(), 0) + 1).unref();
  }

  #expire(): void {
    this.#alarm = undefined;
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const entry of [...this.#queue, ...this.#inHand]) {
      if (isLate(entry, now)) entry.reject(new StoreUnavailable(entry.outcomeUnknown, this.#lastFailure));
      else next = Math.min(next, entry.deadline);
    }
    this.#queue = this.#queue.filter((entry) => !isLate(entry, now));
    if (next !== Number.POSITIVE_INFINITY) this.#setAlarm(next);
  }

  /** Brings each append of the batch to its outcome. */
  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#tryToCommit(batch);
    } catch (error) {
      for (const entry of batch)
        entry.reject(
          error instanceof StoreUnavailable ? new StoreUnavailable(entry.outcomeUnknown, error.cause) : error,
        );
    }
  }

  async #tryToCommit(initial: readonly Waiting[]): Promise<void> {
    let batch = initial;
    for (let attempt = 0; batch.length > 0; attempt += 1) {
      const outcome = await this.#attempt(batch);
      if (outcome.kind === 'committed') return this.#settle(batch, outcome.events);
      if (outcome.kind === 'failed') {
        this.#lastFailure = outcome.error;
        batch = giveUpLate(batch, outcome.error);
        if (batch.length > 0) await backoff(attempt);
        continue;
      }
      const uncommitted = await this.#settleCommitted(batch);
      if (uncommitted.length < batch.length) {
        batch = uncommitted;
        continue;
      }
      if (outcome.kind === 'refused') {
        const accepted = await this.#takeOut(batch, outcome.refusals);
        if (accepted.length === batch.length) await backoff(attempt);
        batch = accepted;
        continue;
      }
      if (batch.length === 1) throw outcome.error;
      const half = batch.length >> 1;
      await this.#commit(batch.slice(0, half));
      batch = batch.slice(half);
    }
  }

  async #attempt(batch: readonly Waiting[]): Promise<Outcome> {
    const { database } = this.#options;
    try {
      this.#client ??= await connectToAppend(database);
    } catch (error) {
      return { kind: 'failed', error };
    }
    const earlier = batch.map((entry) => entry.outcomeUnknown);
    const restore = () => {
      for (const [index, entry] of batch.entries()) entry.outcomeUnknown = earlier[index] as boolean;
    };
    const prepared = batch.map((entry) => entry.prepared);
    try {
      const parameters = appendParameters(prepared);
      for (const entry of batch) entry.outcomeUnknown = true;
      const { rows } = await this.#client.query<AppendRow>({
        ...timed(database.answerTimeoutMs, appendStatement, parameters.values),
        name: 'append',
      });
      const refusals = refusalsByNumber(rows, parameters);
      if (refusals.length === 0) return { kind: 'committed', events: placed(prepared, parameters.offsets, rows) };
      restore();
      return { kind: 'refused', refusals };
    } catch (error) {
      if (breaksConnection(error)) {
        this.#client.release(true);
        this.#client = undefined;
      }
      const failure = failureOf(error);
      if (failure === 'unknown') return { kind: 'failed', error };
      restore();
      if (failure === 'retry') return { kind: 'failed', error };
      const refusals = failure === 'unique' ? refusalsByDetail(error, prepared, database.dialect) : [];
      return refusals.length > 0 ? { kind: 'refused', refusals } : { kind: 'wrong', error };
    }
  }

  /** Settles what an earlier attempt committed although its answer was lost. @returns the rest: surely not committed */
  async #settleCommitted(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const doubtful = batch.filter((entry) => entry.outcomeUnknown);
    if (doubtful.length === 0) return batch;
    const committed = await committedAppends(
      this.#options.database.repeatable,
      doubtful.map((entry) => entry.prepared),
    );
    for (const entry of doubtful) {
      const events = committed.get(entry.prepared);
      if (events === undefined) entry.outcomeUnknown = false;
      else this.#settle([entry], [events]);
    }
    return batch.filter((entry) => !committed.has(entry.prepared));
  }

  /** Rejects the appends that cannot commit; the rest, and those refused by a stale snapshot only, go again. */
  async #takeOut(batch: readonly Waiting[], refusals: readonly Refusal[]): Promise<readonly Waiting[]> {
    const out = new Set<PreparedAppend>();
    for (const refusal of refusals) {
      if (out.has(refusal.append)) continue;
      const error = await refusal.explain(this.#options.database.repeatable);
      if (error === null) continue;
      out.add(refusal.append);
      batch.find((entry) => entry.prepared === refusal.append)?.reject(error);
    }
    const late = batch.filter((entry) => !out.has(entry.prepared) && isLate(entry));
    for (const entry of late) {
      out.add(entry.prepared);
      entry.reject(new StoreUnavailable(false, new Error('the append was refused again and again by stale reads')));
    }
    return batch.filter((entry) => !out.has(entry.prepared));
  }

  #settle(batch: readonly Waiting[], events: readonly (readonly RecordedEvent[])[]): void {
    for (const [index, entry] of batch.entries()) entry.resolve(events[index] ?? []);
    this.#options.onBatch(
      batch.length,
      events.reduce((sum, own) => sum + own.length, 0),
    );
    this.#options.onCommit(events.flat());
  }
}

/** Rejects what has waited too long. While the outcome is unknown, the batch goes again exactly as it was, or not at all. */
function giveUpLate(batch: readonly Waiting[], error: unknown): readonly Waiting[] {
  const wanted = batch.filter((entry) => !isLate(entry));
  for (const entry of batch)
    if (!wanted.includes(entry)) entry.reject(new StoreUnavailable(entry.outcomeUnknown, error));
  return wanted.length > 0 && batch.some((entry) => entry.outcomeUnknown) ? batch : wanted;
}
