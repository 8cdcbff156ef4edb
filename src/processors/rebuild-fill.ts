import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Database, Sql } from '../ports/database.ts';
import type { Fold, Projection } from '../ports/projection.ts';
import { type ChunkOptions, readChunks } from './chunks.ts';
import { faultOf } from './fault.ts';
import { CheckpointMoved, type Lease } from './leases.ts';
import { recordPoison } from './poison.ts';
import { type Building, skippedEvents } from './rebuild-generation.ts';
import { analyzeTables } from './tables.ts';
import { createThrottle } from './throttle.ts';
import { createWaker } from './waker.ts';

/** @property maxRows   rows folded in memory before they are written; @property maxEvents events folded before they are
 *  @property maxEventsPerSecond positions of the log, so that live traffic keeps its speed; as fast as possible when left out */
export type FillSettings = ChunkOptions & {
  readonly maxRows: number;
  readonly maxEventsPerWrite: number;
  readonly maxEventsPerSecond?: number;
};

export const defaultFillSettings: FillSettings = {
  parallel: 3,
  maxEvents: 2_000,
  maxBytes: 4 * 1024 * 1024,
  maxRows: 50_000,
  maxEventsPerWrite: 500_000,
};

/** An event that the new tables cannot take stops a rebuild; what was filled stays for the next try. */
export class RebuildStopped extends Error {
  override readonly name = 'RebuildStopped';
  constructor(processor: string, event: RecordedEvent, cause: unknown) {
    super(
      `${processor} cannot take ${event.type} at partition ${event.partition} position ${event.position}: ${cause instanceof Error ? cause.message : String(cause)}. Deploy a build that can, or run "npx sandai projections poison skip ${processor} ${event.partition} ${event.position}", and rebuild again: it goes on from here.`,
      { cause },
    );
  }
}

const giveUpMs = 60_000;

/** Fills a generation from the log: reads ahead, folds into one row per key, and writes while the next events are folded. */
export async function createFiller(
  context: {
    readonly log: EventLog;
    readonly database: Database;
    readonly owner: Sql;
    readonly projection: Projection;
  },
  { generation, processor, leases, held }: Building,
  settings: FillSettings,
) {
  const { log, database, owner, projection } = context;
  const skipped = await skippedEvents(database, projection.name);
  let written: readonly Lease[] = held;
  const throttle = createThrottle(settings.maxEventsPerSecond);
  let writtenRows = 0;
  let analyzeAt = 1;
  const folded = new Map(held.map(({ partition, position }) => [partition, position]));
  let fold = projection.fold(generation);
  let foldedEvents = 0;
  let writing: Promise<void> = Promise.resolve();

  async function passOver(event: RecordedEvent, error: unknown) {
    const skip = skipped.has(`${event.partition}:${event.position}`);
    await recordPoison(database, processor, event, error, skip ? 'skip' : 'blocked');
    if (!skip) throw new RebuildStopped(processor, event, error);
  }

  async function persist(rows: Fold, through: LogPosition) {
    const waker = createWaker();
    const deadline = performance.now() + giveUpMs;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await database.transaction(async (sql) => {
          await leases.fence(sql, written);
          await rows.write(sql);
          await leases.advance(sql, through);
        });
        break;
      } catch (error) {
        const committed =
          error instanceof CheckpointMoved &&
          [...error.positions].every(([partition, position]) => through.get(partition) === position);
        if (committed) break;
        if (error instanceof CheckpointMoved || faultOf(error) !== 'environment' || performance.now() > deadline)
          throw error;
        await waker.wait(Math.random() * Math.min(2_000, 20 * 2 ** attempt));
      }
    }
    written = written.map((lease) => ({ ...lease, position: through.get(lease.partition) ?? lease.position }));
    writtenRows += rows.rows;
    if (writtenRows < analyzeAt) return;
    await analyzeTables(owner, projection, generation);
    analyzeAt = writtenRows * 10;
  }

  /** Hands the rows over to be written, and waits for the rows before them. */
  async function flush() {
    const rows = fold;
    const through = new Map(folded);
    fold = projection.fold(generation);
    foldedEvents = 0;
    await writing;
    writing = persist(rows, through);
    writing.catch(() => undefined); // thrown by the next flush or by `settle`
  }

  return {
    /** Position per partition up to which events are folded. */
    folded: (): LogPosition => folded,
    /** Leases with the checkpoints as they are written. */
    written: (): readonly Lease[] => written,
    /** Folds everything up to these positions. */
    async fill(upTo: LogPosition, onChunk: () => void) {
      for await (const { partition, events, through } of readChunks(log, projection, folded, upTo, settings)) {
        for (const event of events) {
          try {
            fold.add(event);
          } catch (error) {
            await passOver(event, error);
          }
        }
        const newly = through - (folded.get(partition) ?? 0n);
        folded.set(partition, through);
        foldedEvents += events.length;
        onChunk();
        if (fold.rows >= settings.maxRows || foldedEvents >= settings.maxEventsPerWrite) await flush();
        await throttle(Number(newly));
      }
    },
    /** Writes what is folded, and waits for it. */
    async settle() {
      await flush();
      await writing;
    },
  };
}
