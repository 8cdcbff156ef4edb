import type { Sql } from '../ports/database.ts';
import { gathered } from './gathered.ts';

/** Longer than any job takes: after it whoever had the job is taken for dead. */
const claimSeconds = 30;

/** Lets one process at a time do a job, also where two were handed it. */
export type Claims = {
  /** @returns false when somebody has it */
  take(job: string): Promise<boolean>;
  /** Gives a job back; nothing when somebody else has taken it since. */
  release(job: string): Promise<void>;
};

/** Claims in the table `job_claims`; calls at the same time share statements. */
export function claimsOf(sql: Sql): Claims {
  const until = new Map<string, string>();
  const take = gathered<string, boolean>(async (jobs) => {
    const { rows } = await sql.query(
      `INSERT INTO job_claims AS c (job, claimed_until)
       SELECT u.job, clock_timestamp() + $2::int8 * interval '1 second' FROM unnest($1::text[]) AS u (job)
       ON CONFLICT (job) DO UPDATE SET claimed_until = excluded.claimed_until WHERE c.claimed_until < clock_timestamp()
       RETURNING c.job, c.claimed_until::text AS until`,
      [[...new Set(jobs)].sort(), claimSeconds],
    );
    const taken = new Map(
      rows.map((row) => row as { job: string; until: string }).map(({ job, until: time }) => [job, time]),
    );
    for (const [job, time] of taken) until.set(job, time);
    // of two that ask for the same job at once, the first one has it
    return jobs.map((job) => taken.delete(job));
  });
  const release = gathered<string, void>(async (jobs) => {
    const own = [...new Set(jobs)].sort().flatMap((job) => (until.has(job) ? [[job, until.get(job)!] as const] : []));
    for (const [job] of own) until.delete(job);
    await sql.query(
      `DELETE FROM job_claims WHERE (job, claimed_until) IN
         (SELECT u.job, u.until::timestamptz FROM unnest($1::text[], $2::text[]) AS u (job, until))`,
      [own.map(([job]) => job), own.map(([, time]) => time)],
    );
    return jobs.map(() => undefined);
  });
  return { take, release };
}
