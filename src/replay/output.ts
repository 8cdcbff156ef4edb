import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { SqlDatabase } from '../event-store/sql/database.ts';
import { type Duck, type FileFormat, fileFormats, openDuckDb, readCsv } from './duckdb.ts';
import { ReplayStopped } from './errors.ts';
import { copyTable, type Table } from './tables.ts';

/** Where rows go: files of one format in a directory, one file, a DuckDB database, or a schema of the log's database. */
export type Output =
  | { readonly kind: 'directory'; readonly path: string; readonly format: FileFormat }
  | { readonly kind: 'file'; readonly path: string; readonly format: FileFormat }
  | { readonly kind: 'duckdb'; readonly path: string }
  | { readonly kind: 'schema'; readonly schema: string };

/** The output cannot be written as asked; the message says what to give. */
export class BadOutput extends ReplayStopped {
  override readonly name = 'BadOutput';
}

const isFormat = (text: string): text is FileFormat => Object.hasOwn(fileFormats, text);

/** Reads `--out`: `postgres:<schema>`, `<file>.duckdb`, `<file>.parquet|csv|jsonl`, or a directory.
 *  @param format of the files in a directory, parquet when left out
 *  @throws BadOutput */
export function parseOutput(out: string, format = 'parquet'): Output {
  if (!isFormat(format)) throw new BadOutput(`--format must be one of ${Object.keys(fileFormats).join(', ')}.`);
  if (out.startsWith('postgres:')) {
    const schema = out.slice('postgres:'.length);
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema) || schema === 'public')
      throw new BadOutput(
        'Name a new schema of lower-case letters, digits and _, as in --out postgres:spring_as_of_may.',
      );
    return { kind: 'schema', schema };
  }
  const path = resolve(out);
  const extension = extname(path).slice(1);
  if (extension === 'duckdb') return { kind: 'duckdb', path: absent(path) };
  if (isFormat(extension)) return { kind: 'file', path: absent(path), format: extension };
  if (extension !== '')
    throw new BadOutput(`Files end with .duckdb, .${Object.keys(fileFormats).join(', .')}; a directory has no ending.`);
  return { kind: 'directory', path: absent(path), format };
}

function absent(path: string): string {
  if (existsSync(path)) throw new BadOutput(`${path} exists: give another name, or remove it.`);
  return path;
}

/** @property rows how many it has; @property path file or table */
export type Written = { readonly table: string; readonly rows: number; readonly path: string };

/** Writes tables to files. A file appears under its name when it is complete.
 *  @param where     condition of SQL that rows must meet
 *  @param nameOf    what a table is called outside
 *  @param manifest  what a directory's `manifest.json` says beside its tables
 *  @throws BadOutput when one file is asked for several tables */
export async function writeTables(
  database: SqlDatabase,
  tables: readonly Table[],
  output: Exclude<Output, { kind: 'schema' }>,
  { where, nameOf, manifest }: { where?: string; nameOf: (table: Table) => string; manifest: object },
): Promise<readonly Written[]> {
  if (output.kind === 'file' && tables.length > 1)
    throw new BadOutput(
      `There are ${tables.length} tables, ${tables.map(nameOf).join(', ')}: choose one with --table, or give a directory or a .duckdb file.`,
    );
  await mkdir(dirname(output.path), { recursive: true });
  const work = mkdtempSync(join(dirname(output.path), `.${basename(output.path)}-`));
  const target = join(work, 'out');
  const isDirectory = output.kind === 'directory';
  if (isDirectory) await mkdir(target);
  const duck = await openDuckDb(output.kind === 'duckdb' ? target : ':memory:');
  const written: Written[] = [];
  try {
    for (const table of tables) {
      const { file, rows } = await copyTable(database, table, work, where);
      const name = nameOf(table);
      const path = isDirectory ? join(target, `${name}.${output.format}`) : target;
      await writeTable(duck, output, name, readCsv([file], table.columns), path);
      await rm(file);
      const shown = isDirectory ? join(output.path, basename(path)) : output.path;
      written.push({ table: name, rows, path: shown });
    }
  } finally {
    duck.close();
    if (written.length < tables.length) await rm(work, { recursive: true, force: true });
  }
  if (isDirectory) {
    const text = JSON.stringify({ ...manifest, tables: written.map(({ table, rows }) => ({ table, rows })) }, null, 2);
    await writeFile(join(target, 'manifest.json'), `${text}\n`);
  }
  await rename(target, output.path);
  await rm(work, { recursive: true, force: true });
  return written;
}

async function writeTable(duck: Duck, output: Output, name: string, query: string, path: string): Promise<void> {
  if (output.kind === 'duckdb') await duck.run(`CREATE TABLE "${name}" AS ${query}`);
  else if (output.kind !== 'schema')
    await duck.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (${fileFormats[output.format]})`);
}
