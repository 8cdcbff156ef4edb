import type { EventLog } from '../event-store/port.ts';
import { plainCsv } from '../event-store/sql/copy-out.ts';
import type { SqlDatabase } from '../event-store/sql/database.ts';
import type { Database } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { type BuildOptions, buildReadModel, replayGeneration } from './build.ts';
import { readCsv } from './duckdb.ts';
import { type Moment, momentText, resolveMoment } from './moment.ts';
import { BadOutput, type Output, type Source, type Written, writeTables } from './output.ts';
import { dropScratch, openScratch, quoted, scratchName } from './scratch.ts';
import { copyTable, describeTable, type Table } from './tables.ts';

/** What a replay works with.
 *  @property database     connection of the application's role
 *  @property owner        connection of the role that owns the tables; makes the scratch schema
 *  @property openInSchema connections of that role whose names are looked up in one schema */
export type ReplayContext = {
  readonly log: EventLog;
  readonly database: Database;
  readonly owner: Database;
  readonly openInSchema: (schema: string) => Promise<SqlDatabase>;
};

export type ReplayOptions = Pick<
  BuildOptions,
  'projection' | 'tenant' | 'maxEventsPerSecond' | 'onProgress' | 'onUnreadable' | 'signal'
> & {
  /** As {@link resolveMoment} reads it. */
  readonly asOf: string;
  readonly output: Output;
  /** Condition of SQL that rows must meet. */
  readonly where?: string;
  /** Only these tables of the read model. */
  readonly tables?: readonly string[];
  /** Called once it is resolved. @param token the position that means this moment again */
  readonly onMoment?: (moment: { readonly token: string }) => void;
};

export type ReplayResult = { readonly moment: Moment; readonly written: readonly Written[] };

/** What a table is called outside: without its generation. */
export const outerName = ({ name }: { readonly name: string }): string => name.replace(/__g\d+$/, '');

/** Builds a read model as of a moment and writes it out, without touching the live tables. Interrupted, the same call goes on where it was.
 *  @throws NoSuchMoment, BadOutput, NoSchemaRight, the reason of `signal` */
export async function replay(context: ReplayContext, options: ReplayOptions): Promise<ReplayResult> {
  const { projection, output } = options;
  const chosen = chosenTables(projection, options.tables);
  const moment = await resolveMoment(context.database, context.log.info, options.asOf);
  options.onMoment?.({ token: momentToken(context.log.info, moment) });
  if (output.kind === 'schema') await refuseExisting(context.owner, output.schema);
  return inReadModel(context, options, moment, async (database, schema) => {
    const described = await Promise.all(chosen.map((name) => describeTable(database, schema, name)));
    if (options.where !== undefined)
      for (const table of described) await checkCondition(database, table, options.where);
    const written =
      output.kind === 'schema'
        ? await keepSchema(context.owner, database, schema, output.schema, projection, described, options.where)
        : await writeTables(
            described.map((table) => tableSource(database, table, options.where)),
            output,
            manifestOf(context.log.info, options, moment),
          );
    return { moment, written };
  });
}

/** Builds a read model as of a moment in a scratch schema, and drops that after its use; kept when the work ends early.
 *  @param options.once whether to drop it then too: nobody will ask for this moment again */
export async function inReadModel<T>(
  { log, owner, openInSchema }: ReplayContext,
  options: Pick<
    BuildOptions,
    'projection' | 'tenant' | 'maxEventsPerSecond' | 'onProgress' | 'onUnreadable' | 'signal'
  > & { readonly once?: boolean },
  moment: Moment,
  use: (database: SqlDatabase, schema: string) => Promise<T>,
): Promise<T> {
  const { projection } = options;
  const ends = [...moment.position].map(([partition, position]) => `${partition}-${position}`);
  const schema = scratchName(log.info.logId, projection.name, projection.version, ends, options.tenant ?? null);
  const scratch = await openScratch(owner, openInSchema, schema);
  const database = scratch.database as SqlDatabase;
  try {
    await buildReadModel({ ...options, log, scratch, upTo: moment.position });
    const result = await use(database, schema);
    await dropScratch(owner, schema);
    return result;
  } catch (error) {
    if (options.once === true) await dropScratch(owner, schema);
    throw error;
  } finally {
    await database.close();
  }
}

