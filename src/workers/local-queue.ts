import { type DueJob, type Job, type JobHandler, type JobQueue, jobId } from '../ports/jobs.ts';

/** @property concurrency jobs done at once
 *  @property maxWaiting  jobs kept; what is more is left out, and found again in the log
 *  @property now         milliseconds since 1970
 *  @property onError     called with what a handler throws; the job is found again in the log */
export type LocalQueueOptions = {
  readonly handle: JobHandler;
  readonly concurrency: number;
  readonly maxWaiting: number;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
};

/** Jobs of this process alone, in memory. */
export function createLocalQueue(options: LocalQueueOptions): JobQueue {
  const { handle, concurrency, maxWaiting, now, onError } = options;
  const known = new Set<string>();
  const ready: Job[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const working = new Set<Promise<void>>();
  let stopped = false;

  const work = async (job: Job) => {
    try {
      await handle(job);
    } catch (error) {
      onError(error);
    } finally {
      known.delete(jobId(job));
    }
  };
  const start = () => {
    while (!stopped && working.size < concurrency) {
      const job = ready.shift();
      if (job === undefined) return;
      const done = work(job).finally(() => {
        working.delete(done);
        start();
      });
      working.add(done);
    }
  };
  const later = (job: Job, delayMs: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      ready.push(job);
      start();
    }, delayMs);
    timer.unref();
    timers.add(timer);
  };

  const take = ({ job, dueAt }: DueJob) => {
    const id = jobId(job);
    if (known.has(id) || known.size >= maxWaiting) return;
    known.add(id);
    const delayMs = dueAt - now();
    if (delayMs > 0) later(job, delayMs);
    else ready.push(job);
  };

  return {
    async add(jobs) {
      if (stopped) return;
      for (const each of jobs) take(each);
      start();
    },
    size: () => known.size,
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(working);
    },
  };
}
