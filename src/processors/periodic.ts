import type { Database } from '../ports/database.ts';
import { type Lease, LeaseLost, leasesOf } from './leases.ts';
import { createWaker } from './waker.ts';

/** Work that one process at a time does again and again.
 *  @property name    key of its lease
 *  @property everyMs pause between two rounds
 *  @property run     one round; `fence` throws when another process has the lease now */
export type PeriodicWork = {
  readonly name: string;
  readonly everyMs: number;
  run(fence: () => Promise<void>): Promise<void>;
};

/** @property onProblem called when a round starts to fail; it is tried again by itself */
export type PeriodicContext = {
  readonly database: Database;
  readonly owner: string;
  readonly leaseMs: number;
  readonly onProblem: (name: string, error: unknown) => void;
};

export type RunningPeriodic = {
  readonly name: string;
  /** Whether this process does the work at present. */
  held(): boolean;
  /** Why rounds fail at present; undefined when they do not. */
  problem(): unknown;
  /** Begins the next round now. */
  nudge(): void;
  /** Ends after the round in flight; another process may take over at once. */
  stop(): Promise<void>;
};

/** Such a lease stands beside those of the log's partitions, of which this is none. */
const noPartition = -1;

/** Shares the work with the other processes of the database, one at a time, until stopped. */
export function runPeriodically(work: PeriodicWork, context: PeriodicContext): RunningPeriodic {
  const { database, owner, leaseMs, onProblem } = context;
  const { name, everyMs } = work;
  const leases = leasesOf(name, owner, leaseMs);
  const waker = createWaker();
  let held: Lease | null = null;
  let known = false;
  let stopped = false;
  let problem: unknown;
  let renewAt = 0;

  async function hold(): Promise<Lease | null> {
    if (!known) {
      await database.query(
        `INSERT INTO processor_checkpoints (processor, partition, position) VALUES ($1::text, $2::int8, 0)
         ON CONFLICT (processor, partition) DO NOTHING`,
        [name, noPartition],
      );
      known = true;
    }
    if (held !== null && Date.now() < renewAt) return held;
    const [row] = await leases.holds(database);
    if (held !== null && row?.owner === owner && !row.free) await leases.renew(database);
    else held = (await leases.claim(database, [noPartition]))[0] ?? null;
    renewAt = Date.now() + leaseMs / 3;
    return held;
  }

  /** Keeps the lease during a round that takes long. */
  async function round(lease: Lease): Promise<void> {
    const renewing = setInterval(() => {
      leases.renew(database).catch(() => undefined); // the fence says so when the lease is gone
    }, leaseMs / 3);
    try {
      await work.run(() => database.transaction((sql) => leases.fence(sql, [lease])));
    } finally {
      clearInterval(renewing);
    }
  }

  async function loop() {
    while (!stopped) {
      let pauseMs = everyMs;
      try {
        const lease = await hold();
        if (lease !== null) await round(lease);
        else pauseMs = Math.min(everyMs, leaseMs / 3);
        problem = undefined;
      } catch (error) {
        if (error instanceof LeaseLost) held = null;
        else {
          if (problem === undefined) onProblem(name, error);
          problem = error;
        }
      }
      await waker.wait(pauseMs);
    }
  }

  const running = loop();
  return {
    name,
    held: () => held !== null,
    problem: () => problem,
    nudge: waker.wake,
    async stop() {
      stopped = true;
      waker.wake();
      await running;
      // without an answer from the database the lease runs out by itself
      await leases.leave(database).catch((error: unknown) => onProblem(name, error));
    },
  };
}
