import { type Job, type JobHandler, type JobQueue, jobId } from '../ports/jobs.ts';
import { connectRedis, type RedisConnectionOptions } from './connection.ts';

/** @property prefix    of all keys in Redis; another one for each log
 *  @property concurrency jobs that this process does at once
 *  @property otherwise takes what Redis does not
 *  @property now       milliseconds since 1970
 *  @property onError   called with what a handler throws; the job is found again in the log */
export type BullQueueOptions = RedisConnectionOptions & {
  readonly prefix: string;
  readonly handle: JobHandler;
  readonly concurrency: number;
  readonly otherwise: JobQueue;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
};

const name = 'jobs';
/** Attempts and their times stand in the log: here a job is done once and forgotten. */
const once = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** Jobs of all processes that share a Redis, on BullMQ. */
export async function createBullQueue(options: BullQueueOptions): Promise<JobQueue> {
  const { Queue, Worker } = await import('bullmq');
  const { prefix, handle, concurrency, otherwise, now, onError } = options;
  const adding = await connectRedis(options);
  const taking = await connectRedis(options, { maxRetriesPerRequest: null, enableOfflineQueue: true });
  const queue = new Queue<Job>(name, { connection: adding, prefix, skipVersionCheck: true });
  let active = 0;
  const worker = new Worker<Job>(
    name,
    async ({ data }) => {
      active += 1;
      try {
        await handle(data);
      } catch (error) {
        onError(error);
      } finally {
        active -= 1;
      }
    },
    { connection: taking, prefix, concurrency, skipVersionCheck: true },
  );
  // told by the connections
  queue.on('error', () => undefined);
  worker.on('error', () => undefined);

  return {
    async add(jobs) {
      const at = now();
      try {
        await queue.addBulk(
          jobs.map(({ job, dueAt }) => ({
            name: job.kind,
            data: job,
            opts: { ...once, jobId: jobId(job), delay: Math.max(0, dueAt - at) },
          })),
        );
      } catch {
        await otherwise.add(jobs);
      }
    },
    size: () => active + otherwise.size(),
    async stop() {
      const isThere = taking.status === 'ready';
      await worker.close(!isThere).catch(() => undefined);
      await queue.close().catch(() => undefined);
      adding.disconnect();
      taking.disconnect();
      await otherwise.stop();
    },
  };
}
