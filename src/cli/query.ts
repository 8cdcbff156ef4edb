import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { literal, openDuckDb } from '../replay/duckdb.ts';
import { type CliCommand, UserError } from './command.ts';
import { jsonOption } from './replay.ts';
import { table } from './table.ts';

const readers: Readonly<Record<string, string>> = { parquet: 'read_parquet', csv: 'read_csv', jsonl: 'read_json' };

/** Files that an argument names: itself, or those in a directory. */
async function filesOf(path: string): Promise<readonly string[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UserError(`There is no ${path}: give what "events export" or "replay" wrote.`);
  if (!stat.isDirectory()) return [path];
  const files = (await readdir(path)).filter((name) => extname(name).slice(1) in readers).sort();
  if (files.length === 0) throw new UserError(`${path} holds no .parquet, .csv or .jsonl file.`);
  return files.map((name) => join(path, name));
}

/** `sandai query "<sql>" <data…>`: DuckDB over files. */
export const queryCommand: CliCommand = (program, { out }) => {
  program
    .command('query')
    .description('ask SQL of files that "events export" or "replay" wrote, with DuckDB; no database is needed')
    .argument('<sql>', 'a query; each file is a table with the name of the file')
    .argument('<data...>', 'files (.parquet, .csv, .jsonl, .duckdb) or directories of them')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npx sandai query "select type, count(*) as events from events group by type order by events desc" events.parquet
  npx sandai query "select data->>'productId' as product, count(*) from events where type = 'PurchaseValidated' group by 1" may.parquet`,
    )
    .action(async (sql: string, data: readonly string[], { json }: { readonly json?: boolean }) => {
      const duck = await openDuckDb();
      try {
        const names: string[] = [];
        const paths = data.map((path) => resolve(path));
        const files = (await Promise.all(paths.map(filesOf))).flat();
        for (const file of files) {
          const kind = extname(file).slice(1);
          const name = basename(file, `.${kind}`);
          if (names.includes(name)) throw new UserError(`Two files are called ${name}: give one of them another name.`);
          names.push(name);
          const quotedName = `"${name.replaceAll('"', '""')}"`;
          if (kind === 'duckdb')
            await duck.run(`ATTACH ${literal(file)} AS ${quotedName} (READ_ONLY); USE ${quotedName}`);
          else if (readers[kind] === undefined)
            throw new UserError(`${file} is neither .parquet, .csv, .jsonl nor .duckdb.`);
          else await duck.run(`CREATE VIEW ${quotedName} AS SELECT * FROM ${readers[kind]}(${literal(file)})`);
        }
        // nothing but these files: a query comes from wherever analysts find it
        await duck.run(
          `SET allowed_paths = [${files.map(literal).join(', ')}]; SET enable_external_access = false; SET lock_configuration = true`,
        );
        const { columns, rows } = await duck.rows(sql).catch((error: Error) => {
          throw new UserError(`${error.message}`, `Tables: ${names.join(', ')}.`);
        });
        if (json) {
          for (const row of rows)
            out(JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index]]))));
          return;
        }
        const text = (value: unknown) =>
          value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
        for (const line of table([columns, ...rows.map((row) => row.map(text))])) out(line);
      } finally {
        duck.close();
      }
    });
};
