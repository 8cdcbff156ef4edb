import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';

/** Rows of things that a tenant calls by names. @property table physical name; @property name the column of the name */
export type NamedRows = { readonly table: string; readonly name: string; readonly columns: string };

/** Rows of a tenant in the order of their names.
 *  @param page.after name of the last one of the page before; '' for the first page */
export async function listByName(
  sql: Sql,
  { table, name, columns }: NamedRows,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly unknown[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${table} WHERE tenant = $1::text AND ${name} > $2::text ORDER BY ${name} LIMIT $3::int8`,
    [tenant, page.after, page.limit],
  );
  return rows;
}

/** The row of a name; undefined = there is none. */
export async function findByName(
  sql: Sql,
  { table, name, columns }: NamedRows,
  tenant: TenantId,
  wanted: string,
): Promise<unknown> {
  const { rows } = await sql.query(`SELECT ${columns} FROM ${table} WHERE tenant = $1::text AND ${name} = $2::text`, [
    tenant,
    wanted,
  ]);
  return rows[0];
}
