import { dayOf } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

const ofExperiment = new Set(['ExperimentDefined', 'ExperimentStarted', 'ExperimentRamped', 'ExperimentStopped']);

/** Experiments, what their cohorts are configured with, and who was shown which. */
export const experiments: Tables = {
  experiments(log) {
    const rows = rowsBy('experiment');
    for (const { tenant, type, data, at } of log) {
      if (!ofExperiment.has(type)) continue;
      const row = { tenant, experiment: data.experiment, changed_at: at };
      const { experiment: _, restores: __, ...definition } = data;
      if (type === 'ExperimentDefined') rows.set({ ...row, definition, status: 'defined', ramp: null });
      if (type === 'ExperimentStarted') rows.set({ ...row, status: 'running', run: data.run, ramp: null });
      if (type === 'ExperimentRamped') rows.set({ ...row, ramp: data.ramp });
      if (type === 'ExperimentStopped') rows.set({ ...row, status: 'stopped' });
    }
    return rows.all();
  },

  experiment_history: (log) =>
    log
      .filter(({ type }) => ofExperiment.has(type))
      .map(({ tenant, version, type, data, metadata, at }) => ({
        tenant,
        experiment: data.experiment,
        entry: version,
        type,
        detail: data,
        actor: metadata['actor'],
        at,
      })),

  experiment_runs(log) {
    const rows = rowsBy('experiment', 'run');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, experiment: data.experiment, run: data.run };
      if (type === 'ExperimentStarted') rows.set({ ...row, started_at: at });
      if (type === 'ExperimentStopped') rows.set({ ...row, stopped_at: at });
    }
    return rows.all();
  },

  experiment_layers(log) {
    const rows = rowsBy('layer');
    for (const { tenant, type, data } of log)
      if (type === 'ExperimentLayerDefined') rows.set({ tenant, layer: data.layer, holdout: data.holdout });
    return rows.all();
  },

  experiment_slots(log) {
    const rows = rowsBy('layer', 'experiment');
    for (const { tenant, type, data } of log) {
      const row = { tenant, layer: data.layer, experiment: data.experiment };
      if (type === 'ExperimentLayerSlotTaken') rows.set({ ...row, slot_from: data.from, slot_to: data.to });
      if (type === 'ExperimentLayerSlotFreed') rows.set({ ...row, slot_from: null, slot_to: null });
    }
    return rows.all();
  },

  config_variants(log) {
    const rows = rowsBy('experiment', 'cohort');
    for (const { tenant, type, data, at } of log)
      if (type === 'ConfigVariantSet') {
        const { experiment, cohort, values } = data;
        rows.set({ tenant, experiment, cohort, config_values: values, set_at: at });
      }
    return rows.all();
  },

  config_variant_history: (log) =>
    log
      .filter(({ type }) => type === 'ConfigVariantSet')
      .map(({ tenant, version, data: { values, ...data }, metadata, at }) => ({
        tenant,
        ...data,
        entry: version,
        config_values: values,
        actor: metadata['actor'],
        set_at: at,
      })),

  experiment_exposures(log) {
    const rows = rowsBy('experiment', 'run', 'player_id');
    for (const { tenant, type, data, partition, at } of log) {
      const { experiment, run, playerId: player_id, cohort } = data;
      const row = { tenant, experiment, run, player_id, cohort, day: dayOf(at), partition, exposed_at: at };
      if (type === 'ExperimentExposed' && !rows.has(row)) rows.set(row);
    }
    return rows.all();
  },

  experiment_exposure_counts(log) {
    const rows = rowsBy('experiment', 'run', 'cohort', 'day', 'partition');
    for (const { tenant, type, data, partition, at } of log) {
      const { experiment, run, cohort } = data;
      if (type === 'ExperimentExposed')
        rows.add({ tenant, experiment, run, cohort, day: dayOf(at), partition }, { players: 1 });
    }
    return rows.all();
  },
};
