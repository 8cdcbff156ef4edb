import type { PhysicalTable } from '../ports/projection.ts';

export type ColumnType = 'text' | 'bigint' | 'int' | 'uuid' | 'timestamptz';
export type Value = string | number | bigint | null;

/** A table of a read model. Beside its columns it has `version`: that of the event that last changed the row, so that older events and
 *  repeated ones change nothing.
 *  @property versioned false = it has no `version`: its rows are written by a fold of its own, which knows what it has seen
 *  @property key     primary key; a row is fed by one stream
 *  @property columns key columns among them; those outside the key may be NULL
 *  @property indexes beside the primary key; `where` leaves out the rows that nobody looks for */
export type TableDefinition<Column extends string = string> = {
  readonly name: string;
  readonly versioned?: false;
  readonly key: readonly NoInfer<Column>[];
  readonly columns: Readonly<Record<Column, ColumnType>>;
  readonly indexes?: readonly TableIndex<NoInfer<Column>>[];
};

/** @property name    after which the index is called, together with its table's name
 *  @property include columns that stand in it beside those that it is ordered by, so that the row itself need not be read */
export type TableIndex<Column extends string = string> = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly include?: readonly Column[];
  readonly where?: string;
};

/** What one event changes in one row: the key, the version, and only those columns that it sets. */
export type RowChange = {
  readonly table: TableDefinition;
  readonly version: bigint;
  readonly row: Readonly<Record<string, Value>>;
};

/** The changes of one row, merged. */
export type FoldedRow = { version: bigint; row: Readonly<Record<string, Value>> };

/** A change of a row, checked against the table's columns. */
export const change = <Column extends string>(
  table: TableDefinition<Column>,
  version: bigint,
  row: Readonly<Partial<Record<Column, Value>>>,
): RowChange => ({ table, version, row: row as Readonly<Record<string, Value>> });

/** Name of a table in one generation of its read model. */
export const physicalName = (table: Pick<TableDefinition, 'name'>, generation: number): string =>
  `${table.name}__g${generation}`;

export function physicalTable(table: TableDefinition, generation: number): PhysicalTable {
  const name = physicalName(table, generation);
  const columns: Readonly<Record<string, ColumnType>> =
    table.versioned === false ? table.columns : { ...table.columns, version: 'bigint' };
  const definitions = Object.entries(columns).map(
    ([column, type]) =>
      `${column} ${type.toUpperCase()}${table.key.includes(column) || column === 'version' ? ' NOT NULL' : ''}`,
  );
  const create = `CREATE TABLE IF NOT EXISTS ${name} (${definitions.join(', ')}, PRIMARY KEY (${table.key.join(', ')}))`;
  const indexes = (table.indexes ?? []).map(({ name: suffix, columns: ordered, include, where }) =>
    [
      `CREATE INDEX IF NOT EXISTS ${name}_${suffix} ON ${name} (${ordered.join(', ')})`,
      ...(include === undefined ? [] : [`INCLUDE (${include.join(', ')})`]),
      ...(where === undefined ? [] : [`WHERE ${where}`]),
    ].join(' '),
  );
  return {
    name,
    create: [create, ...indexes],
    columns,
    key: table.key,
    indexes: (table.indexes ?? []).map((index) => index.columns),
  };
}
