import { z } from 'zod';
import type { Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { choose, listGenerations } from './generations.ts';
import { createTables } from './tables.ts';

/** @property created  projections whose first tables were made; they fill while they are served
 *  @property warnings sentences for the operator */
export type EnsuredProjections = { readonly created: readonly string[]; readonly warnings: readonly string[] };

/** Gives each configured projection that has no live generation its first tables, with grants for the application's role.
 *  Run after the migrations, under their lease. A projection whose version changed is left as it is and told of.
 *  @param owner   connection of the role that owns the tables
 *  @param appRole role of the application; null = the owner itself */
export async function ensureProjections(
  owner: Sql,
  appRole: string | null,
  projections: readonly Projection[],
): Promise<EnsuredProjections> {
  const { rows } = await owner.query('SELECT partitions FROM log_info');
  const log = z.object({ partitions: z.coerce.number() }).safeParse(rows[0]);
  if (!log.success) throw new Error('the database holds no log yet: initialise the log before its projections');
  const created: string[] = [];
  const warnings: string[] = [];
  for (const projection of projections) {
    const generations = await listGenerations(owner, projection.name);
    const chosen = choose(generations, projection.version);
    if (chosen === null) {
      const generation = Math.max(0, ...generations.map((each) => each.generation)) + 1;
      await createTables(owner, appRole, projection, generation, log.data.partitions);
      await owner.query(
        `INSERT INTO projection_generations (projection, generation, version, status, live_at)
         VALUES ($1::text, $2::int8, $3::int8, 'live', clock_timestamp()) ON CONFLICT (projection, generation) DO NOTHING`,
        [projection.name, generation, projection.version],
      );
      created.push(projection.name);
    } else if (!chosen.fits) {
      const made = generations.find((each) => each.generation === chosen.generation)!.version;
      warnings.push(
        `Projection ${projection.name} is version ${projection.version} in this build, its tables are version ${made}: they are served as they stand and not updated. Run "npx sandai projections rebuild ${projection.name}".`,
      );
    }
  }
  return { created, warnings };
}
