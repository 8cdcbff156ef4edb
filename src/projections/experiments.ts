import type { RecordedEvent } from '../events/envelope.ts';
import type { ExperimentEvent, ExperimentLayerEvent } from '../events/experiment.ts';
import { defineProjection } from './define.ts';
import { change } from './table.ts';

/** One row per experiment; `definition` is JSON, `ramp` what it was ramped to since it started, NULL = as defined. */
export const experimentsTable = {
  name: 'experiments',
  key: ['tenant', 'experiment'],
  columns: {
    tenant: 'text',
    experiment: 'text',
    definition: 'text',
    status: 'text',
    run: 'int',
    ramp: 'int',
    changed_at: 'bigint',
  },
} as const;

/** One row per change of an experiment: `entry` is the version of its stream, `detail` the event's data as JSON, `at` µs since 1970. */
export const experimentHistoryTable = {
  name: 'experiment_history',
  key: ['tenant', 'experiment', 'entry'],
  columns: {
    tenant: 'text',
    experiment: 'text',
    entry: 'bigint',
    type: 'text',
    detail: 'text',
    actor: 'text',
    at: 'bigint',
  },
} as const;

/** One row per run; times in µs since 1970, `stopped_at` NULL = it runs. */
export const experimentRunsTable = {
  name: 'experiment_runs',
  key: ['tenant', 'experiment', 'run'],
  columns: { tenant: 'text', experiment: 'text', run: 'int', started_at: 'bigint', stopped_at: 'bigint' },
} as const;

/** One row per layer; `holdout` in basis points. */
export const experimentLayersTable = {
  name: 'experiment_layers',
  key: ['tenant', 'layer'],
  columns: { tenant: 'text', layer: 'text', holdout: 'int' },
} as const;

/** One row per place that an experiment took in a layer; NULL = it gave it up. */
export const experimentSlotsTable = {
  name: 'experiment_slots',
  key: ['tenant', 'layer', 'experiment'],
  columns: { tenant: 'text', layer: 'text', experiment: 'text', slot_from: 'int', slot_to: 'int' },
} as const;

const historyOf = ({ tenant, version, type, data, metadata, recordedAt }: RecordedEvent<ExperimentEvent>) =>
  change(experimentHistoryTable, version, {
    tenant,
    experiment: data.experiment,
    entry: version,
    type,
    detail: JSON.stringify(data),
    actor: metadata.actor ?? null,
    at: recordedAt,
  });

const experimentOf = (
  { tenant, version, data, recordedAt }: RecordedEvent<ExperimentEvent>,
  row: { definition?: string; status?: string; run?: number; ramp?: number | null },
) => change(experimentsTable, version, { tenant, experiment: data.experiment, changed_at: recordedAt, ...row });

/** Experiments with their history and runs, and the layers in which they have places. */
export const experiments = defineProjection<ExperimentEvent | ExperimentLayerEvent>({
  name: 'experiments',
  about: 'Experiments with their history and runs, and the layers in which they have places.',
  version: 1,
  tables: [experimentsTable, experimentHistoryTable, experimentRunsTable, experimentLayersTable, experimentSlotsTable],
  on: {
    ExperimentDefined: {
      withMetadata: (event) => {
        const { experiment: _, restores: __, ...definition } = event.data;
        return [
          experimentOf(event, { definition: JSON.stringify(definition), status: 'defined', ramp: null }),
          historyOf(event),
        ];
      },
    },
    ExperimentStarted: {
      withMetadata: (event) => {
        const { tenant, version, recordedAt, data } = event;
        const { experiment, run } = data;
        return [
          experimentOf(event, { status: 'running', run, ramp: null }),
          change(experimentRunsTable, version, { tenant, experiment, run, started_at: recordedAt }),
          historyOf(event),
        ];
      },
    },
    ExperimentRamped: {
      withMetadata: (event) => [experimentOf(event, { ramp: event.data.ramp }), historyOf(event)],
    },
    ExperimentStopped: {
      withMetadata: (event) => {
        const { tenant, version, recordedAt, data } = event;
        const { experiment, run } = data;
        return [
          experimentOf(event, { status: 'stopped' }),
          change(experimentRunsTable, version, { tenant, experiment, run, stopped_at: recordedAt }),
          historyOf(event),
        ];
      },
    },
    ExperimentLayerDefined: ({ tenant, version, data: { layer, holdout } }) => [
      change(experimentLayersTable, version, { tenant, layer, holdout }),
    ],
    ExperimentLayerSlotTaken: ({ tenant, version, data: { layer, experiment, from, to } }) => [
      change(experimentSlotsTable, version, { tenant, layer, experiment, slot_from: from, slot_to: to }),
    ],
    ExperimentLayerSlotFreed: ({ tenant, version, data: { layer, experiment } }) => [
      change(experimentSlotsTable, version, { tenant, layer, experiment, slot_from: null, slot_to: null }),
    ],
  },
});
