import type { Sql } from '../ports/database.ts';
import { gathered } from './gathered.ts';

/** Longer than any job takes: after it whoever had the job is taken for dead. */
const claimSeconds = 30;

/** Lets one process at a time do a job, also where two were handed it. */
export type Claims = {
  /** @returns false when somebody has it */
  take(job: string): Promise<boolean>;
  release(job: string): Promise<void>;
};

/** Claims in the table `job_claims`; calls at the same time share statements. */
export function claimsOf(sql: Sql): Claims {
  const take = gathered<string, boolean>(async (jobs) => {
    const { rows } = await sql.query(
      `INSERT INTO job_claims AS c (job, claimed_until)
       SELECT u.job, clock_timestamp() + $2::int8 * interval '1 second' FROM unnest($1::text[]) AS u (job)
       ON CONFLICT (job) DO UPDATE SET claimed_until = excluded.claimed_until WHERE c.claimed_until < clock_timestamp()
       RETURNING c.job`,
      [[...new Set(jobs)].sort(), claimSeconds],
    );
    const taken = new Set(rows.map((row) => (row as { job: string }).job));
    // of two that ask for the same job at once, the first one has it
    return jobs.map((job) => taken.delete(job));
  });
  const release = gathered<string, void>(async (jobs) => {
    await sql.query('DELETE FROM job_claims WHERE job = ANY($1::text[])', [[...new Set(jobs)].sort()]);
    return jobs.map(() => undefined);
  });
  return { take, release };
}
