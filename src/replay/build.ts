import { z } from 'zod';
import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Sql } from '../ports/database.ts';
import type { Fold, Projection } from '../ports/projection.ts';
import { readChunks } from '../processors/chunks.ts';
import { defaultFillSettings, type FillSettings } from '../processors/rebuild-fill.ts';
import { createThrottle } from '../processors/throttle.ts';
import type { Scratch } from './scratch.ts';

/** @property events positions done, of `total`; those of an earlier, interrupted run are among them */
export type ReplayProgress = { readonly events: number; readonly total: number };

/** An event that could not be taken; everything else was.
 *  @property reason why */
export type Unreadable = { readonly event: RecordedEvent; readonly reason: string };

/** @property upTo            the cut: events behind it are not taken
 *  @property tenant          only events of this tenant; all when left out
 *  @property maxEventsPerSecond so that live traffic keeps its speed; as fast as possible when left out
 *  @property onUnreadable    called for each event that the projection cannot take; it is passed over
 *  @property signal          ends the work after what is in flight; the same call takes it up again */
export type BuildOptions = {
  readonly log: EventLog;
  readonly scratch: Scratch;
  readonly projection: Projection;
  readonly upTo: LogPosition;
  readonly tenant?: string;
  readonly maxEventsPerSecond?: number;
  readonly settings?: Partial<FillSettings>;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly onUnreadable: (unreadable: Unreadable) => void;
  readonly signal?: AbortSignal;
};

/** Number in the names of the tables, as live ones have it too. */
export const replayGeneration = 0;

const checkpointRow = z.object({ partition: z.coerce.number(), position: z.coerce.bigint() });

/** Builds a read model as of a cut into a scratch schema. Interrupted, it goes on where it was. Memory does not grow with the log.
 *  @throws DOMException of `signal` */
export async function buildReadModel(options: BuildOptions): Promise<void> {
  const { log, projection, upTo, scratch, signal } = options;
  const { database } = scratch;
  const settings = { ...defaultFillSettings, ...options.settings };
  await makeTables(database, projection, [...upTo.keys()]);
  const folded = new Map(await checkpoints(database));
  const total = Number([...upTo.values()].reduce((sum, end) => sum + end, 0n));
  const done = () => Number([...folded.values()].reduce((sum, at) => sum + at, 0n));
  const throttle = createThrottle(options.maxEventsPerSecond, signal);
  let fold = projection.fold(replayGeneration);
  let foldedEvents = 0;
  let writing: Promise<void> = Promise.resolve();

  const flush = async () => {
    const rows = fold;
    const through = new Map(folded);
    fold = projection.fold(replayGeneration);
    foldedEvents = 0;
    await writing;
    writing = persist(database, rows, through);
    writing.catch(() => undefined); // thrown where it is awaited
  };

  for await (const { partition, events, through } of readChunks(log, projection, folded, upTo, settings)) {
    const end = upTo.get(partition)!;
    for (const event of events) {
      if (event.position > end || (options.tenant !== undefined && event.tenant !== options.tenant)) continue;
      try {
        fold.add(event);
      } catch (error) {
        options.onUnreadable({ event, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    let reached = through;
    if (reached > end) reached = end;
    const newly = reached - (folded.get(partition) ?? 0n);
    folded.set(partition, reached);
    foldedEvents += events.length;
    options.onProgress?.({ events: done(), total });
    if (fold.rows >= settings.maxRows || foldedEvents >= settings.maxEventsPerWrite) await flush();
    await throttle(Number(newly));
    if (signal?.aborted) break;
  }
  await flush();
  await writing;
  signal?.throwIfAborted();
  for (const { name } of projection.tables(replayGeneration)) await database.query(`ANALYZE ${name}`);
}

async function makeTables(sql: Sql, projection: Projection, partitions: readonly number[]): Promise<void> {
  await sql.query(
    'CREATE TABLE IF NOT EXISTS replay_checkpoints (partition BIGINT PRIMARY KEY, position BIGINT NOT NULL, moved_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp())',
  );
  await sql.query(
    `INSERT INTO replay_checkpoints (partition, position) SELECT p.partition, 0 FROM unnest($1::int8[]) AS p (partition)
     ON CONFLICT (partition) DO NOTHING`,
    [partitions],
  );
  for (const { create } of projection.tables(replayGeneration))
    for (const statement of create) await sql.query(statement);
}

async function checkpoints(sql: Sql): Promise<LogPosition> {
  const { rows } = await sql.query('SELECT partition, position FROM replay_checkpoints ORDER BY partition');
  return new Map(rows.map((row) => checkpointRow.parse(row)).map(({ partition, position }) => [partition, position]));
}

const persist = (database: Scratch['database'], rows: Fold, through: LogPosition): Promise<void> =>
  database.transaction(async (sql) => {
    await rows.write(sql);
    await sql.query(
      `UPDATE replay_checkpoints c SET position = m.position, moved_at = clock_timestamp() FROM unnest($1::int8[], $2::int8[]) AS m (partition, position)
       WHERE c.partition = m.partition`,
      [[...through.keys()], [...through.values()].map(String)],
    );
  });
