import type { CsvForm } from '../event-store/sql/dialect.ts';

/** A DuckDB in this process.
 *  @property run  runs statements
 *  @property rows what a query answers, as plain JSON values: times, and integers beyond 2^53, as texts */
export type Duck = {
  run(text: string): Promise<void>;
  rows(text: string): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }>;
  close(): void;
};

/** A text as a literal of SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** @param file database file, made when it is absent; in memory when left out
 *  @param memory  most memory before DuckDB goes to disk
 *  @param threads as many as there are cores when left out */
export async function openDuckDb(
  file = ':memory:',
  { memory = '1GB', threads }: { readonly memory?: string; readonly threads?: number } = {},
): Promise<Duck> {
  const { DuckDBInstance, DuckDBTypeId } = await import('@duckdb/node-api'); // a quarter of what every command took to start
  const instance = await DuckDBInstance.create(file, {
    memory_limit: memory,
    ...(threads === undefined ? {} : { threads: `${threads}` }),
    // what is not built in would have to be downloaded
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  return {
    run: async (text) => void (await connection.run(text)),
    rows: async (text) => {
      const reader = await connection.runAndReadAll(text);
      const whole = reader.columnTypes().map((type) => type.typeId === DuckDBTypeId.BIGINT);
      const exact = (value: unknown, index: number) =>
        whole[index] && typeof value === 'string' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
      return { columns: reader.deduplicatedColumnNames(), rows: reader.getRowsJson().map((row) => row.map(exact)) };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const duckTypes: Readonly<Record<string, string>> = {
  text: 'VARCHAR',
  bigint: 'BIGINT',
  integer: 'BIGINT', // CockroachDB's INT
  uuid: 'UUID',
  jsonb: 'JSON',
  boolean: 'BOOLEAN',
  'double precision': 'DOUBLE',
  numeric: 'DOUBLE',
  'timestamp with time zone': 'TIMESTAMPTZ',
};

/** @property type as the database's information schema calls it */
export type Column = { readonly name: string; readonly type: string };

/** The query that reads CSV files as the store writes them.
 *  @throws Error naming a column of a type that has no counterpart */
export function readCsv(files: readonly string[], columns: readonly Column[], form: CsvForm): string {
  const types = columns.map(({ name, type }) => {
    const duck = duckTypes[type];
    if (duck === undefined) throw new Error(`column ${name} is of type ${type}, which cannot be written out`);
    return `${literal(name)}: ${literal(duck)}`;
  });
  const quote = literal(form.quote);
  return `SELECT * FROM read_csv([${files.map(literal).join(', ')}], header = false, auto_detect = false, new_line = '\\n',
    delim = ${literal(form.delimiter)}, quote = ${quote}, escape = ${quote}, nullstr = '\\N', allow_quoted_nulls = false,
    max_line_size = 8388608, columns = {${types.join(', ')}})`;
}

/** Formats of files, by their extension. */
export const fileFormats = {
  // Of events, level 1 makes smaller files than level 3 in three quarters of the time; a row group of the default size leaves the processor's caches.
  parquet: 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480',
  csv: 'FORMAT csv, HEADER',
  jsonl: 'FORMAT json',
} as const;
export type FileFormat = keyof typeof fileFormats;
