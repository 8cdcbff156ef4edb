import { plainCsv } from '../event-store/sql/copy-out.ts';
import { type Duck, literal, readCsv } from './duckdb.ts';
import type { Table } from './tables.ts';

/** A row that stands in one of two states of a table only, or differs between them.
 *  @property key    its primary key
 *  @property values of the columns that differ, before and after; all columns when the row stands in one state only */
export type RowDifference = {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly key: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

/** @property rows the first of the differences, by key */
export type TableDifference = {
  readonly table: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly rows: readonly RowDifference[];
};

const name = (column: string): string => `"${column.replaceAll('"', '""')}"`;

/** Compares two states of a table, as CSV files.
 *  @param limit differences that are told in full */
export async function compareTable(
  duck: Duck,
  table: Table,
  called: string,
  files: { readonly before: string; readonly after: string },
  limit: number,
): Promise<TableDifference> {
  await duck.run(`CREATE OR REPLACE TEMP VIEW before AS ${readCsv([files.before], table.columns, plainCsv)}`);
  await duck.run(`CREATE OR REPLACE TEMP VIEW after AS ${readCsv([files.after], table.columns, plainCsv)}`);
  const columns = table.columns.map((column) => column.name);
  const first = name(table.key[0]!);
  const kind = `CASE WHEN b.${first} IS NULL THEN 'added' WHEN a.${first} IS NULL THEN 'removed' ELSE 'changed' END`;
  const same = columns.map((column) => `b.${name(column)} IS NOT DISTINCT FROM a.${name(column)}`).join(' AND ');
  const joined = `before b FULL OUTER JOIN after a ON ${table.key.map((key) => `b.${name(key)} = a.${name(key)}`).join(' AND ')}`;
  const counts = await duck.rows(
    `SELECT ${kind} AS difference, count(*) AS differences FROM ${joined} WHERE NOT (${same}) GROUP BY 1`,
  );
  const count = new Map(counts.rows.map(([of, rows]) => [String(of), Number(rows)]));
  const values = (side: string) =>
    `json_object(${columns.map((column) => `${literal(column)}, ${side}.${name(column)}`).join(', ')})`;
  const order = table.key.map((key) => `COALESCE(b.${name(key)}, a.${name(key)})`).join(', ');
  const found = await duck.rows(
    `SELECT ${kind}, ${values('b')}::VARCHAR, ${values('a')}::VARCHAR FROM ${joined} WHERE NOT (${same}) ORDER BY ${order} LIMIT ${limit}`,
  );
  return {
    table: called,
    added: count.get('added') ?? 0,
    removed: count.get('removed') ?? 0,
    changed: count.get('changed') ?? 0,
    rows: found.rows.map(([of, before, after]) =>
      differenceOf(of as RowDifference['kind'], table, JSON.parse(String(before)), JSON.parse(String(after))),
    ),
  };
}

type Row = Record<string, unknown>;

function differenceOf(kind: RowDifference['kind'], table: Table, before: Row, after: Row): RowDifference {
  const pick = (row: Row, columns: readonly string[]) =>
    Object.fromEntries(columns.map((column) => [column, row[column]]));
  const rest = Object.keys(after).filter((column) => !table.key.includes(column));
  const shown =
    kind === 'changed'
      ? rest.filter((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
      : rest;
  return {
    kind,
    key: pick(kind === 'added' ? after : before, table.key),
    before: kind === 'added' ? {} : pick(before, shown),
    after: kind === 'removed' ? {} : pick(after, shown),
  };
}
