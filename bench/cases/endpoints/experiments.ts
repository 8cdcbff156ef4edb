import { randomUUID } from 'node:crypto';
import { anyOf, at, experiment, nothing, type Operation, upTo, type World } from './model.ts';

export const halves = {
  cohorts: [
    { cohort: 'plain', share: 5_000 },
    { cohort: 'bright', share: 5_000 },
  ],
  control: 'plain',
};

type Status = 'defined' | 'running' | 'stopped';
const inState = ({ experiments }: World, ...states: readonly Status[]) =>
  anyOf([...experiments].filter(([, state]) => states.includes(state)).map(([id]) => id));
const becomes =
  (state: Status) =>
  ({ experiment_id }: { experiment_id: string }, _player: unknown, { experiments }: World) =>
    void experiments.set(experiment_id, state);
const raced = { EXPERIMENT_RUNNING: nothing, EXPERIMENT_NOT_RUNNING: nothing };

/** One whose configuration somebody else changes at the moment is left alone. */
const claim = ({ configured }: World) => {
  const [id, version] = anyOf([...configured]) ?? [];
  if (id === undefined || version === undefined) return null;
  configured.delete(id);
  return { path: { experiment_id: id, cohort: 'plain' }, headers: { 'if-match': `"${version}"` } };
};
const learnVersion = (body: { experiment_id: string; version: number }, _player: unknown, { configured }: World) =>
  void configured.set(body.experiment_id, body.version);

/** What games are configured with, and what is tried out. */
export const experimenting: readonly Operation[] = [
  { name: 'GET /v1/config', weight: 5 },
  { name: 'GET /v1/config/definitions', weight: 0.3, as: 'ops' },
  {
    name: 'GET /v1/experiments/{experiment_id}/assignment',
    weight: 5,
    ask: () => at({ experiment_id: experiment }),
  },
  { name: 'GET /v1/experiments', weight: 1 },
  {
    name: 'GET /v1/experiments/{experiment_id}',
    weight: 0.3,
    as: 'ops',
    ask: () => at({ experiment_id: experiment }),
  },
  {
    name: 'GET /v1/experiments/{experiment_id}/history',
    weight: 0.3,
    as: 'ops',
    ask: () => at({ experiment_id: experiment }),
  },
  {
    name: 'GET /v1/experiments/{experiment_id}/report',
    weight: 0.15,
    as: 'ops',
    ask: () => at({ experiment_id: experiment }),
  },
  {
    name: 'PUT /v1/experiments/{experiment_id}',
    weight: 0.3,
    as: 'admin',
    ask: () => at({ experiment_id: `bench-${randomUUID()}` }, { body: { ...halves, ramp: 1_000 } }),
    learn({ experiment_id }: { experiment_id: string }, _player, { experiments, configured }) {
      experiments.set(experiment_id, 'defined');
      configured.set(experiment_id, 0);
    },
  },
  {
    name: 'POST /v1/experiments/{experiment_id}/start',
    weight: 0.3,
    as: 'admin',
    ask: (_player, world) => at({ experiment_id: inState(world, 'defined', 'stopped') }),
    learn: becomes('running'),
    refusals: raced,
  },
  {
    name: 'POST /v1/experiments/{experiment_id}/ramp',
    weight: 0.3,
    as: 'admin',
    ask: (_player, world) => at({ experiment_id: inState(world, 'running') }, { body: { ramp: 1_000 + upTo(9_000) } }),
    refusals: { ...raced, RAMP_SHRINKS: nothing },
  },
  {
    name: 'POST /v1/experiments/{experiment_id}/stop',
    weight: 0.3,
    as: 'admin',
    ask: (_player, world) => at({ experiment_id: inState(world, 'running') }),
    learn: becomes('stopped'),
    refusals: raced,
  },
  {
    name: 'POST /v1/experiments/{experiment_id}/rollback',
    weight: 0.3,
    as: 'admin',
    ask: (_player, world) => at({ experiment_id: inState(world, 'stopped') }, { body: { version: 1 } }),
    learn: becomes('defined'),
    refusals: raced,
  },
  { name: 'GET /v1/experiment-layers', weight: 0.3, as: 'ops' },
  {
    name: 'PUT /v1/experiment-layers/{layer}',
    weight: 0.3,
    as: 'admin',
    ask: () => at({ layer: `bench-${upTo(20)}` }, { body: { holdout: upTo(1_000) } }),
  },
  {
    name: 'GET /v1/config/{experiment_id}/{cohort}',
    weight: 0.3,
    as: 'ops',
    ask: () => at({ experiment_id: experiment, cohort: 'plain' }),
  },
  {
    name: 'GET /v1/config/{experiment_id}/{cohort}/history',
    weight: 0.3,
    as: 'ops',
    ask: () => at({ experiment_id: experiment, cohort: 'plain' }),
  },
  {
    name: 'PUT /v1/config/{experiment_id}/{cohort}',
    weight: 0.3,
    as: 'admin',
    ask: (_player, world) => {
      const claimed = claim(world);
      return claimed && { ...claimed, body: { values: { lives: upTo(10) } } };
    },
    learn: learnVersion,
  },
  {
    name: 'POST /v1/config/{experiment_id}/{cohort}/rollback',
    weight: 0.3,
    as: 'admin',
    ask(_player, world) {
      const [id, version] = anyOf([...world.configured].filter(([, found]) => found > 0)) ?? [];
      if (id === undefined) return null;
      world.configured.delete(id);
      return {
        path: { experiment_id: id, cohort: 'plain' },
        headers: { 'if-match': `"${version}"` },
        body: { version: 1 },
      };
    },
    learn: learnVersion,
  },
];
