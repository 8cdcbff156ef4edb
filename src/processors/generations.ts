import { z } from 'zod';
import { coalesce } from '../event-store/coalesce.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, Projection } from '../ports/projection.ts';

/** One set of tables of a read model.
 *  A build reads and feeds the live generation, unless that was made by another version of the projection and a retired one of its own
 *  version is still there: so while a new version is rolled out, processes of both builds each have tables that fit. Where none fits, the live
 *  one is read as it stands and not fed, until `sandai projections rebuild` makes one. */
export type Generation = {
  readonly projection: string;
  readonly generation: number;
  readonly version: number;
  readonly status: 'building' | 'live' | 'retired';
  readonly createdAt: string;
  readonly liveAt: string | null;
  readonly retiredAt: string | null;
};

const generationRow = z
  .object({
    projection: z.string(),
    generation: z.coerce.number(),
    version: z.coerce.number(),
    status: z.enum(['building', 'live', 'retired']),
    created_at: z.string(),
    live_at: z.string().nullable(),
    retired_at: z.string().nullable(),
  })
  .transform(
    (row): Generation => ({
      projection: row.projection,
      generation: row.generation,
      version: row.version,
      status: row.status,
      createdAt: row.created_at,
      liveAt: row.live_at,
      retiredAt: row.retired_at,
    }),
  );

/** Name of the processor that feeds a generation, the key of its checkpoints. */
export const processorName = (projection: string, generation: number): string => `${projection}#g${generation}`;

/** The generations of one projection, or of all, oldest first. */
export async function listGenerations(sql: Sql, projection?: string): Promise<readonly Generation[]> {
  const { rows } = await sql.query(
    `SELECT projection, generation, version, status, created_at::text AS created_at, live_at::text AS live_at,
       retired_at::text AS retired_at
     FROM projection_generations WHERE $1::text IS NULL OR projection = $1::text ORDER BY projection, generation`,
    [projection ?? null],
  );
  return rows.map((row) => generationRow.parse(row));
}

/** Looks up the generations of single projections; those that are asked for at one moment share a statement. */
export function generationLookup(sql: Sql): (projection: string) => Promise<readonly Generation[]> {
  return coalesce(
    async (projections: readonly string[]) => {
      const all = await listGenerations(sql);
      return projections.map((projection) => all.filter((each) => each.projection === projection));
    },
    { maxRunning: 2, maxKeys: 1_000 },
  );
}

/** The generation that a build with this version of the projection works with.
 *  @returns `fits` false = made by another version: to be read, not to be fed */
export function choose(generations: readonly Generation[], version: number) {
  const newestFirst = [...generations].reverse();
  const live = newestFirst.find(({ status }) => status === 'live');
  if (live === undefined) return null;
  const ours =
    live.version === version ? live : newestFirst.find((each) => each.status === 'retired' && each.version === version);
  return { generation: (ours ?? live).generation, fits: ours !== undefined };
}

/** A read model has no tables in this database. */
export class NoGeneration extends Error {
  override readonly name = 'NoGeneration';
  constructor(projection: string) {
    super(`projection ${projection} has no tables in this database: run "npx sandai migrate"`);
  }
}

const cachedMs = 1_000;

/** Answers which generation queries read, with one look into the database a second at most. */
export function createGenerations(sql: Sql, projections: readonly Projection[]): Generations {
  const known = new Map<string, { generation: number; until: number }>();
  const versions = new Map(projections.map(({ name, version }) => [name, version]));
  const lookUp = generationLookup(sql);
  const latest = async (projection: string): Promise<number> => {
    const chosen = choose(await lookUp(projection), versions.get(projection) ?? 0);
    if (chosen === null) throw new NoGeneration(projection);
    known.set(projection, { generation: chosen.generation, until: performance.now() + cachedMs });
    return chosen.generation;
  };
  return {
    has: (projection) => versions.has(projection),
    latest,
    async of(projection) {
      const entry = known.get(projection);
      return entry !== undefined && entry.until > performance.now() ? entry.generation : latest(projection);
    },
  };
}
