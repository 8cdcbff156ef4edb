import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import type { JsonObject } from './envelope.ts';
import { instantField } from './fields.ts';
import { type CohortName, type ExperimentId, type LayerName, streamId, type TenantId } from './ids.ts';
import { targetingRuleField } from './targeting.ts';

const name = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
export const experimentIdField = name as unknown as z.ZodType<ExperimentId, string>;
export const cohortField = name as unknown as z.ZodType<CohortName, string>;
const layerField = name as unknown as z.ZodType<LayerName, string>;

/** The whole, in basis points: what shares, ramps and places in a layer are parts of. */
export const wholeBasisPoints = 10_000;
export const basisPointsField = z.int().min(0).max(wholeBasisPoints);
export const runField = z.int().min(1);
/** Version of a stream. */
const versionField = z.int().min(1);

/** What an experiment is. `control` is one of the cohorts; their shares are the whole together. `layer` = its place beside others of
 *  which a player is in one at most, with the holdout of that layer; `ramp` = how much of those whom it is for takes part. */
const definition = {
  description: z.string().max(500),
  cohorts: z
    .array(z.object({ cohort: cohortField, share: z.int().min(1).max(wholeBasisPoints) }))
    .min(1)
    .max(20),
  control: cohortField,
  targeting: targetingRuleField.nullable(),
  layer: z
    .object({ layer: layerField, from: basisPointsField, to: basisPointsField, holdout: basisPointsField })
    .nullable(),
  ramp: basisPointsField,
  startsAt: instantField.nullable(),
  endsAt: instantField.nullable(),
};
const definitionObject = z.object(definition);
/** What an experiment is, as one of its versions says. */
export type ExperimentDefinition = z.infer<typeof definitionObject>;

const told = (experiment: string, payload: JsonObject) => ({
  aggregateType: 'experiment',
  aggregateId: experiment,
  payload: { experiment_id: experiment, ...payload },
});

/** Stream `experiment-<tenant>_<experiment>`. While it runs, only its ramp changes, and only grows; each start is a run with buckets of its
 *  own. */
export const experimentEvents = {
  /** The whole definition each time. `restores` = the version that it goes back to, null = it is new. */
  ExperimentDefined: define({
    version: 1,
    schema: z.object({ experiment: experimentIdField, ...definition, restores: versionField.nullable() }),
    message: ({ experiment, cohorts, control, ramp }) => told(experiment, { cohorts, control, ramp }),
  }),
  ExperimentStarted: define({
    version: 1,
    schema: z.object({ experiment: experimentIdField, run: runField }),
    message: ({ experiment, run }) => told(experiment, { run }),
  }),
  ExperimentRamped: define({
    version: 1,
    schema: z.object({ experiment: experimentIdField, run: runField, ramp: basisPointsField }),
    message: ({ experiment, run, ramp }) => told(experiment, { run, ramp }),
  }),
  ExperimentStopped: define({
    version: 1,
    schema: z.object({ experiment: experimentIdField, run: runField }),
    message: ({ experiment, run }) => told(experiment, { run }),
  }),
} satisfies Record<string, EventDefinition>;

/** Stream `experimentlayer-<tenant>_<layer>`: experiments of which a player is in one at most. `holdout` = how much of the players is in
 *  none. */
export const experimentLayerEvents = {
  ExperimentLayerDefined: define({
    version: 1,
    schema: z.object({ layer: layerField, holdout: basisPointsField }),
  }),
  /** From `from` to just below `to`. */
  ExperimentLayerSlotTaken: define({
    version: 1,
    schema: z.object({
      layer: layerField,
      experiment: experimentIdField,
      from: basisPointsField,
      to: basisPointsField,
    }),
  }),
  ExperimentLayerSlotFreed: define({
    version: 1,
    schema: z.object({ layer: layerField, experiment: experimentIdField }),
  }),
} satisfies Record<string, EventDefinition>;

export type ExperimentEvent = EventsOf<typeof experimentEvents>;
export type ExperimentLayerEvent = EventsOf<typeof experimentLayerEvents>;

export const experimentStream = (tenant: TenantId, experiment: ExperimentId) =>
  streamId('experiment', tenant, experiment);
export const experimentLayerStream = (tenant: TenantId, layer: LayerName) => streamId('experimentlayer', tenant, layer);
