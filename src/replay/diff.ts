import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildOptions } from './build.ts';
import { compareTable, type TableDifference } from './compare.ts';
import { openDuckDb } from './duckdb.ts';
import { type Moment, resolveMoment } from './moment.ts';
import { inReadModel, outerName, type ReplayContext } from './replay.ts';
import { copyTable, describeTable, type Table } from './tables.ts';

type Work = Pick<
  BuildOptions,
  'projection' | 'tenant' | 'maxEventsPerSecond' | 'onProgress' | 'onUnreadable' | 'signal'
>;

/** A table as it was at one moment, in a CSV file. */
export type TableFile = { readonly table: Table; readonly file: string };

/** Builds a read model as of a moment and leaves its tables as files in a directory. */
export const filesAsOf = (
  context: ReplayContext,
  work: Work & { readonly once?: boolean },
  moment: Moment,
  directory: string,
): Promise<readonly TableFile[]> =>
  inReadModel(context, work, moment, async (database, schema) => {
    const files: TableFile[] = [];
    for (const { name } of work.projection.tables(0)) {
      const table = await describeTable(database, schema, name);
      files.push({ table, file: (await copyTable(database, table, directory)).file });
    }
    return files;
  });

/** What differs in a read model between two moments.
 *  @param limit rows of each table that are told in full
 *  @throws as `replay` */
export async function diffReadModel(
  context: ReplayContext,
  work: Work,
  asOf: { readonly before: string; readonly after: string },
  limit: number,
): Promise<{ readonly before: Moment; readonly after: Moment; readonly tables: readonly TableDifference[] }> {
  const before = await resolveMoment(context.database, context.log.info, asOf.before);
  const after = await resolveMoment(context.database, context.log.info, asOf.after);
  const directory = mkdtempSync(join(tmpdir(), 'sandai-diff-'));
  const duck = await openDuckDb();
  try {
    const [left, right] = [mkdtempSync(join(directory, 'before-')), mkdtempSync(join(directory, 'after-'))];
    const older = await filesAsOf(context, work, before, left);
    const newer = await filesAsOf(context, work, after, right);
    const tables: TableDifference[] = [];
    for (const [index, { table, file }] of older.entries())
      tables.push(
        await compareTable(duck, table, outerName(table), { before: file, after: newer[index]!.file }, limit),
      );
    return { before, after, tables };
  } finally {
    duck.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
