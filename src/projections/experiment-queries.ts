import { z } from 'zod';
import type { ExperimentDefinition } from '../events/experiment.ts';
import type { ExperimentId, LayerName, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import {
  experimentHistoryTable,
  experimentLayersTable,
  experimentRunsTable,
  experimentSlotsTable,
  experimentsTable,
} from './experiments.ts';
import { physicalName } from './table.ts';

const experimentRow = z
  .object({
    tenant: z.string(),
    experiment: z.string(),
    definition: z.string(),
    status: z.enum(['defined', 'running', 'stopped']),
    run: z.number().nullable(),
    ramp: z.number().nullable(),
    version: z.coerce.bigint(),
  })
  .transform((row) => {
    const definition = JSON.parse(row.definition) as ExperimentDefinition;
    return {
      tenant: row.tenant as TenantId,
      experiment: row.experiment as ExperimentId,
      definition,
      status: row.status,
      run: row.run ?? 0,
      ramp: row.ramp ?? definition.ramp,
      version: row.version,
    };
  });

/** An experiment as the read model has it.
 *  @property run  of the last start, 0 = it never ran
 *  @property ramp at present, in basis points */
export type ExperimentRow = z.infer<typeof experimentRow>;

const columns = 'tenant, experiment, definition, status, run, ramp, version';

/** Experiments of a tenant by id. @param page.after id of the last one of the page before; '' for the first page */
export async function listExperiments(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number; readonly onlyRunning: boolean },
): Promise<readonly ExperimentRow[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${physicalName(experimentsTable, await generations.of('experiments'))}
     WHERE tenant = $1::text AND experiment > $2::text AND definition IS NOT NULL
       AND ($3::bool = false OR status = 'running')
     ORDER BY experiment LIMIT $4::int8`,
    [tenant, page.after, page.onlyRunning, page.limit],
  );
  return rows.map((row) => experimentRow.parse(row));
}

/** Experiments of all tenants, for what keeps them in memory. @param after the last one of the page before */
export async function experimentsPage(
  sql: Sql,
  generations: Generations,
  after: Pick<ExperimentRow, 'tenant' | 'experiment'> | null,
  limit: number,
): Promise<readonly ExperimentRow[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${physicalName(experimentsTable, await generations.latest('experiments'))}
     WHERE (tenant, experiment) > ($1::text, $2::text) AND definition IS NOT NULL
     ORDER BY tenant, experiment LIMIT $3::int8`,
    [after?.tenant ?? '', after?.experiment ?? '', limit],
  );
  return rows.map((row) => experimentRow.parse(row));
}

const historyRow = z
  .object({
    entry: z.coerce.number(),
    type: z.string(),
    detail: z.string(),
    actor: z.string().nullable(),
    at: z.coerce.bigint(),
  })
  .transform(({ detail, ...row }) => ({ ...row, detail: JSON.parse(detail) as Record<string, unknown> }));
/** One change of an experiment. @property entry version of its stream; @property detail the event's data; @property at µs since 1970 */
export type ExperimentHistoryRow = z.infer<typeof historyRow>;

/** Changes of an experiment, the newest first. @param page.before entry of the last one of the page before; null for the first page */
export async function experimentHistory(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  experiment: ExperimentId,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly ExperimentHistoryRow[]> {
  const { rows } = await sql.query(
    `SELECT entry, type, detail, actor, at FROM ${physicalName(experimentHistoryTable, await generations.of('experiments'))}
     WHERE tenant = $1::text AND experiment = $2::text AND ($3::int8 IS NULL OR entry < $3::int8)
     ORDER BY entry DESC LIMIT $4::int8`,
    [tenant, experiment, page.before, page.limit],
  );
  return rows.map((row) => historyRow.parse(row));
}

const runRow = z
  .object({ run: z.number(), started_at: z.coerce.bigint().nullable(), stopped_at: z.coerce.bigint().nullable() })
  .transform((row) => ({ run: row.run, startedAt: row.started_at, stoppedAt: row.stopped_at }));
/** A run of an experiment. Times in µs since 1970; @property stoppedAt null = it runs */
export type ExperimentRunRow = z.infer<typeof runRow>;

/** Runs of an experiment, the first one first. */
export async function experimentRuns(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  experiment: ExperimentId,
): Promise<readonly ExperimentRunRow[]> {
  const { rows } = await sql.query(
    `SELECT run, started_at, stopped_at FROM ${physicalName(experimentRunsTable, await generations.of('experiments'))}
     WHERE tenant = $1::text AND experiment = $2::text ORDER BY run`,
    [tenant, experiment],
  );
  return rows.map((row) => runRow.parse(row));
}

const slotRow = z
  .object({
    layer: z.string(),
    holdout: z.number(),
    experiment: z.string().nullable(),
    slot_from: z.number().nullable(),
    slot_to: z.number().nullable(),
  })
  .transform((row) => ({ ...row, layer: row.layer as LayerName, experiment: row.experiment as ExperimentId | null }));

/** A layer with the places that experiments have in it, in their order. */
export type LayerRow = {
  readonly layer: LayerName;
  readonly holdout: number;
  readonly slots: readonly { readonly experiment: ExperimentId; readonly from: number; readonly to: number }[];
};

/** Layers of a tenant by name. @param page.after name of the last one of the page before; '' for the first page */
export async function listLayers(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly LayerRow[]> {
  const generation = await generations.of('experiments');
  const { rows } = await sql.query(
    `SELECT l.layer, l.holdout, s.experiment, s.slot_from, s.slot_to
     FROM (SELECT tenant, layer, holdout FROM ${physicalName(experimentLayersTable, generation)}
           WHERE tenant = $1::text AND layer > $2::text AND holdout IS NOT NULL ORDER BY layer LIMIT $3::int8) AS l
     LEFT JOIN ${physicalName(experimentSlotsTable, generation)} AS s
       ON s.tenant = l.tenant AND s.layer = l.layer AND s.slot_from IS NOT NULL
     ORDER BY l.layer, s.slot_from`,
    [tenant, page.after, page.limit],
  );
  const layers = new Map<LayerName, { layer: LayerName; holdout: number; slots: LayerRow['slots'][number][] }>();
  for (const { layer, holdout, experiment, slot_from, slot_to } of rows.map((row) => slotRow.parse(row))) {
    const known = layers.get(layer) ?? { layer, holdout, slots: [] };
    layers.set(layer, known);
    if (experiment !== null && slot_from !== null && slot_to !== null)
      known.slots.push({ experiment, from: slot_from, to: slot_to });
  }
  return [...layers.values()];
}
