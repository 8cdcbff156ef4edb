import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { type CopyToStreamQuery, to as copyTo } from 'pg-copy-streams';
import type { Sql } from '../../ports/database.ts';
import type { SqlDatabase } from './database.ts';
import type { CsvForm } from './dialect.ts';

/** How tables of read models are written. */
export const plainCsv: CsvForm = { delimiter: ',', quote: '"' };

/** Writes a query's rows to a file as CSV without a header; NULL is an unquoted `\N`.
 *  @param select SQL without parameters, which COPY does not take; keep it short-lived, as its snapshot holds up the cleaning of the log's tables
 *  @param options.append whether to add to the file */
export async function copyToFile(
  database: SqlDatabase,
  select: string,
  path: string,
  { form, append = false }: { readonly form: CsvForm; readonly append?: boolean },
): Promise<void> {
  const client = await database.connect();
  let broken: Error | undefined;
  try {
    await copy(client, select, path, form, append);
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Copies several queries' rows as of one moment.
 *  @param look   what else to read as of the same moment
 *  @param copies each query, and its file
 *  @returns what `look` read */
export async function copySnapshot<T>(
  database: SqlDatabase,
  look: (sql: Sql) => Promise<T>,
  copies: readonly { readonly select: string; readonly path: string }[],
): Promise<T> {
  const client = await database.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const found = await look({
      query: async (text, params = []) => {
        const { rows, rowCount } = await client.query(text, [...params]);
        return { rows, rowCount: rowCount ?? 0 };
      },
    });
    for (const { select, path } of copies) await copy(client, select, path, plainCsv, false);
    await client.query('COMMIT');
    return found;
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function copy(
  client: PoolClient,
  select: string,
  path: string,
  { delimiter, quote }: CsvForm,
  append: boolean,
): Promise<void> {
  const quoting = quote === plainCsv.quote ? '' : `, QUOTE '${quote}'`;
  const rows: CopyToStreamQuery & { callback?: () => void } = copyTo(
    `COPY (${select}) TO STDOUT WITH (FORMAT csv, NULL '\\N', DELIMITER '${delimiter}'${quoting})`,
  );
  try {
    client.query(rows);
    await pipeline(rows, createWriteStream(path, { flags: append ? 'a' : 'w' }));
  } finally {
    rows.callback?.(); // ends the driver's timer for answers that never come, which this kind of query does not end itself
  }
}
