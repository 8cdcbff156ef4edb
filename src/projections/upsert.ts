import type { Sql } from '../ports/database.ts';
import { arrayLiteral } from './array-literal.ts';
import { type FoldedRow, physicalName, type TableDefinition } from './table.ts';

const rowsPerStatement = 5_000;

/** Inserts or updates rows; each row sets only the columns that it carries, and nothing when the table has it at this version or a later one.
 *  Statements go in the order of keys, so that two writers meet in one order. */
export async function upsertRows(
  sql: Sql,
  table: TableDefinition,
  generation: number,
  rows: ReadonlyMap<string, FoldedRow>,
): Promise<void> {
  const alike = new Map<string, { columns: readonly string[]; keys: string[] }>();
  for (const [key, { row }] of rows) {
    const columns = Object.keys(table.columns).filter((column) => row[column] !== undefined);
    const shape = columns.join();
    const group = alike.get(shape);
    if (group === undefined) alike.set(shape, { columns, keys: [key] });
    else group.keys.push(key);
  }
  for (const { columns, keys } of alike.values()) {
    keys.sort();
    const text = upsertText(table, generation, columns);
    for (let from = 0; from < keys.length; from += rowsPerStatement) {
      const some = keys.slice(from, from + rowsPerStatement).map((key) => rows.get(key)!);
      const arrays = columns.map((column) => arrayLiteral(some.map(({ row }) => row[column]!)));
      await sql.query(text, [...arrays, arrayLiteral(some.map(({ version }) => version))]);
    }
  }
}

function upsertText(table: TableDefinition, generation: number, columns: readonly string[]): string {
  const name = physicalName(table, generation);
  const all = [...columns, 'version'];
  const arrays = all.map((column, index) => `$${index + 1}::${table.columns[column] ?? 'bigint'}[]`);
  const set = all.filter((column) => !table.key.includes(column)).map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${name} AS t (${all.join(', ')})
    SELECT ${all.map((column) => `r.${column}`).join(', ')} FROM unnest(${arrays.join(', ')}) AS r (${all.join(', ')})
    ON CONFLICT (${table.key.join(', ')}) DO UPDATE SET ${set.join(', ')} WHERE t.version < excluded.version`;
}
