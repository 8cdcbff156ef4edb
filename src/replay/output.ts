import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { type FileFormat, fileFormats, literal, openDuckDb } from './duckdb.ts';
import { ReplayStopped } from './errors.ts';

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

/** A table to be written. @property load puts its rows where DuckDB reaches them: the query that reads them, and how many there are */
export type Source = {
  readonly name: string;
  load(directory: string): Promise<{ readonly query: string; readonly rows: number }>;
};

/** Writes tables to files. A file appears under its name when it is complete.
 *  @param manifest what a directory's `manifest.json` says beside its tables
 *  @throws BadOutput when one file is asked for several tables */
export async function writeTables(
  sources: readonly Source[],
  output: Exclude<Output, { kind: 'schema' }>,
  manifest: object,
): Promise<readonly Written[]> {
  if (output.kind === 'file' && sources.length > 1)
    throw new BadOutput(
      `There are ${sources.length} tables, ${sources.map(({ name }) => name).join(', ')}: choose one with --table, or give a directory or a .duckdb file.`,
    );
  await mkdir(dirname(output.path), { recursive: true });
  const work = mkdtempSync(join(dirname(output.path), `.${basename(output.path)}-`));
  try {
    const target = join(work, 'out');
    const written = await writeInto(target, work, sources, output);
    if (output.kind === 'directory') {
      const tables = written.map(({ table, rows }) => ({ table, rows }));
      await writeFile(join(target, 'manifest.json'), `${JSON.stringify({ ...manifest, tables }, null, 2)}\n`);
    }
    await rename(target, output.path);
    return written;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function writeInto(
  target: string,
  work: string,
  sources: readonly Source[],
  output: Exclude<Output, { kind: 'schema' }>,
): Promise<readonly Written[]> {
  const isDirectory = output.kind === 'directory';
  if (isDirectory) await mkdir(target);
  const duck = await openDuckDb(output.kind === 'duckdb' ? target : ':memory:');
  try {
    const written: Written[] = [];
    for (const { name, load } of sources) {
      const directory = mkdtempSync(join(work, 'table-'));
      const { query, rows } = await load(directory);
      const path = isDirectory ? join(target, `${name}.${output.format}`) : target;
      if (output.kind === 'duckdb') await duck.run(`CREATE TABLE "${name}" AS ${query}`);
      else await duck.run(`COPY (${query}) TO ${literal(path)} (${fileFormats[output.format]})`);
      await rm(directory, { recursive: true });
      written.push({ table: name, rows, path: isDirectory ? join(output.path, basename(path)) : output.path });
    }
    return written;
  } finally {
    duck.close();
  }
}
