import type { Sql } from '../ports/database.ts';
import { arrayLiteral } from './array-literal.ts';
import { physicalName, type TableDefinition, type Value } from './table.ts';

/** All columns of a row. */
export type PlainRow = Readonly<Record<string, Value>>;

const rowsPerStatement = 5_000;

/** Inserts rows of a table that has no versions, in the order of their keys, so that two writers meet in one order.
 *  @param rows      by a text of the key
 *  @param onMeeting what is done where the table has a row of that key, after `ON CONFLICT … DO`; the rows are `t` and `excluded`
 *  @returns the texts of the keys whose rows are new, when `onMeeting` leaves the others alone; all keys otherwise */
export async function insertRows(
  sql: Sql,
  table: TableDefinition,
  generation: number,
  rows: ReadonlyMap<string, PlainRow>,
  onMeeting: string,
): Promise<readonly string[]> {
  const columns = Object.keys(table.columns);
  const arrays = columns.map((column, index) => `$${index + 1}::${table.columns[column]}[]`);
  const text = `INSERT INTO ${physicalName(table, generation)} AS t (${columns.join(', ')})
    SELECT ${columns.map((column) => `r.${column}`).join(', ')} FROM unnest(${arrays.join(', ')}) AS r (${columns.join(', ')})
    ON CONFLICT (${table.key.join(', ')}) DO ${onMeeting}
    RETURNING ${table.key.map((column) => `t.${column}::text`).join(" || ' ' || ")} AS key`;
  const sorted = [...rows.keys()].sort();
  const written: string[] = [];
  for (let from = 0; from < sorted.length; from += rowsPerStatement) {
    const some = sorted.slice(from, from + rowsPerStatement).map((key) => rows.get(key)!);
    const { rows: found } = await sql.query(
      text,
      columns.map((column) => arrayLiteral(some.map((row) => row[column]!))),
    );
    for (const { key } of found as readonly { key: string }[]) written.push(key);
  }
  return written;
}

/** Text of a row's key, as {@link insertRows} returns it. */
export const keyText = (table: TableDefinition, row: PlainRow): string =>
  table.key.map((column) => `${row[column]}`).join(' ');
