import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type CopyToStreamQuery, to as copyTo } from 'pg-copy-streams';
import type { SqlDatabase } from './database.ts';

/** Writes a query's rows to a file as CSV without a header; NULL is an unquoted `\N`.
 *  @param select SQL without parameters, which COPY does not take; keep it short-lived, as its snapshot holds up the cleaning of the log's tables
 *  @param append whether to add to the file */
export async function copyToFile(database: SqlDatabase, select: string, path: string, append = false): Promise<void> {
  const client = await database.connect();
  let broken: Error | undefined;
  const rows: CopyToStreamQuery & { callback?: () => void } = copyTo(
    `COPY (${select}) TO STDOUT WITH (FORMAT csv, NULL '\\N')`,
  );
  try {
    client.query(rows);
    await pipeline(rows, createWriteStream(path, { flags: append ? 'a' : 'w' }));
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    rows.callback?.(); // ends the driver's timer for answers that never come, which this kind of query does not end itself
    client.release(broken);
  }
}
