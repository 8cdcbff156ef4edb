import { join } from 'node:path';
import { z } from 'zod';
import { copyToFile, plainCsv } from '../event-store/sql/copy-out.ts';
import type { SqlDatabase } from '../event-store/sql/database.ts';
import type { Sql } from '../ports/database.ts';
import { type Column, literal } from './duckdb.ts';
import { quoted } from './scratch.ts';

/** A table as the database describes it. @property key columns of the primary key, in order */
export type Table = { readonly name: string; readonly columns: readonly Column[]; readonly key: readonly string[] };

const columnRow = z.object({ name: z.string(), type: z.string(), place: z.coerce.number().nullable() });

/** @throws Error when there is no such table */
export async function describeTable(sql: Sql, schema: string, name: string): Promise<Table> {
  const { rows } = await sql.query(
    `SELECT c.column_name AS name, c.data_type AS type, k.ordinal_position AS place
     FROM information_schema.columns c
     LEFT JOIN information_schema.table_constraints t
       ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
     LEFT JOIN information_schema.key_column_usage k
       ON k.constraint_schema = t.constraint_schema AND k.constraint_name = t.constraint_name
         AND k.table_name = c.table_name AND k.column_name = c.column_name
     WHERE c.table_schema = $1::text AND c.table_name = $2::text ORDER BY c.ordinal_position`,
    [schema, name],
  );
  if (rows.length === 0) throw new Error(`there is no table ${schema}.${name}`);
  const columns = rows.map((row) => columnRow.parse(row));
  return {
    name,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    key: columns
      .filter(({ place }) => place !== null)
      .sort((left, right) => left.place! - right.place!)
      .map(({ name: column }) => column),
  };
}

const rowsPerStatement = 200_000;

/** Writes a table's rows to a CSV file in the order of their key, by statements that end soon.
 *  @param where condition of SQL that rows must meet; all when left out
 *  @returns the file and how many rows it has */
export async function copyTable(
  database: SqlDatabase,
  table: Table,
  directory: string,
  where?: string,
): Promise<{ readonly file: string; readonly rows: number }> {
  const file = join(directory, `${table.name}.csv`);
  const key = table.key.map(quoted).join(', ');
  const casts = table.key.map((name) => table.columns.find((column) => column.name === name)!.type);
  const rowOf = (values: readonly string[]) =>
    `(${values.map((value, index) => `CAST(${literal(value)} AS ${casts[index]})`).join(', ')})`;
  const met = where === undefined ? 'true' : `(${where})`;
  const count = await database.query(`SELECT count(*) AS rows FROM ${quoted(table.name)} WHERE ${met}`);
  let after: readonly string[] | null = null;
  for (let isFirst = true; ; isFirst = false) {
    const from: string = after === null ? met : `${met} AND (${key}) > ${rowOf(after)}`;
    const texts = table.key.map((name) => `${quoted(name)}::text AS ${quoted(name)}`).join(', ');
    const { rows } = await database.query(
      `SELECT ${texts} FROM ${quoted(table.name)} WHERE ${from} ORDER BY ${key} LIMIT 1 OFFSET ${rowsPerStatement - 1}`,
    );
    const last = rows[0] as Record<string, string> | undefined;
    const end = last === undefined ? null : table.key.map((name) => last[name]!);
    const range = end === null ? from : `${from} AND (${key}) <= ${rowOf(end)}`;
    const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
    await copyToFile(database, `SELECT ${columns} FROM ${quoted(table.name)} WHERE ${range} ORDER BY ${key}`, file, {
      form: plainCsv,
      append: !isFirst,
    });
    if (end === null) break;
    after = end;
  }
  return { file, rows: z.object({ rows: z.coerce.number() }).parse(count.rows[0]).rows };
}
