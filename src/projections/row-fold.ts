import type { RecordedEvent } from '../events/envelope.ts';
import type { Sql } from '../ports/database.ts';
import type { Fold } from '../ports/projection.ts';
import type { FoldedRow, RowChange, TableDefinition } from './table.ts';
import { upsertRows } from './upsert.ts';

/** Merges what events change into one row per primary key, and writes each row once. */
export function rowFold(generation: number, changesOf: (event: RecordedEvent) => readonly RowChange[]): Fold {
  const tables = new Map<TableDefinition, Map<string, FoldedRow>>();

  const merge = ({ table, version, row }: RowChange) => {
    let rows = tables.get(table);
    if (rows === undefined) {
      rows = new Map();
      tables.set(table, rows);
    }
    let key = '';
    for (const column of table.key) key += `${row[column]}\0`;
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { version, row });
    else if (known.version < version) {
      known.row = setsAll(table, row) ? row : { ...known.row, ...row };
      known.version = version;
    }
  };

  const widths = new Map<TableDefinition, number>();
  const setsAll = (table: TableDefinition, row: RowChange['row']): boolean => {
    let width = widths.get(table);
    if (width === undefined) {
      width = Object.keys(table.columns).length;
      widths.set(table, width);
    }
    return Object.keys(row).length === width;
  };

  return {
    add(event) {
      for (const each of changesOf(event)) merge(each);
    },
    get rows() {
      let count = 0;
      for (const rows of tables.values()) count += rows.size;
      return count;
    },
    async write(sql: Sql) {
      for (const [table, rows] of tables) await upsertRows(sql, table, generation, rows);
    },
  };
}
