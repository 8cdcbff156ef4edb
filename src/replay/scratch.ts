import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database, Sql } from '../ports/database.ts';
import { ReplayStopped } from './errors.ts';

/** A schema of its own in the log's database, in which a read model is built. Its connections see nothing but it, so that the live tables
 *  cannot be touched. */
export type Scratch = { readonly schema: string; readonly database: Database };

/** A connection URL whose connections look names up in one schema. */
export function urlInSchema(url: string, schema: string): string {
  const address = new URL(url);
  address.searchParams.set('options', `-c search_path=${schema}`);
  return address.href;
}

/** Opens connections whose names are looked up in one schema. */
export type OpenInSchema = (schema: string) => Promise<Database>;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The same for the same work, so that work that was interrupted is found again. */
export const scratchName = (...parts: readonly unknown[]): string =>
  `sandai_replay_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)}`;

/** The role may not make schemas. */
export class NoSchemaRight extends ReplayStopped {
  override readonly name = 'NoSchemaRight';
  constructor(cause: unknown) {
    super(
      'The role that owns the tables may not make a schema in this database, which a replay needs: GRANT CREATE ON DATABASE … TO it.',
      { cause },
    );
  }
}

/** @param owner role that owns the tables @throws NoSchemaRight */
export async function openScratch(owner: Sql, openInSchema: OpenInSchema, schema: string): Promise<Scratch> {
  try {
    await owner.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
  } catch (error) {
    throw (error as { code?: string }).code === '42501' ? new NoSchemaRight(error) : error;
  }
  return { schema, database: await openInSchema(schema) };
}

export async function dropScratch(owner: Sql, schema: string): Promise<void> {
  await owner.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
}

const tableRow = z.object({ schema: z.string(), checkpoints: z.coerce.number() });

/** Drops the schemas of replays that were interrupted and whose last step is longer ago than the grace time.
 *  @returns their names */
export async function pruneScratch(owner: Sql, graceMs: number): Promise<readonly string[]> {
  const { rows } = await owner.query(
    `SELECT s.schema_name AS schema, count(t.table_name) AS checkpoints FROM information_schema.schemata s
     LEFT JOIN information_schema.tables t ON t.table_schema = s.schema_name AND t.table_name = 'replay_checkpoints'
     WHERE s.schema_name LIKE 'sandai\\_replay\\_%' GROUP BY s.schema_name ORDER BY s.schema_name`,
  );
  const pruned: string[] = [];
  for (const { schema, checkpoints } of rows.map((row) => tableRow.parse(row))) {
    if (checkpoints > 0) {
      const { rows: recent } = await owner.query(
        `SELECT 1 AS found FROM ${quoted(schema)}.replay_checkpoints
         WHERE moved_at > clock_timestamp() - $1::int8 * interval '1 millisecond' LIMIT 1`,
        [graceMs],
      );
      if (recent.length > 0) continue;
    }
    await dropScratch(owner, schema);
    pruned.push(schema);
  }
  return pruned;
}
