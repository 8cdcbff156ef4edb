import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import type { DayRange } from './days.ts';
import { economyTable } from './economy.ts';
import { physicalName } from './table.ts';

const number = z.coerce.number();
const flowRow = z.object({
  day: number,
  kind: z.enum(['currency', 'item']),
  asset: z.string(),
  cause: z.string(),
  sources: number,
  sinks: number,
  movements: number,
});
/** How much of an asset came to players by one cause on a day, and how much left them. */
export type FlowOfDay = z.infer<typeof flowRow>;
export type FlowPlace = Pick<FlowOfDay, 'day' | 'asset' | 'cause'> & { readonly kind: string };

/** Sources and sinks by day, asset and cause, the latest day first. */
export async function flowsByDay(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  { from, to }: DayRange,
  { after, limit }: { readonly after: FlowPlace | null; readonly limit: number },
): Promise<readonly FlowOfDay[]> {
  const { rows } = await sql.query(
    `SELECT day, kind, asset, cause, sum(sources) AS sources, sum(sinks) AS sinks, sum(movements) AS movements
     FROM ${physicalName(economyTable, await generations.of('economy'))}
     WHERE tenant = $1::text AND day >= $2::int AND day <= $3::int AND (-day, kind, asset, cause) > ($4::int, $5::text, $6::text, $7::text)
     GROUP BY day, kind, asset, cause ORDER BY day DESC, kind, asset, cause LIMIT $8::bigint`,
    [
      tenant,
      from,
      to,
      after === null ? -to - 1 : -after.day,
      after?.kind ?? '',
      after?.asset ?? '',
      after?.cause ?? '',
      limit,
    ],
  );
  return rows.map((row) => flowRow.parse(row));
}
