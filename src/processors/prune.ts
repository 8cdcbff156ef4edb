import { z } from 'zod';
import type { Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { dropGeneration } from './tables.ts';

/** A generation that was dropped. */
export type PrunedGeneration = { readonly projection: string; readonly generation: number };

const row = z.object({ projection: z.string(), generation: z.coerce.number() });

/** Drops the tables of generations that were replaced longer ago than the grace time.
 *  @param owner connection of the role that owns the tables */
export async function pruneGenerations(
  owner: Sql,
  projections: readonly Projection[],
  graceMs: number,
): Promise<readonly PrunedGeneration[]> {
  const { rows } = await owner.query(
    `SELECT projection, generation FROM projection_generations
     WHERE status = 'retired' AND retired_at <= clock_timestamp() - $1::int8 * interval '1 millisecond'
     ORDER BY projection, generation`,
    [graceMs],
  );
  const pruned: PrunedGeneration[] = [];
  for (const each of rows.map((found) => row.parse(found))) {
    const projection = projections.find(({ name }) => name === each.projection);
    if (projection === undefined) continue; // of another build: that one knows its tables
    await dropGeneration(owner, projection, each.generation);
    pruned.push(each);
  }
  return pruned;
}
