import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';

/** A time as a text that is in order among others: RFC 3339 UTC with milliseconds. */
export const inOneForm = (instant: string | null): string | null => instant && new Date(instant).toISOString();

/** Something that is due. @property dueAt milliseconds since 1970 */
export type DueRow<Id extends string = string> = {
  readonly tenant: TenantId;
  readonly id: Id;
  readonly dueAt: number;
};

/** Where due things stand. @property table physical name; @property at column of the time, in the form of {@link inOneForm}
 *  @property where which of the rows can be due: the condition of the index over (at, tenant, id) */
export type DueRows = {
  readonly table: string;
  readonly id: string;
  readonly at: string;
  readonly where: string;
};

const dueRow = z.object({ tenant: z.string(), id: z.string(), at: z.string() });

/** What of all tenants is due by `now`, in the order of (at, tenant, id).
 *  @param now   milliseconds since 1970
 *  @param after the last one of the page before, null for the first page */
export async function dueRows<Id extends string>(
  sql: Sql,
  { table, id, at, where }: DueRows,
  now: number,
  after: DueRow | null,
  limit: number,
): Promise<readonly DueRow<Id>[]> {
  const { rows } = await sql.query(
    `SELECT tenant, ${id} AS id, ${at} AS at FROM ${table}
     WHERE ${where} AND ${at} <= $1::text AND (${at}, tenant, ${id}) > ($2::text, $3::text, $4::text)
     ORDER BY ${at}, tenant, ${id} LIMIT $5::int8`,
    [
      new Date(now).toISOString(),
      after === null ? '' : new Date(after.dueAt).toISOString(),
      after?.tenant ?? '',
      after?.id ?? '',
      limit,
    ],
  );
  return rows.map((each) => {
    const row = dueRow.parse(each);
    return { tenant: row.tenant as TenantId, id: row.id as Id, dueAt: Date.parse(row.at) };
  });
}
