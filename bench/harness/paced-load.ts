import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from './load.ts';

/** @property perSecond  operations started a second, whatever the others take
 *  @property operation  gets the number of its lane, from 0 to `lanes` - 1, and has that lane to itself */
export type PacedOptions = {
  readonly perSecond: number;
  readonly lanes: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly operation: (lane: number) => Promise<unknown>;
};

/** Runs an operation at a steady rate. An operation's time counts from when it was due, so one that had to wait is not hidden. */
export async function pacedLoad({ perSecond, lanes, warmUpMs, durationMs, operation }: PacedOptions): Promise<Load> {
  const histogram = createHistogram();
  const everyMs = (1000 * lanes) / perSecond;
  const startedAt = performance.now();
  const from = startedAt + warmUpMs;
  const until = from + durationMs;
  let count = 0;
  const run = async (lane: number) => {
    for (let dueAt = startedAt + (everyMs * lane) / lanes; dueAt < until; dueAt += everyMs) {
      const early = dueAt - performance.now();
      // timers fire up to a millisecond late, which is not the operation's time
      if (early > 0) await sleep(early);
      const begunAt = early > 0 ? performance.now() : dueAt;
      await operation(lane);
      if (dueAt < from) continue;
      count += 1;
      histogram.record(Math.max(1, Math.round((performance.now() - begunAt) * 1000)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return {
    perSecond: count / (durationMs / 1000),
    p50Ms: histogram.percentile(50) / 1000,
    p99Ms: histogram.percentile(99) / 1000,
    count,
  };
}
