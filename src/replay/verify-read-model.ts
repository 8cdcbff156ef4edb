import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySnapshot } from '../event-store/sql/copy-out.ts';
import type { SqlDatabase } from '../event-store/sql/database.ts';
import type { Projection } from '../ports/projection.ts';
import { checkpointsOf } from '../processors/checkpoints.ts';
import { choose, listGenerations, processorName } from '../processors/generations.ts';
import { skippedEvents } from '../processors/rebuild-generation.ts';
import type { BuildOptions } from './build.ts';
import { compareTable, type TableDifference } from './compare.ts';
import { filesAsOf } from './diff.ts';
import { openDuckDb } from './duckdb.ts';
import { outerName, type ReplayContext } from './replay.ts';
import { quoted } from './scratch.ts';
import { describeTable, type Table } from './tables.ts';

/** @property tables what the live rows (before) and rebuilt ones (after) differ in; none that are equal
 *  @property left  why it was not compared */
export type ReadModelReport = { readonly tables: readonly TableDifference[]; readonly left: string | null };

/** Compares the live rows of a read model with those that the log gives. Live rows are copied as of one moment, with the checkpoints that belong
 *  to them; then they are built again up to those. */
export async function verifyReadModel(
  context: ReplayContext & { readonly source: SqlDatabase },
  work: Pick<BuildOptions, 'maxEventsPerSecond' | 'onProgress' | 'onUnreadable' | 'signal'> & {
    readonly projection: Projection;
  },
  limit: number,
): Promise<ReadModelReport> {
  const { projection } = work;
  const chosen = choose(await listGenerations(context.database, projection.name), projection.version);
  if (chosen === null || !chosen.fits)
    return {
      tables: [],
      left: `its tables are of another build: run "npx sandai projections rebuild ${projection.name}"`,
    };
  if ((await skippedEvents(context.database, projection.name)).size > 0)
    return { tables: [], left: 'an operator let it skip events: it need not equal the log' };
  const directory = mkdtempSync(join(tmpdir(), 'sandai-verify-'));
  const duck = await openDuckDb();
  try {
    const live = mkdtempSync(join(directory, 'live-'));
    const built = mkdtempSync(join(directory, 'built-'));
    const tables: Table[] = [];
    for (const { name } of projection.tables(chosen.generation))
      tables.push(await describeTable(context.source, 'public', name));
    const position = await copySnapshot(
      context.source,
      (sql) => checkpointsOf(sql, processorName(projection.name, chosen.generation)),
      tables.map((table) => ({ select: selectAll(table), path: join(live, `${outerName(table)}.csv`) })),
    );
    const files = await filesAsOf(context, { ...work, once: true }, { micros: 0n, position }, built);
    const differences: TableDifference[] = [];
    for (const { table, file } of files) {
      const called = outerName(table);
      differences.push(
        await compareTable(duck, table, called, { before: join(live, `${called}.csv`), after: file }, limit),
      );
    }
    return { tables: differences.filter(({ added, removed, changed }) => added + removed + changed > 0), left: null };
  } finally {
    duck.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const selectAll = ({ name, columns }: Table): string =>
  `SELECT ${columns.map((column) => quoted(column.name)).join(', ')} FROM ${quoted(name)}`;
