import { z } from 'zod';
import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { ExposureEvent } from '../events/exposure.ts';
import type { CohortName, ExperimentId, PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Fold, Generations, Projection } from '../ports/projection.ts';
import { arrayLiteral } from './array-literal.ts';
import { physicalName, physicalTable } from './table.ts';

/** One row per player and run: the cohort that the player was shown first. `exposed_at` in µs, `day` in whole days since 1970 (UTC). */
export const exposuresTable = {
  name: 'experiment_exposures',
  key: ['tenant', 'experiment', 'run', 'player_id'],
  columns: {
    tenant: 'text',
    experiment: 'text',
    run: 'int',
    player_id: 'uuid',
    cohort: 'text',
    day: 'int',
    partition: 'int',
    exposed_at: 'bigint',
  },
  indexes: [{ name: 'player', columns: ['tenant', 'player_id'] }],
} as const;

/** Players who were exposed first on a day. One row for each partition of the log, so that processes never wait for each other's. */
const countsTable = {
  name: 'experiment_exposure_counts',
  key: ['tenant', 'experiment', 'run', 'cohort', 'day', 'partition'],
  columns: {
    tenant: 'text',
    experiment: 'text',
    run: 'int',
    cohort: 'text',
    day: 'int',
    partition: 'int',
    players: 'bigint',
  },
} as const;

const dayUs = 86_400_000_000n;
const rowsPerStatement = 5_000;
const columns = ['tenant', 'experiment', 'run', 'player_id', 'cohort', 'day', 'partition', 'exposed_at'] as const;

/** Only what was not there yet is counted, so that events taken twice change nothing. */
const insertText = (generation: number): string => {
  const [list, casts] = [
    columns.join(', '),
    columns.map((column, index) => `$${index + 1}::${exposuresTable.columns[column]}[]`).join(', '),
  ];
  const group = 'tenant, experiment, run, cohort, day, partition';
  return `WITH fresh AS (
      INSERT INTO ${physicalName(exposuresTable, generation)} (${list}, version)
      SELECT ${list}, 1::bigint FROM unnest(${casts}) AS r (${list})
      ON CONFLICT (${exposuresTable.key.join(', ')}) DO NOTHING RETURNING ${group})
    INSERT INTO ${physicalName(countsTable, generation)} AS c (${group}, players, version)
    SELECT ${group}, count(*), 1::bigint FROM fresh GROUP BY ${group} ORDER BY ${group}
    ON CONFLICT (${countsTable.key.join(', ')}) DO UPDATE SET players = c.players + excluded.players`;
};

function exposureFold(generation: number): Fold {
  const rows = new Map<string, RecordedEvent<ExposureEvent>>();
  return {
    add(event) {
      const parsed = parseEventAs<ExposureEvent>(event);
      if (!rows.has(event.streamId)) rows.set(event.streamId, parsed);
    },
    get rows() {
      return rows.size;
    },
    async write(sql) {
      const sorted = [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, event]) => event);
      const text = insertText(generation);
      for (let from = 0; from < sorted.length; from += rowsPerStatement) {
        const some = sorted.slice(from, from + rowsPerStatement);
        await sql.query(text, [
          arrayLiteral(some.map(({ tenant }) => tenant)),
          arrayLiteral(some.map(({ data }) => data.experiment)),
          arrayLiteral(some.map(({ data }) => data.run)),
          arrayLiteral(some.map(({ data }) => data.playerId)),
          arrayLiteral(some.map(({ data }) => data.cohort)),
          arrayLiteral(some.map(({ recordedAt }) => recordedAt / dayUs)),
          arrayLiteral(some.map(({ partition }) => partition)),
          arrayLiteral(some.map(({ recordedAt }) => recordedAt)),
        ]);
      }
    },
  };
}

/** Who was shown which cohort, and how many on each day. */
export const exposures: Projection = {
  name: 'exposures',
  about: 'Who was shown which cohort of an experiment first, and how many on each day.',
  version: 1,
  types: ['ExperimentExposed'],
  tables: (generation) => [physicalTable(exposuresTable, generation), physicalTable(countsTable, generation)],
  fold: exposureFold,
};

/** A run of an experiment. */
export type RunPlace = { readonly tenant: TenantId; readonly experiment: ExperimentId; readonly run: number };

const countRow = z
  .object({ cohort: z.string(), day: z.coerce.number(), players: z.coerce.number() })
  .transform((row) => ({
    cohort: row.cohort as CohortName,
    day: new Date(row.day * 86_400_000).toISOString().slice(0, 10),
    players: row.players,
  }));
/** Players who were exposed first on a day. @property day `2026-03-01`, UTC */
export type ExposureCount = z.infer<typeof countRow>;

/** Players of a run by cohort and by the day of their first exposure, counted beforehand: as many rows as cohorts times days. */
export async function exposureCounts(
  sql: Sql,
  generations: Generations,
  { tenant, experiment, run }: RunPlace,
): Promise<readonly ExposureCount[]> {
  const { rows } = await sql.query(
    `SELECT cohort, day, sum(players)::text AS players
     FROM ${physicalName(countsTable, await generations.of('exposures'))}
     WHERE tenant = $1::text AND experiment = $2::text AND run = $3::int4 GROUP BY cohort, day ORDER BY cohort, day`,
    [tenant, experiment, run],
  );
  return rows.map((row) => countRow.parse(row));
}

const exposureRow = z
  .object({
    experiment: z.string(),
    run: z.number(),
    player_id: z.string(),
    cohort: z.string(),
    exposed_at: z.coerce.bigint(),
  })
  .transform((row) => ({
    experiment: row.experiment as ExperimentId,
    run: row.run,
    playerId: row.player_id as PlayerId,
    cohort: row.cohort as CohortName,
    exposedAt: row.exposed_at,
  }));
/** A first exposure. @property exposedAt µs since 1970 */
export type ExposureRow = z.infer<typeof exposureRow>;

/** What a player was exposed to, by experiment and run. @param page.after the last one of the page before; null for the first page */
export async function exposuresOfPlayer(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: { readonly tenant: TenantId; readonly playerId: PlayerId },
  page: { readonly after: Pick<ExposureRow, 'experiment' | 'run'> | null; readonly limit: number },
): Promise<readonly ExposureRow[]> {
  const { rows } = await sql.query(
    `SELECT experiment, run, player_id::text AS player_id, cohort, exposed_at
     FROM ${physicalName(exposuresTable, await generations.of('exposures'))}
     WHERE tenant = $1::text AND player_id = $2::uuid AND (experiment, run) > ($3::text, $4::int)
     ORDER BY experiment, run LIMIT $5::bigint`,
    [tenant, playerId, page.after?.experiment ?? '', page.after?.run ?? 0, page.limit],
  );
  return rows.map((row) => exposureRow.parse(row));
}
