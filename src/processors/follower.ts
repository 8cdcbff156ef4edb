import type { LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { LogView } from '../ports/projection.ts';
import { covers } from './checkpoints.ts';
import type { LogTail } from './log-tail.ts';
import { createWaker } from './waker.ts';

/** A view that keeps up with the log. */
export type Follower = {
  /** Position per partition up to which the view has taken everything. Commits of this process may be in before that. */
  appliedUpTo(): LogPosition;
  /** @returns false when the time is over */
  waitFor(position: LogPosition, timeoutMs: number): Promise<boolean>;
  /** Events that the view could not take; they are missing in it. */
  skipped(): number;
  /** Why reading the log fails at present; undefined when it does not. */
  problem(): unknown;
  stop(): Promise<void>;
};

/** @property onSkipped called with each event that the view could not take
 *  @property batchSize most events of a partition taken at once, 1,000 when left out */
export type FollowOptions = {
  readonly onSkipped: (view: string, event: RecordedEvent, error: unknown) => void;
  readonly batchSize?: number;
};

type Waiter = { readonly position: LogPosition; readonly done: (reached: boolean) => void };

const retryMs = 500;

/** Loads a view and keeps it up to date. A commit of this process is in the view before the append's caller hears of it; those of other
 *  processes come with the tail's next poll. Resolves when the view is loaded.
 *  @throws what loading throws */
export async function followLog(view: LogView, tail: LogTail, options: FollowOptions): Promise<Follower> {
  const { batchSize = 1_000, onSkipped } = options;
  const wanted = new Set(view.types);
  const applied = new Map<number, bigint>();
  const waiters = new Set<Waiter>();
  const waker = createWaker();
  let loaded = false;
  let stopped = false;
  let skipped = 0;
  let problem: unknown;

  const apply = (event: RecordedEvent) => {
    try {
      view.apply(event);
    } catch (error) {
      skipped += 1;
      onSkipped(view.name, event, error);
    }
  };
  const advance = (partition: number, position: bigint) => {
    if (position > (applied.get(partition) ?? 0n)) applied.set(partition, position);
  };
  const tellWaiters = () => {
    for (const waiter of waiters) if (covers(applied, waiter.position)) waiter.done(true);
  };

  const unsubscribe = tail.onMove((events) => {
    for (const event of events) {
      if (wanted.has(event.type)) apply(event);
      if (loaded && event.position === (applied.get(event.partition) ?? 0n) + 1n)
        applied.set(event.partition, event.position);
    }
    if (waiters.size > 0) tellWaiters();
    waker.wake();
  });

  async function catchUp() {
    for (const [partition, end] of tail.positions()) {
      for (let at = applied.get(partition) ?? 0n; at < end && !stopped; at = applied.get(partition) ?? 0n) {
        const { events, through } = await tail.read(partition, at, batchSize, view.types);
        for (const event of events) apply(event);
        advance(partition, through);
      }
    }
    tellWaiters();
  }

  async function loop() {
    while (!stopped) {
      try {
        await catchUp();
        problem = undefined;
        await waker.wait(60_000);
      } catch (error) {
        problem = error;
        await waker.wait(retryMs);
      }
    }
  }

  try {
    for (const [partition, position] of await view.load()) advance(partition, position);
  } catch (error) {
    unsubscribe();
    throw error;
  }
  loaded = true;
  const looping = loop();

  return {
    appliedUpTo: () => applied,
    waitFor: (position, timeoutMs) =>
      new Promise((resolve) => {
        if (covers(applied, position)) return resolve(true);
        const waiter: Waiter = {
          position,
          done: (reached) => {
            clearTimeout(timer);
            waiters.delete(waiter);
            resolve(reached);
          },
        };
        const timer = setTimeout(() => waiter.done(false), timeoutMs);
        waiters.add(waiter);
      }),
    skipped: () => skipped,
    problem: () => problem,
    async stop() {
      stopped = true;
      unsubscribe();
      waker.wake();
      for (const waiter of waiters) waiter.done(false);
      await looping;
    },
  };
}
