import { projections } from '../../projections.config.ts';
import { until } from '../http/support.ts';
import type { TestDatabase } from '../support/database.ts';
import { folds } from './folds/index.ts';
import type { Row } from './folds/rows.ts';
import { readLog, type Stored } from './log.ts';

/** Tables of a read model. @property name as its fold is called; @property columns that say something */
const tables = projections.flatMap((projection) =>
  projection.tables(0).map(({ name, key, columns }) => ({
    projection: projection.name,
    name: name.replace(/__g0$/, ''),
    key,
    columns: Object.keys(columns).filter((column) => column !== 'version'),
  })),
);
export const tableNames: readonly string[] = tables.map(({ name }) => name);

/** Processors of live read models that have not taken the whole log. */
const behind = (db: TestDatabase) =>
  db.query(`select g.projection, p.partition from projection_generations g cross join log_partitions p
    left join processor_checkpoints c on c.partition = p.partition and c.processor = g.projection || '#g' || g.generation::text
    where g.status = 'live' and coalesce(c.position, 0) < p.position`);

async function rowsIn(db: TestDatabase): Promise<Map<string, Row[]>> {
  const live = await db.query(`select projection, generation from projection_generations where status = 'live'`);
  const generations = new Map(live.map(({ projection, generation }) => [projection, generation]));
  const rows = new Map<string, Row[]>();
  for (const { projection, name } of tables)
    rows.set(name, await db.query(`select * from ${name}__g${generations.get(projection)}`));
  return rows;
}

/** The log, and the rows that read models made of all of it, by table. */
export type Settled = { readonly log: readonly Stored[]; readonly rows: ReadonlyMap<string, readonly Row[]> };

/** What read models hold when nothing is written any more. */
export async function settledRows(db: TestDatabase): Promise<Settled> {
  for (;;) {
    await until(
      () => behind(db),
      (processors) => processors.length === 0,
    );
    const log = await readLog(db);
    const rows = await rowsIn(db);
    if ((await behind(db)).length === 0 && (await readLog(db)).length === log.length) return { log, rows };
  }
}

/** Numbers, times and JSON in one form, however the database hands them out. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return /^[[{]/.test(value) ? JSON.parse(value) : value;
  return typeof value === 'object' ? value : String(value);
}
const inOneForm = (rows: readonly Row[], { columns, key }: Pick<(typeof tables)[number], 'columns' | 'key'>) =>
  rows
    .map((row) => Object.fromEntries(columns.map((column) => [column, plain(row[column])])))
    .map((row) => [key.map((column) => row[column]).join(' '), row] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);

/** What a table holds, and what it must hold. */
export function compared(name: string, { log, rows }: Settled) {
  const table = tables.find((each) => each.name === name)!;
  const fold = folds[name];
  if (fold === undefined)
    throw new Error(`${name} is a table of a read model: tests/journey/folds needs what it must hold`);
  return { found: inOneForm(rows.get(name) ?? [], table), expected: inOneForm(fold(log), table) };
}
