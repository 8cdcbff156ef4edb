import { type Job, type JobQueue, jobId } from '../ports/jobs.ts';
import type { Agenda, Due } from './agenda.ts';

/** A job that should have been done. @property dueSince µs since 1970 */
export type LostJob = { readonly job: Job; readonly dueSince: bigint };

/** Looks for jobs, the longest waiting first. @param until µs since 1970; @param after the last one of the page before */
export type FindLostJobs = (until: bigint, after: LostJob | null, limit: number) => Promise<readonly LostJob[]>;

type Item = Due & LostJob;

/** Hands jobs to the queue again that were due a while ago and are still to be done: whoever had them died, or lost its memory. */
export const lostWork = (
  name: string,
  find: FindLostJobs,
  { jobs, lostAfterMs }: { readonly jobs: JobQueue; readonly lostAfterMs: number },
): Agenda => ({
  name,
  everyMs: Math.min(1_000, lostAfterMs),
  async due(now, after, limit): Promise<readonly Item[]> {
    const found = await find(BigInt(now - lostAfterMs) * 1000n, after as Item | null, limit);
    return found.map(({ job, dueSince }) => ({
      job,
      dueSince,
      tenant: job.tenant,
      id: jobId(job),
      dueAt: Number(dueSince / 1000n),
    }));
  },
  perform: (item) => jobs.add([{ job: (item as Item).job, dueAt: 0 }]),
});
