import type { LogPosition } from '../event-store/port.ts';
import type { Database } from '../ports/database.ts';
import { type BatchContext, type Held, type PartitionBatch, passBy, skipPoison, takeBatch } from './batch.ts';
import type { Heartbeat } from './heartbeat.ts';
import { CheckpointMoved, LeaseLost, type Leases, leasesOf } from './leases.ts';
import type { LogTail } from './log-tail.ts';
import { fairShare } from './partition-share.ts';
import type { Passing } from './passing.ts';
import { unresolvedPoison } from './poison.ts';
import { createPortions } from './portion.ts';
import type { Processor, ProcessorSettings, ProcessorSource } from './processor.ts';
import { createWaker } from './waker.ts';

/** @property owner      name of this process among those that share the work; new at each start
 *  @property onProblem called when the loop starts to fail, with the cause; it goes on trying by itself */
export type RunnerContext = {
  readonly database: Database;
  readonly tail: LogTail;
  readonly owner: string;
  readonly heartbeat: Heartbeat;
  readonly passing: Passing;
  readonly settings: ProcessorSettings;
  readonly onProblem: (processor: string, error: unknown) => void;
};

/** One processor at work in this process. */
export type RunningProcessor = {
  readonly name: string;
  /** Key of the checkpoints in use, null while there is nothing to run. */
  key(): string | null;
  /** Partitions held here, with the position up to which everything is in the rows. */
  held(): ReadonlyMap<number, Held>;
  /** Why the loop fails at present; undefined when it does not. */
  problem(): unknown;
  /** Calls back after each step that got further. */
  onStep(listener: () => void): () => void;
  /** Ends after the batch in flight; the leases are free at once. */
  stop(): Promise<void>;
};

const poisonCheckMs = 500;
const parallelReads = 4;
const maxPauseMs = 5_000;

