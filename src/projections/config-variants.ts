import { z } from 'zod';
import type { ConfigEvent } from '../events/config.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { CohortName, ExperimentId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per variant; `config_values` is JSON. Its version is the variant's. */
const variantsTable = {
  name: 'config_variants',
  key: ['tenant', 'experiment', 'cohort'],
  columns: { tenant: 'text', experiment: 'text', cohort: 'text', config_values: 'text', set_at: 'bigint' },
} as const;

/** One row per version of a variant; `restores` = the version that it went back to, `set_at` µs since 1970. */
const historyTable = {
  name: 'config_variant_history',
  key: ['tenant', 'experiment', 'cohort', 'entry'],
  columns: {
    tenant: 'text',
    experiment: 'text',
    cohort: 'text',
    entry: 'bigint',
    config_values: 'text',
    restores: 'bigint',
    actor: 'text',
    set_at: 'bigint',
  },
} as const;

/** What the game of each cohort is configured with, and was. */
export const configVariants = defineProjection<ConfigEvent>({
  name: 'config_variants',
  about: 'What the game of each cohort is configured with, and was.',
  version: 1,
  tables: [variantsTable, historyTable],
  on: {
    ConfigVariantSet: {
      withMetadata: ({ tenant, version, recordedAt, metadata, data: { experiment, cohort, values, restores } }) => {
        const row = { tenant, experiment, cohort, config_values: JSON.stringify(values), set_at: recordedAt };
        return [
          change(variantsTable, version, row),
          change(historyTable, version, { ...row, entry: version, restores, actor: metadata.actor ?? null }),
        ];
      },
    },
  },
});

const values = z.string().transform((text) => JSON.parse(text) as JsonObject);
const variantRow = z
  .object({
    tenant: z.string(),
    experiment: z.string(),
    cohort: z.string(),
    config_values: values,
    version: z.coerce.bigint(),
  })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    experiment: row.experiment as ExperimentId,
    cohort: row.cohort as CohortName,
    values: row.config_values,
    version: row.version,
  }));
export type ConfigVariantRow = z.infer<typeof variantRow>;

/** Variants of all tenants, for what keeps them in memory. @param after the last one of the page before */
export async function configVariantsPage(
  sql: Sql,
  generations: Generations,
  after: Pick<ConfigVariantRow, 'tenant' | 'experiment' | 'cohort'> | null,
  limit: number,
): Promise<readonly ConfigVariantRow[]> {
  const { rows } = await sql.query(
    `SELECT tenant, experiment, cohort, config_values, version
     FROM ${physicalName(variantsTable, await generations.latest('config_variants'))}
     WHERE (tenant, experiment, cohort) > ($1::text, $2::text, $3::text) ORDER BY tenant, experiment, cohort LIMIT $4::int8`,
    [after?.tenant ?? '', after?.experiment ?? '', after?.cohort ?? '', limit],
  );
  return rows.map((row) => variantRow.parse(row));
}

const historyRow = z
  .object({
    entry: z.coerce.number(),
    config_values: values,
    restores: z.coerce.number().nullable(),
    actor: z.string().nullable(),
    set_at: z.coerce.bigint(),
  })
  .transform(({ config_values, set_at, ...row }) => ({ ...row, values: config_values, setAt: set_at }));
/** A version of a variant. @property setAt µs since 1970 */
export type ConfigHistoryRow = z.infer<typeof historyRow>;

/** Versions of a variant, the newest first. @param page.before entry of the last one of the page before; null for the first page */
export async function configHistory(
  sql: Sql,
  generations: Generations,
  { tenant, experiment, cohort }: Pick<ConfigVariantRow, 'tenant' | 'experiment' | 'cohort'>,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly ConfigHistoryRow[]> {
  const { rows } = await sql.query(
    `SELECT entry, config_values, restores, actor, set_at
     FROM ${physicalName(historyTable, await generations.of('config_variants'))}
     WHERE tenant = $1::text AND experiment = $2::text AND cohort = $3::text AND ($4::int8 IS NULL OR entry < $4::int8)
     ORDER BY entry DESC LIMIT $5::int8`,
    [tenant, experiment, cohort, page.before, page.limit],
  );
  return rows.map((row) => historyRow.parse(row));
}
