import type { Stored } from '../log.ts';

/** A row by its columns; one that is left out is NULL. */
export type Row = Readonly<Record<string, unknown>>;
/** What a table must hold after these events. */
export type RowsOf = (log: readonly Stored[]) => readonly Row[];
/** Tables by their names. */
export type Tables = Readonly<Record<string, RowsOf>>;

/** Rows while they are worked out, told apart by some columns. */
export function rowsBy(...key: readonly string[]) {
  const rows = new Map<string, Record<string, unknown>>();
  const at = (row: Row): Record<string, unknown> => {
    const name = key.map((column) => String(row[column])).join(' ');
    const known = rows.get(name) ?? {};
    rows.set(name, known);
    return known;
  };
  return {
    /** Sets columns of the row with this key. */
    set: (row: Row) => Object.assign(at(row), row),
    /** Adds to columns of the row with this key, which begin at 0. */
    add(row: Row, amounts: Readonly<Record<string, bigint | number>>) {
      const known = Object.assign(at(row), row) as Record<string, unknown>;
      for (const [column, amount] of Object.entries(amounts))
        known[column] = BigInt((known[column] as bigint | undefined) ?? 0n) + BigInt(amount);
      return known;
    },
    has: (row: Row) => rows.has(key.map((column) => String(row[column])).join(' ')),
    all: (): readonly Row[] => [...rows.values()],
  };
}