function chosenTables(projection: Projection, asked: readonly string[] | undefined): readonly string[] {
  const all = projection.tables(replayGeneration).map(({ name }) => name);
  if (asked === undefined || asked.length === 0) return all;
  return asked.map((wanted) => {
    const found = all.find((name) => outerName({ name }) === wanted);
    if (found === undefined)
      throw new BadOutput(
        `${projection.name} has no table ${wanted}; it has ${all.map((name) => outerName({ name })).join(', ')}.`,
      );
    return found;
  });
}

async function refuseExisting(owner: Database, schema: string): Promise<void> {
  const { rows } = await owner.query(
    'SELECT 1 AS found FROM information_schema.schemata WHERE schema_name = $1::text',
    [schema],
  );
  if (rows.length > 0) throw new BadOutput(`There is a schema ${schema} already: give another name, or drop it.`);
}

/** Says what is wrong with a condition before hours of work go into it. */
async function checkCondition(database: Database, table: Table, where: string): Promise<void> {
  if (/;/.test(where)) throw new BadOutput('--where takes one condition of SQL, without a semicolon.');
  try {
    await database.query(`SELECT 1 FROM ${quoted(table.name)} WHERE (${where}) LIMIT 0`);
  } catch (error) {
    throw new BadOutput(
      `--where does not fit table ${outerName(table)}: ${(error as Error).message}. Its columns are ${table.columns.map(({ name }) => name).join(', ')}; choose tables with --table.`,
    );
  }
}

const tableSource = (database: SqlDatabase, table: Table, where: string | undefined): Source => ({
  name: outerName(table),
  async load(directory) {
    const { file, rows } = await copyTable(database, table, directory, where);
    return { query: readCsv([file], table.columns, plainCsv), rows };
  },
});

/** The scratch schema becomes the analyst's, under its name. */
async function keepSchema(
  owner: Database,
  database: Database,
  schema: string,
  name: string,
  projection: Projection,
  tables: readonly Table[],
  where: string | undefined,
): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const physical of projection.tables(replayGeneration).map((table) => table.name)) {
    const table = tables.find((each) => each.name === physical);
    if (table === undefined) {
      await database.query(`DROP TABLE ${quoted(physical)}`);
      continue;
    }
    if (where !== undefined) await database.query(`DELETE FROM ${quoted(physical)} WHERE (${where}) IS NOT TRUE`);
    const { rows } = await database.query(`SELECT count(*) AS rows FROM ${quoted(physical)}`);
    await database.query(`ALTER TABLE ${quoted(physical)} RENAME TO ${quoted(outerName(table))}`);
    written.push({
      table: outerName(table),
      rows: Number((rows[0] as { rows: string }).rows),
      path: `${name}.${outerName(table)}`,
    });
  }
  await database.query('DROP TABLE replay_checkpoints');
  await owner.query(`ALTER SCHEMA ${quoted(schema)} RENAME TO ${quoted(name)}`);
  return written;
}

/** The position that means a moment again, as in a `Sandai-Position` header. */
export const momentToken = ({ logId }: { readonly logId: string }, { position }: Moment): string =>
  `${logId}.${[...position]
    .filter(([, at]) => at > 0n)
    .map(([partition, at]) => `${partition}-${at}`)
    .join(',')}`;

const manifestOf = (
  info: { readonly logId: string },
  { projection, tenant, where }: ReplayOptions,
  moment: Moment,
) => ({
  projection: projection.name,
  version: projection.version,
  as_of: momentText(moment),
  position: momentToken(info, moment),
  tenant: tenant ?? null,
  where: where ?? null,
});
