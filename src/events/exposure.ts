import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { cohortField, experimentIdField, runField } from './experiment.ts';
import { playerIdField } from './fields.ts';
import { type ExperimentId, type PlayerId, streamId, type TenantId } from './ids.ts';

/** Stream `exposure-<tenant>_<experiment>_<run>_<player>`, of one event for ever: the player was shown the cohort. */
export const exposureEvents = {
  ExperimentExposed: define({
    version: 1,
    schema: z.object({
      experiment: experimentIdField,
      run: runField,
      playerId: playerIdField,
      cohort: cohortField,
    }),
    message: ({ experiment, run, playerId, cohort }) => ({
      aggregateType: 'experiment',
      aggregateId: experiment,
      payload: { experiment_id: experiment, run, player_id: playerId, cohort },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type ExposureEvent = EventsOf<typeof exposureEvents>;

export const exposureStream = (tenant: TenantId, experiment: ExperimentId, run: number, playerId: PlayerId) =>
  streamId('exposure', tenant, experiment, String(run), playerId);
