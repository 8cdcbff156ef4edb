import { z } from 'zod';
import type { Database, Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { listGenerations, processorName } from './generations.ts';
import { type Lease, type Leases, leasesOf } from './leases.ts';
import { createTables, dropGeneration } from './tables.ts';

/** The projection is being rebuilt by another process. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
  constructor(projection: string, leaseMs: number) {
    super(
      `${projection} is being rebuilt by another process; if that one was killed, try again in ${Math.ceil(leaseMs / 1000)} seconds`,
    );
  }
}

/** A generation that this process alone fills. @property resumed an earlier rebuild had begun it */
export type Building = {
  readonly generation: number;
  readonly processor: string;
  readonly leases: Leases;
  readonly held: readonly Lease[];
  readonly resumed: boolean;
};

/** Takes up the generation that an interrupted rebuild left, or begins the next one.
 *  @param owner connection of the role that owns the tables
 *  @throws RebuildRunning */
export async function beginGeneration(
  database: Database,
  owner: Sql,
  appRole: string | null,
  projection: Projection,
  partitions: number,
  by: { readonly owner: string; readonly leaseMs: number },
): Promise<Building> {
  const generations = await listGenerations(database, projection.name);
  const left = generations.find(({ status }) => status === 'building');
  const claim = async (generation: number, resumed: boolean): Promise<Building> => {
    await createTables(owner, appRole, projection, generation, partitions);
    const processor = processorName(projection.name, generation);
    const leases = leasesOf(processor, by.owner, by.leaseMs);
    const all = Array.from({ length: partitions }, (_, partition) => partition);
    const held = await leases.claim(database, all);
    if (held.length < partitions) {
      await leases.leave(database);
      throw new RebuildRunning(projection.name, by.leaseMs);
    }
    return { generation, processor, leases, held, resumed };
  };
  if (left !== undefined) {
    const building = await claim(left.generation, true);
    if (left.version === projection.version) return building;
    // begun by a build with another version of the projection
    await dropGeneration(owner, projection, left.generation);
  }
  const generation = Math.max(0, ...generations.map((each) => each.generation)) + 1;
  const { rowCount } = await database.query(
    `INSERT INTO projection_generations (projection, generation, version, status)
     VALUES ($1::text, $2::int8, $3::int8, 'building') ON CONFLICT (projection, generation) DO NOTHING`,
    [projection.name, generation, projection.version],
  );
  if (rowCount === 0) throw new RebuildRunning(projection.name, by.leaseMs);
  return claim(generation, false);
}

const skippedRow = z.object({ partition: z.coerce.number(), position: z.coerce.bigint() });

/** Events that operators let this projection skip, in any generation, as `partition:position`. */
export async function skippedEvents(sql: Sql, projection: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query(
    `SELECT DISTINCT partition, position FROM poison_events
     WHERE substr(processor, 1, length($1::text)) = $1::text AND resolution = 'skip' ORDER BY partition, position`,
    [`${projection}#g`],
  );
  return new Set(rows.map((row) => skippedRow.parse(row)).map(({ partition, position }) => `${partition}:${position}`));
}
