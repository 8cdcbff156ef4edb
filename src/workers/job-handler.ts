import { type JobHandler, jobId } from '../ports/jobs.ts';
import { runBotCommand } from './bot-worker.ts';
import type { Claims } from './claims.ts';
import type { WorkerContext } from './context.ts';
import { runSending } from './sending-worker.ts';

/** Does jobs of every kind. A job that another process is at is left to it. */
export const jobHandler =
  (context: WorkerContext, claims: Claims): JobHandler =>
  async (job) => {
    const id = jobId(job);
    if (!(await claims.take(id))) return;
    try {
      await (job.kind === 'bot_command' ? runBotCommand(context, job.tenant, job) : runSending(context, job));
    } finally {
      await claims.release(id);
    }
  };
