import type { Sql } from '../ports/database.ts';

/** Longer than any job takes: after it whoever had the job is taken for dead. */
const claimSeconds = 30;

/** Lets one process at a time do a job, also where two were handed it. */
export type Claims = {
  /** @returns false when somebody has it */
  take(job: string): Promise<boolean>;
  release(job: string): Promise<void>;
};

export const claimsOf = (sql: Sql): Claims => ({
  async take(job) {
    const { rowCount } = await sql.query(
      `INSERT INTO job_claims AS c (job, claimed_until)
       VALUES ($1::text, clock_timestamp() + $2::int8 * interval '1 second')
       ON CONFLICT (job) DO UPDATE SET claimed_until = excluded.claimed_until WHERE c.claimed_until < clock_timestamp()`,
      [job, claimSeconds],
    );
    return rowCount === 1;
  },
  async release(job) {
    await sql.query('DELETE FROM job_claims WHERE job = $1::text', [job]);
  },
});
