import type pg from 'pg';
import type { RecordedEvent } from '../../events/envelope.ts';
import { backoff } from '../backoff.ts';
import { StoreUnavailable } from '../errors.ts';
import type { PreparedAppend } from '../prepare.ts';
import { appendParameters, appendStatement } from './append-statement.ts';
import { takeBatch } from './batch.ts';
import type { SqlDatabase } from './database.ts';
import { failureOf } from './failure.ts';
import { type AppendRow, placed } from './placement.ts';
import { committedEvents, type Refusal, refusalByDetail, refusalsByNumber } from './refusal.ts';

/** An append waiting for its outcome.
 *  @property outcomeUnknown an earlier attempt may have committed it */
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

/** One busy connection of the group commit: while a statement runs, the next appends gather. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #queue: Waiting[] = [];
  #client: pg.PoolClient | undefined;
  #running: Promise<void> | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  add(entry: Waiting): void {
    this.#queue.push(entry);
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    await this.#running;
    this.#client?.release();
    this.#client = undefined;
  }

  async #run(): Promise<void> {
    for (;;) {
      // One turn of the event loop, so that appends of the same moment, and those that the last statement's answers bring, share the next.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#queue.length === 0) break;
      const batch = takeBatch(this.#queue);
      try {
        await this.#commit(batch);
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    this.#running = undefined;
  }

  /** Brings each append of the batch to its outcome. */
  async #commit(initial: readonly Waiting[]): Promise<void> {
    let batch = initial;
    for (let attempt = 0; batch.length > 0; attempt += 1) {
      const unknown = batch.some((entry) => entry.outcomeUnknown);
      const outcome = await this.#attempt(batch);
      if (outcome.kind === 'committed') return this.#settle(batch, outcome.events);
      if (outcome.kind === 'failed') {
        if (outcome.unknown) for (const entry of batch) entry.outcomeUnknown = true;
        batch = giveUpLate(batch, outcome.error);
        await backoff(attempt);
        continue;
      }
      if (unknown) {
        const events = await this.#committedBefore(batch);
        if (events !== null) return this.#settle(batch, events);
        for (const entry of batch) entry.outcomeUnknown = false;
      }
      if (outcome.kind === 'refused') {
        batch = await this.#takeOut(batch, outcome.refusals);
        continue;
      }
      if (batch.length === 1) throw outcome.error;
      const half = batch.length >> 1;
      await this.#commit(batch.slice(0, half)).catch((error) => {
        for (const entry of batch.slice(0, half)) entry.reject(error);
      });
      batch = batch.slice(half);
    }
  }

  async #attempt(batch: readonly Waiting[]): Promise<Outcome> {
    const prepared = batch.map((entry) => entry.prepared);
    const parameters = appendParameters(prepared);
    try {
      this.#client ??= await this.#options.database.connect();
      const { rows } = await this.#client.query<AppendRow>({
        name: 'append',
        text: appendStatement,
        values: parameters.values,
      });
      const refusals = refusalsByNumber(rows, parameters);
      if (refusals.length > 0) return { kind: 'refused', refusals };
      this.#options.onBatch(
        batch.length,
        parameters.offsets.reduce((sum, own) => sum + own.length, 0),
      );
      return { kind: 'committed', events: placed(prepared, parameters.offsets, rows) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'unknown') {
        this.#client?.release(error instanceof Error ? error : true);
        this.#client = undefined;
      }
      if (failure === 'retry' || failure === 'unknown')
        return { kind: 'failed', error, unknown: failure === 'unknown' };
      if (failure === 'unique') {
        const refusal = refusalByDetail(error, prepared, this.#options.database.dialect);
        if (refusal !== null) return { kind: 'refused', refusals: [refusal] };
      }
      return { kind: 'wrong', error };
    }
  }

  /** Rejects the appends that cannot commit; the rest, and those refused by a stale snapshot only, go again. */
  async #takeOut(batch: readonly Waiting[], refusals: readonly Refusal[]): Promise<readonly Waiting[]> {
    const out = new Set<PreparedAppend>();
    for (const refusal of refusals) {
      if (out.has(refusal.append)) continue;
      const error = await refusal.explain(this.#options.database);
      if (error === null) continue;
      out.add(refusal.append);
      batch.find((entry) => entry.prepared === refusal.append)?.reject(error);
    }
    const late = batch.filter((entry) => !out.has(entry.prepared) && Date.now() > entry.deadline);
    for (const entry of late) {
      out.add(entry.prepared);
      entry.reject(new StoreUnavailable(false, new Error('the append was refused again and again by stale reads')));
    }
    return batch.filter((entry) => !out.has(entry.prepared));
  }

  async #committedBefore(batch: readonly Waiting[]): Promise<readonly (readonly RecordedEvent[])[] | null> {
    return committedEvents(
      this.#options.database,
      batch.map((entry) => entry.prepared),
    );
  }

  #settle(batch: readonly Waiting[], events: readonly (readonly RecordedEvent[])[]): void {
    this.#options.onCommit(events.flat());
    for (const [index, entry] of batch.entries()) entry.resolve(events[index] ?? []);
  }
}

/** Rejects what has waited too long. A batch whose outcome is unknown goes again exactly as it was, or not at all. */
function giveUpLate(batch: readonly Waiting[], error: unknown): readonly Waiting[] {
  const now = Date.now();
  const late = batch.filter((entry) => now > entry.deadline);
  if (late.length === 0) return batch;
  const given = batch.some((entry) => entry.outcomeUnknown) ? batch : late;
  for (const entry of given) entry.reject(new StoreUnavailable(entry.outcomeUnknown, error));
  return batch.filter((entry) => !given.includes(entry));
}

type Outcome =
  | { kind: 'committed'; events: readonly (readonly RecordedEvent[])[] }
  | { kind: 'refused'; refusals: readonly Refusal[] }
  | { kind: 'failed'; error: unknown; unknown: boolean }
  | { kind: 'wrong'; error: unknown };