/** Runs a processor over the partitions that are this process's share, until stopped. */
export function runProcessor(source: ProcessorSource, context: RunnerContext): RunningProcessor {
  const { database, tail, owner, settings } = context;
  const waker = createWaker();
  const listeners = new Set<() => void>();
  const held = new Map<number, Held>();
  let processor: Processor | null = null;
  let leases: Leases | null = null;
  let portions = createPortions(undefined);
  let stopped = false;
  let problem: unknown;
  let heartbeatAt = 0;
  let poisonCheckAt = 0;
  let idleMoveAt = 0;

  const leave = async () => {
    held.clear();
    await leases?.leave(database);
  };
  const batchContext = (): BatchContext => ({
    database,
    processor: processor!,
    leases: leases!,
    passing: context.passing,
    held,
    retryAt: (attempts) =>
      Date.now() + Math.min(settings.poisonCapMs, settings.poisonBaseMs * 2 ** Math.min(attempts - 1, 20)),
  });

  async function heartbeat() {
    const current = await source.current();
    if (current?.name !== processor?.name) {
      await leave();
      leases = current && leasesOf(current.name, owner, settings.leaseMs);
      portions = createPortions(current?.weightOf);
    }
    processor = current;
    if (processor !== null && leases !== null) await share(processor, leases);
    heartbeatAt = context.heartbeat.nextAt();
  }

  async function share({ name }: Processor, mine: Leases) {
    const { live, holds } = await context.heartbeat.beat(name);
    const stillOurs = new Map(
      holds.filter((hold) => hold.owner === owner).map((hold) => [hold.partition, hold.position]),
    );
    for (const [partition, hold] of held) {
      const position = stillOurs.get(partition);
      if (position === undefined) held.delete(partition);
      // a commit of ours whose answer was lost, or an operator who wants events taken again
      else if (position !== hold.position) moveTo(partition, position);
    }
    // a claim whose answer was lost left rows with our name that we know nothing of
    const unknown = [...stillOurs.keys()].filter((partition) => !held.has(partition));
    const { claim, release } = fairShare(holds, owner, live);
    const giveUp = [...new Set([...release, ...unknown])];
    if (giveUp.length > 0) {
      for (const partition of giveUp) held.delete(partition);
      await mine.release(database, giveUp);
    }
    if (claim.length === 0) return;
    const claimed = await mine.claim(database, claim);
    const stops = new Map((await unresolvedPoison(database, name)).map((event) => [event.partition, event] as const));
    for (const lease of claimed) {
      const stop = stops.get(lease.partition);
      const poison = stop ? { position: stop.position, attempts: stop.attempts, retryAt: Date.now() } : null;
      held.set(lease.partition, { ...lease, seen: lease.position, poison });
    }
  }

  async function read({ types, batchSize }: Processor, ends: LogPosition): Promise<PartitionBatch[]> {
    const behind = [...held.values()].filter(
      (hold) => hold.poison === null && (ends.get(hold.partition) ?? 0n) > hold.seen,
    );
    const weight = Math.ceil(batchSize / Math.max(1, behind.length));
    const limit = portions.countFor(weight);
    const batches: PartitionBatch[] = [];
    for (let at = 0; at < behind.length; at += parallelReads) {
      const reads = behind.slice(at, at + parallelReads).map(async ({ partition, seen }) => {
        const found = await tail.read(partition, seen, limit, types);
        return { partition, ...portions.upTo(weight, found) };
      });
      batches.push(...(await Promise.all(reads)));
    }
    return batches;
  }

  /** @returns whether there was anything to read, and whether a full batch left more of it */
  async function step(running: Processor): Promise<{ worked: boolean; more: boolean }> {
    const ends = new Map(tail.positions());
    const batches = await read(running, ends);
    const busy = batches.filter((batch) => batch.events.length > 0);
    for (const { partition, events, through } of batches) {
      const hold = held.get(partition);
      if (hold && events.length === 0) held.set(partition, { ...hold, seen: through });
    }
    const idleMove = Date.now() >= idleMoveAt;
    const idle = [...held.values()]
      .filter((hold) => hold.poison === null && hold.seen > hold.position)
      .filter(({ partition }) => !busy.some((batch) => batch.partition === partition))
      .map(({ partition, seen }) => ({ partition, events: [], through: seen }));
    if (busy.length > 0) await takeBatch(batchContext(), idleMove ? [...busy, ...idle] : busy);
    else if (idleMove && idle.length > 0) await passBy(batchContext(), idle);
    if (idleMove && busy.length + idle.length > 0) idleMoveAt = context.passing.nextAt();
    if (batches.length > 0) for (const listener of listeners) listener();
    const more = batches.some((batch) => batch.through < (ends.get(batch.partition) ?? 0n));
    return { worked: batches.length > 0, more };
  }

  async function retryPoison(running: Processor) {
    const stops = [...held.values()].filter((hold) => hold.poison !== null);
    if (stops.length === 0 || Date.now() < poisonCheckAt) return;
    poisonCheckAt = Date.now() + poisonCheckMs;
    const rows = await unresolvedPoison(database, running.name);
    for (const hold of stops) {
      const row = rows.find((event) => event.partition === hold.partition && event.position === hold.poison!.position);
      if (row?.resolution === 'skip') await skipPoison(batchContext(), hold);
      else if (row?.resolution === 'retry' || Date.now() >= hold.poison!.retryAt) {
        const { events, through } = await tail.read(hold.partition, hold.position, 1, running.types);
        await takeBatch(batchContext(), [{ partition: hold.partition, events, through }]);
      }
    }
    for (const listener of listeners) listener();
  }

  function moveTo(partition: number, position: bigint) {
    const hold = held.get(partition);
    if (hold) held.set(partition, { ...hold, position, seen: position, poison: null });
  }

  function recover(error: unknown): boolean {
    if (error instanceof LeaseLost) {
      for (const partition of error.partitions) held.delete(partition);
      heartbeatAt = 0;
      return true;
    }
    if (error instanceof CheckpointMoved) {
      for (const [partition, position] of error.positions) moveTo(partition, position);
      return true;
    }
    return false;
  }

  async function loop() {
    for (let failures = 0; !stopped; ) {
      const startedAt = Date.now();
      let pauseMs = Math.max(0, heartbeatAt - startedAt);
      try {
        if (startedAt >= heartbeatAt) await heartbeat();
        if (processor !== null) {
          await retryPoison(processor);
          const { worked, more } = await step(processor);
          pauseMs = pauseAfter(more);
          if (worked) await rest(startedAt, more);
        }
        failures = 0;
        problem = undefined;
      } catch (error) {
        if (recover(error)) continue;
        if (problem === undefined) context.onProblem(source.name, error);
        problem = error;
        failures += 1;
        pauseMs = Math.random() * Math.min(maxPauseMs, 20 * 2 ** Math.min(failures, 10));
      }
      await waker.wait(pauseMs);
    }
  }

  function pauseAfter(more: boolean): number {
    if (more) return 0;
    const wakeAts = [heartbeatAt];
    for (const hold of held.values()) {
      if (hold.poison !== null) wakeAts.push(poisonCheckAt);
      else if (hold.seen > hold.position) wakeAts.push(idleMoveAt);
    }
    return Math.max(1, Math.min(...wakeAts) - Date.now());
  }

  /** Lets a burst gather; a processor that is behind rests less and so takes bigger batches more often. */
  const rest = async (startedAt: number, more: boolean) => {
    const interval = more ? settings.minIntervalMs / 5 : settings.minIntervalMs;
    const napper = createWaker();
    restEnds = napper.wake;
    await napper.wait(startedAt + interval - Date.now());
  };
  let restEnds: (() => void) | undefined;

  const unsubscribe = tail.onMove(() => waker.wake());
  const running = loop();
  return {
    name: source.name,
    key: () => processor?.name ?? null,
    held: () => held,
    problem: () => problem,
    onStep(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      stopped = true;
      unsubscribe();
      waker.wake();
      restEnds?.();
      await running;
      // without an answer from the database the leases run out by themselves
      await leave().catch((error: unknown) => context.onProblem(source.name, error));
    },
  };
}
