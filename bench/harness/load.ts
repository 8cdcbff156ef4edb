import { createHistogram } from 'node:perf_hooks';

/** @property perSecond finished operations a second
 *  @property p50Ms, p99Ms time of an operation as its caller sees it */
export type Load = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly count: number;
};

/** @property inFlight     operations under way at once; each finished one starts the next
 *  @property warmUpMs     not measured
 *  @property durationMs   measured
 *  @property operation    gets a number that is new in each call */
export type LoadOptions = {
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly operation: (number: number) => Promise<unknown>;
};

/** Runs an operation in a closed loop and counts what finishes inside the measured time.
 *  @throws the first error of an operation: a benchmark that fails has no number */
export async function closedLoop({ inFlight, warmUpMs, durationMs, operation }: LoadOptions): Promise<Load> {
  const histogram = createHistogram();
  const from = performance.now() + warmUpMs;
  const until = from + durationMs;
  let next = 0;
  let count = 0;
  let failed = false;
  const worker = async () => {
    for (let startedAt = performance.now(); startedAt < until && !failed; ) {
      const number = next;
      next += 1;
      await operation(number);
      const endedAt = performance.now();
      if (endedAt >= from && endedAt < until) {
        count += 1;
        histogram.record(Math.max(1, Math.round((endedAt - startedAt) * 1000)));
      }
      startedAt = endedAt;
    }
  };
  await Promise.all(
    Array.from({ length: inFlight }, () =>
      worker().catch((error) => {
        failed = true;
        throw error;
      }),
    ),
  );
  const ms = (percentile: number) => (count === 0 ? 0 : histogram.percentile(percentile) / 1000);
  return { perSecond: count / (durationMs / 1000), p50Ms: ms(50), p99Ms: ms(99), count };
}
