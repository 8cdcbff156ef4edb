import type { Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { deleteCheckpoints, ensureCheckpoints } from './checkpoints.ts';
import { processorName } from './generations.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** How PostgreSQL refuses one of two processes that make or grant the same table at once; repeated, the statement works. */
const meetings = new Set(['23505', '42P07', '42710', 'XX000']);

async function repeating(owner: Sql, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await owner.query(statement);
      return;
    } catch (error) {
      if (attempt === 10 || !meetings.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

/** Makes the tables and checkpoints of a generation, safe to repeat.
 *  @param owner   connection of the role that owns the tables
 *  @param appRole role that reads and writes their rows; null = the owner itself */
export async function createTables(
  owner: Sql,
  appRole: string | null,
  projection: Projection,
  generation: number,
  partitions: number,
): Promise<void> {
  for (const table of projection.tables(generation)) {
    for (const statement of table.create) await repeating(owner, statement);
    if (appRole !== null)
      await repeating(
        owner,
        `GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE ${quoted(table.name)} TO ${quoted(appRole)}`,
      );
  }
  await ensureCheckpoints(owner, processorName(projection.name, generation), partitions);
}

/** Drops the tables and checkpoints of a generation that nobody reads any more, then forgets it. Safe to repeat. */
export async function dropGeneration(owner: Sql, projection: Projection, generation: number): Promise<void> {
  for (const table of projection.tables(generation)) await owner.query(`DROP TABLE IF EXISTS ${quoted(table.name)}`);
  await deleteCheckpoints(owner, processorName(projection.name, generation));
  await owner.query('DELETE FROM projection_generations WHERE projection = $1::text AND generation = $2::int8', [
    projection.name,
    generation,
  ]);
}

export async function analyzeTables(owner: Sql, projection: Projection, generation: number): Promise<void> {
  for (const table of projection.tables(generation)) await owner.query(`ANALYZE ${quoted(table.name)}`);
}
