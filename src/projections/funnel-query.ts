import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { eventsTable } from './analytics-tables.ts';
import { type DayRange, dayMicros } from './days.ts';
import { physicalName } from './table.ts';

export const maxSteps = 8;

const levelRow = z.object({ level: z.coerce.number(), players: z.coerce.number() });

/** Statement for a funnel of so many steps. For each event it tells when the latest way that leads to it began, where it is the next step of
 *  one that began not too long ago; the latest beginning leaves the most time for what is still to come, so nobody's best way is missed.
 *  Parameters: tenant, names, from, to, length of the window, all times in µs. */
function funnelText(table: string, steps: number): string {
  const numbers = Array.from({ length: steps - 1 }, (_, index) => index + 2);
  const inOrder = 'PARTITION BY player_id ORDER BY at, batch, ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING';
  const stages = numbers.map(
    (step) => `, step_${step} AS (
       SELECT *, CASE WHEN name = ($2::text[])[${step}] AND at - way_${step} <= $5::bigint THEN way_${step} END AS began_${step}
       FROM (SELECT *, max(began_${step - 1}) OVER (${inOrder}) AS way_${step} FROM step_${step - 1}) AS ways_${step})`,
  );
  const levels = [...numbers].reverse().map((step) => `WHEN began_${step} IS NOT NULL THEN ${step}`);
  return `WITH step_1 AS (
       SELECT player_id, name, at, batch, ordinal,
              CASE WHEN name = ($2::text[])[1] AND at < $4::bigint THEN at END AS began_1
       FROM ${table}
       WHERE tenant = $1::text AND name = ANY($2::text[]) AND at >= $3::bigint AND at < $4::bigint + $5::bigint)${stages.join('')}
     SELECT level, count(*) AS players FROM (
       SELECT player_id, max(CASE ${levels.join(' ')} WHEN began_1 IS NOT NULL THEN 1 END) AS level FROM step_${steps} GROUP BY player_id
     ) AS reached WHERE level IS NOT NULL GROUP BY level`;
}

/** How many players did the steps one after another, by the furthest that each came.
 *  @param steps    2 to 8 names of analytics events
 *  @param range    days on which the first step is done
 *  @param withinMs how long after the first step the last one may be
 *  @returns for each step, how many players came to it */
export async function funnel(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  steps: readonly string[],
  { from, to }: DayRange,
  withinMs: number,
): Promise<readonly { readonly step: string; readonly players: number }[]> {
  const { rows } = await sql.query(
    funnelText(physicalName(eventsTable, await generations.of('analytics')), steps.length),
    [tenant, steps, `${BigInt(from) * dayMicros}`, `${BigInt(to + 1) * dayMicros}`, `${withinMs * 1_000}`],
  );
  const reached = rows.map((row) => levelRow.parse(row));
  return steps.map((step, index) => ({
    step,
    players: reached.reduce((sum, { level, players }) => sum + (level > index ? players : 0), 0),
  }));
}
