import { randomUUID } from 'node:crypto';
import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { Database, Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { pruneGenerations } from './prune.ts';
import { createFiller, defaultFillSettings, type FillSettings } from './rebuild-fill.ts';
import { beginGeneration } from './rebuild-generation.ts';
import { switchTo } from './rebuild-switch.ts';

/** @property events    positions of the log done in this run; @property total positions to do
 *  @property etaSeconds null until there is a rate */
export type RebuildProgress = {
  readonly events: number;
  readonly total: number;
  readonly eventsPerSecond: number;
  readonly etaSeconds: number | null;
};

/** @property database   connection of the application's role
 *  @property owner      connection of the role that owns the tables; may be the same
 *  @property appRole    role to grant the new tables to; null = the owner itself
 *  @property onProgress called a few times a second
 *  @property graceMs    how long replaced generations are kept, 1 hour when left out */
export type RebuildOptions = {
  readonly projection: Projection;
  readonly log: EventLog;
  readonly database: Database;
  readonly owner: Sql;
  readonly appRole: string | null;
  readonly onProgress?: (progress: RebuildProgress) => void;
  readonly settings?: Partial<FillSettings>;
  readonly leaseMs?: number;
  readonly graceMs?: number;
};

/** @property events positions of the log that this run went over; @property resumed an interrupted rebuild was taken up */
export type RebuildResult = {
  readonly generation: number;
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly resumed: boolean;
};

export const defaultGraceMs = 3_600_000;
const progressEveryMs = 200;
const closeEnough = 1_000n;

const distance = (from: LogPosition, to: LogPosition): bigint =>
  [...to].reduce((sum, [partition, end]) => {
    const start = from.get(partition) ?? 0n;
    return sum + (end > start ? end - start : 0n);
  }, 0n);

/** Builds a read model anew beside the live one and switches to it. Readers see the old rows until the switch, and complete new ones after it.
 *  Killed, it goes on where it was when it is called again.
 *  @throws RebuildRunning another process does it; RebuildStopped an event that cannot be taken */
export async function rebuildProjection(options: RebuildOptions): Promise<RebuildResult> {
  const { projection, log, database, owner, appRole } = options;
  const leaseMs = options.leaseMs ?? 15_000;
  const building = await beginGeneration(database, owner, appRole, projection, log.info.partitions, {
    owner: `rebuild:${process.pid}:${randomUUID()}`,
    leaseMs,
  });
  // a renewal that fails needs no handling: the fence of the next write finds out
  const renewal = setInterval(
    () => void building.leases.renew(database).catch(() => undefined),
    Math.ceil(leaseMs / 3),
  );
  try {
    const filler = await createFiller({ log, database, owner, projection }, building, {
      ...defaultFillSettings,
      ...options.settings,
    });
    const start = new Map(filler.folded());
    const startedAt = performance.now();
    const progress = createProgress(options.onProgress, startedAt);
    for (;;) {
      const upTo = await log.positions();
      const total = Number(distance(start, upTo));
      const report = (finished: boolean) => progress(Number(distance(start, filler.folded())), total, finished);
      const close = distance(filler.folded(), upTo) <= closeEnough;
      await filler.fill(upTo, () => report(false));
      if (!close) continue;
      await filler.settle();
      if (!(await switchTo({ log, database, projection }, building, filler.written()))) continue;
      report(true);
      break;
    }
    const events = Number(distance(start, filler.folded()));
    const seconds = (performance.now() - startedAt) / 1000;
    await pruneGenerations(owner, [projection], options.graceMs ?? defaultGraceMs);
    return {
      generation: building.generation,
      events,
      seconds,
      eventsPerSecond: events / seconds,
      resumed: building.resumed,
    };
  } finally {
    clearInterval(renewal);
    await building.leases.leave(database).catch(() => undefined); // then they run out by themselves
  }
}

function createProgress(tell: RebuildOptions['onProgress'], startedAt: number) {
  let toldAt = 0;
  return (events: number, total: number, finished: boolean) => {
    const now = performance.now();
    if (tell === undefined || (!finished && now - toldAt < progressEveryMs)) return;
    toldAt = now;
    const eventsPerSecond = events / Math.max(0.001, (now - startedAt) / 1000);
    const etaSeconds = events > 0 ? Math.max(0, total - events) / eventsPerSecond : null;
    tell({ events: Math.min(events, total), total, eventsPerSecond, etaSeconds });
  };
}
