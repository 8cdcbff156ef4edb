import type { EventLog, LogPosition, Unsubscribe } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import { type RecentEvents, recentEvents } from './recent-events.ts';
import { createWaker } from './waker.ts';

/** @property events  of the wanted types, in the order of positions
 *  @property through no event of a wanted type between the last of these and this position */
export type TailRead = { readonly events: readonly RecordedEvent[]; readonly through: bigint };

/** The end of the log as one process knows it; everything that follows the log in this process shares one tail.
 *  Truth comes from polling; commits of this process only make it faster. */
export type LogTail = {
  readonly partitions: number;
  /** Highest position known to be committed, per partition. */
  positions(): LogPosition;
  /** Events after a position, from memory where they are there. */
  read(partition: number, after: bigint, limit: number, types: readonly string[]): Promise<TailRead>;
  /** Calls back when the log grew; with the events when it was a commit of this process. */
  onMove(listener: (events: readonly RecordedEvent[]) => void): Unsubscribe;
  /** Last failure of a poll, until one succeeds. */
  problem(): unknown;
  stop(): Promise<void>;
};

/** @property minPollMs pause between two polls while other processes commit; @property maxPollMs while they do not
 *  @property keptBytes  about so much of the newest events stays in memory, all partitions together */
export type TailOptions = { readonly minPollMs?: number; readonly maxPollMs?: number; readonly keptBytes?: number };

/** Starts to follow the end of a log. */
export async function followTail(log: EventLog, options: TailOptions = {}): Promise<LogTail> {
  const { minPollMs = 25, maxPollMs = 500, keptBytes = 32 * 1024 * 1024 } = options;
  const { partitions } = log.info;
  const known = new Map<number, bigint>();
  const recent = new Map<number, RecentEvents>();
  const listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  const waker = createWaker();
  let stopped = false;
  let problem: unknown;

  const raise = (partition: number, position: bigint): boolean => {
    if (position <= (known.get(partition) ?? 0n)) return false;
    known.set(partition, position);
    return true;
  };
  const tell = (events: readonly RecordedEvent[]) => {
    for (const listener of listeners) listener(events);
  };
  const poll = async (): Promise<boolean> => {
    let moved = false;
    for (const [partition, position] of await log.positions()) moved = raise(partition, position) || moved;
    return moved;
  };

  const unsubscribe = log.onCommit((events) => {
    for (const event of events) {
      let kept = recent.get(event.partition);
      if (kept === undefined) {
        kept = recentEvents(keptBytes / partitions);
        recent.set(event.partition, kept);
      }
      kept.add(event);
      raise(event.partition, event.position);
    }
    tell(events);
  });
  await poll();

  const polling = (async () => {
    for (let pauseMs = minPollMs; ; ) {
      await waker.wait(pauseMs);
      if (stopped) return;
      try {
        const moved = await poll();
        problem = undefined;
        pauseMs = moved ? minPollMs : Math.min(maxPollMs, pauseMs * 2);
        if (moved) tell([]);
      } catch (error) {
        problem = error;
        pauseMs = maxPollMs;
      }
    }
  })();

  return {
    partitions,
    positions: () => known,
    async read(partition, after, limit, types) {
      // taken before the read: what the read does not show up to here, is of no wanted type
      const upTo = known.get(partition) ?? 0n;
      if (upTo <= after) return { events: [], through: after };
      const here = recent.get(partition)?.after(after);
      if (here !== undefined && here !== null && here.length > 0) {
        const events = here.filter((event) => types.includes(event.type)).slice(0, limit);
        const through = events.length === limit ? events.at(-1)!.position : here.at(-1)!.position;
        return { events, through };
      }
      const events = await log.readPartition(partition, { after, limit, types });
      const last = events.at(-1)?.position ?? 0n;
      return { events, through: events.length === limit || last > upTo ? last : upTo };
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    problem: () => problem,
    async stop() {
      stopped = true;
      unsubscribe();
      waker.wake();
      await polling;
    },
  };
}
