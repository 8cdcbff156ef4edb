import { z } from 'zod';
import type { SeasonName, TenantId } from '../events/ids.ts';
import { rewardTiersField } from '../events/reward.ts';
import { operatorField } from '../events/season.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { type DueRow, dueRows } from './due-rows.ts';
import { leaderboards, seasons } from './leaderboards.ts';
import { findByName, listByName } from './named-rows.ts';
import { physicalName } from './table.ts';

const bigint = z.coerce.bigint();
const seasonRow = z
  .object({
    tenant: z.string(),
    season: z.string(),
    operator: operatorField.nullable(),
    opens_at: z.string().nullable(),
    closes_at: z.string().nullable(),
    submit_by: z.enum(['players', 'service']).nullable(),
    status: z.enum(['open', 'closed']),
    opened_at: bigint.nullable(),
    rewards: z.string().nullable(),
  })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    season: row.season as SeasonName,
    rewards: row.rewards === null ? [] : rewardTiersField.parse(JSON.parse(row.rewards)),
    operator: row.operator,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    submitBy: row.submit_by,
    status: row.status,
    openedAt: row.opened_at,
  }));

/** A season as the read model knows it. @property openedAt µs since 1970 */
export type SeasonRow = z.infer<typeof seasonRow>;

const columns = 'tenant, season, operator, opens_at, closes_at, submit_by, status, opened_at, rewards';
const table = async (generations: Generations): Promise<string> =>
  physicalName(seasons, await generations.of(leaderboards.name));
const named = async (generations: Generations) => ({ table: await table(generations), name: 'season', columns });

/** Seasons of a tenant, in the order of their names. @param page as in {@link listByName} */
export async function listSeasons(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly SeasonRow[]> {
  const rows = await listByName(sql, await named(generations), tenant, page);
  return rows.map((row) => seasonRow.parse(row));
}

/** One season, or null. */
export async function findSeason(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  season: SeasonName,
): Promise<SeasonRow | null> {
  const row = await findByName(sql, await named(generations), tenant, season);
  return row === undefined ? null : seasonRow.parse(row);
}

/** Seasons of all tenants that are to end by `now` and are not closed: see {@link dueRows}. */
export const seasonsToClose = async (
  sql: Sql,
  generations: Generations,
  now: number,
  after: DueRow | null,
  limit: number,
): Promise<readonly DueRow<SeasonName>[]> => {
  const rows = { table: await table(generations), id: 'season', at: 'closes_at', where: "status = 'open'" };
  return dueRows<SeasonName>(sql, rows, now, after, limit);
};

const endedRow = z.object({ tenant: z.string(), season: z.string(), closed_at: bigint }).transform((row) => ({
  tenant: row.tenant as TenantId,
  id: row.season as SeasonName,
  closedAt: row.closed_at,
}));

/** Seasons of all tenants that closed before a moment and are not archived, in the order of (closed_at, tenant, season).
 *  @param before µs since 1970 */
export async function seasonsToArchive(
  sql: Sql,
  generations: Generations,
  before: bigint,
  after: { readonly tenant: TenantId; readonly id: string; readonly closedAt: bigint } | null,
  limit: number,
): Promise<readonly z.infer<typeof endedRow>[]> {
  const { rows } = await sql.query(
    `SELECT tenant, season, closed_at FROM ${await table(generations)}
     WHERE status = 'closed' AND archived_at IS NULL AND closed_at < $1::int8
       AND (closed_at, tenant, season) > ($2::int8, $3::text, $4::text)
     ORDER BY closed_at, tenant, season LIMIT $5::int8`,
    [`${before}`, `${after?.closedAt ?? 0n}`, after?.tenant ?? '', after?.id ?? '', limit],
  );
  return rows.map((row) => endedRow.parse(row));
}
