import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { cohortField, experimentIdField } from './experiment.ts';
import { jsonObjectField } from './fields.ts';
import { type CohortName, type ExperimentId, streamId, type TenantId } from './ids.ts';

/** Stream `config-<tenant>_<experiment>_<cohort>`: what the game of a cohort is configured with; its version is the variant's. */
export const configEvents = {
  /** All values each time. `restores` = the version that it goes back to, null = it is new. */
  ConfigVariantSet: define({
    version: 1,
    schema: z.object({
      experiment: experimentIdField,
      cohort: cohortField,
      values: jsonObjectField,
      restores: z.int().min(1).nullable(),
    }),
    message: ({ experiment, cohort }) => ({
      aggregateType: 'config',
      aggregateId: `${experiment}/${cohort}`,
      payload: { experiment_id: experiment, cohort },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type ConfigEvent = EventsOf<typeof configEvents>;

export const configStream = (tenant: TenantId, experiment: ExperimentId, cohort: CohortName) =>
  streamId('config', tenant, experiment, cohort);
