/** Everything in which PostgreSQL and CockroachDB differ for us. */

export type DatabaseKind = 'postgresql' | 'cockroachdb';

/** One character each. */
export type CsvForm = { readonly delimiter: string; readonly quote: string };

export type Dialect = {
  readonly kind: DatabaseKind;
  /** Statements for each new session, before any other. */
  readonly session: readonly string[];
  /** Further ones for a connection that only appends: it finds its rows in indexes, whatever the tables were like when its plan was made. */
  readonly appending: readonly string[];
  /** Storage settings of hot tables, for the owner, after each migration; safe to repeat. */
  readonly tuning: readonly string[];
  /** How COPY writes columns of JSON so that nothing in them is quoted, where it can. */
  readonly jsonCsv: CsvForm;
  /** Text of a 23505's detail for these key columns and values. */
  readonly uniqueDetail: (columns: readonly string[], values: readonly (string | bigint)[]) => string;
};

const commonSession = ['SET synchronous_commit = on'];

const postgresql: Dialect = {
  kind: 'postgresql',
  session: [
    ...commonSession,
    'SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED',
    "SET statement_timeout = '60s'",
    'SET jit = off',
  ],
  appending: ['SET enable_seqscan = off'],
  tuning: [
    'ALTER TABLE log_partitions SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)',
    'ALTER TABLE processor_checkpoints SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)',
    'ALTER TABLE stream_heads SET (fillfactor = 50)',
    // gathered when a log had few streams, statistics make each a large part of it, and a look-up of one a pass of the table
    'ALTER TABLE events ALTER COLUMN stream_id SET (n_distinct = -0.05)',
  ],
  jsonCsv: { delimiter: '\t', quote: '\u0001' }, // JSON escapes both
  uniqueDetail: (columns, values) => `Key (${columns.join(', ')})=(${values.join(', ')}) already exists.`,
};

/** How CockroachDB writes a string. Characters outside ASCII differ between its versions: such details match nothing. */
const literal = (text: string): string => (/['\\]/.test(text) ? `e'${text.replace(/['\\]/g, '\\$&')}'` : `'${text}'`);

const cockroachdb: Dialect = {
  kind: 'cockroachdb',
  session: [
    ...commonSession,
    'SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    "SET statement_timeout = '60s'",
  ],
  appending: [],
  tuning: [
    'ALTER TABLE log_partitions CONFIGURE ZONE USING gc.ttlseconds = 600',
    'ALTER TABLE processor_checkpoints CONFIGURE ZONE USING gc.ttlseconds = 600',
    'ALTER TABLE stream_heads CONFIGURE ZONE USING gc.ttlseconds = 600',
    'ALTER TABLE events SPLIT AT SELECT partition FROM log_partitions',
  ],
  jsonCsv: { delimiter: '\t', quote: '"' }, // its COPY knows no other quote
  uniqueDetail: (columns, values) =>
    `Key (${columns.join(', ')})=(${values.map((value) => (typeof value === 'string' ? literal(value) : value)).join(', ')}) already exists.`,
};

/** @param version what `SELECT version()` answered */
export const dialectOf = (version: string): Dialect => (/cockroach/i.test(version) ? cockroachdb : postgresql);
