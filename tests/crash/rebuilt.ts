import { expect } from 'vitest';
import { runProgram, sandai } from '../runtime/processes.ts';

type Rows = Record<string, unknown>[];

/** Rows of the live leaderboards once their processor has taken the whole log, and of their rebuild from position 0. */
export async function rowsAfterRebuild(
  env: NodeJS.ProcessEnv,
  query: (text: string) => Promise<Rows>,
): Promise<{ live: Rows; rebuilt: Rows }> {
  const generation = async () => {
    const [row] = await query(
      `select max(generation)::int as generation from projection_generations where projection = 'leaderboards' and status = 'live'`,
    );
    return Number(row?.['generation']);
  };
  const before = await generation();
  // The checkpoint is what tells that the rows are complete; waiting for time would tell nothing.
  for (;;) {
    const behind = await query(`select p.partition from log_partitions p
      left join processor_checkpoints c on c.partition = p.partition and c.processor = 'leaderboards#g${before}'
      where coalesce(c.position, 0) < p.position`);
    if (behind.length === 0) break;
  }
  const rows = (at: number) => query(`select * from leaderboard_entries__g${at} order by tenant, season, player_id`);
  const live = await rows(before);
  const rebuild = runProgram(sandai, ['projections', 'rebuild', 'leaderboards'], env);
  expect(await rebuild.exit, rebuild.errors()).toBe(0);
  const after = await generation();
  expect(after).toBeGreaterThan(before);
  return { live, rebuilt: await rows(after) };
}
