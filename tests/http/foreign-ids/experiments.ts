import type { Attempts } from './attempt.ts';

export const experiments: Attempts = {
  'POST /v1/analytics/events': {
    as: 'player',
    own: true,
    body: { events: [{ name: 'level_completed', at: '2026-03-01T12:00:00Z' }] },
  },
  'GET /v1/analytics/events': { as: 'ops', own: true },
  'GET /v1/analytics/events/counts': { as: 'ops', own: true },
  'GET /v1/analytics/cohorts': { as: 'ops', own: true },
  'GET /v1/analytics/activity': { as: 'ops', own: true },
  'GET /v1/analytics/retention': { as: 'ops', own: true },
  'GET /v1/analytics/funnel': { as: 'ops', own: true },
  'GET /v1/analytics/revenue': { as: 'ops', own: true },
  'GET /v1/analytics/economy': { as: 'ops', own: true },
  'GET /v1/experiments': { as: 'player', own: true },
  'GET /v1/experiments/{experiment_id}': {
    as: 'ops',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'PUT /v1/experiments/{experiment_id}': {
    as: 'admin',
    own: true,
    chosen: { experiment_id: 'of-my-own' },
    body: { cohorts: [{ cohort: 'on', share: 10_000 }], control: 'on' },
  },
  'POST /v1/experiments/{experiment_id}/start': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'POST /v1/experiments/{experiment_id}/ramp': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    body: { ramp: 10_000 },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'POST /v1/experiments/{experiment_id}/stop': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'POST /v1/experiments/{experiment_id}/rollback': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    body: { version: 1 },
    refusal: ['EXPERIMENT_VERSION_NOT_FOUND'],
  },
  'GET /v1/experiments/{experiment_id}/history': {
    as: 'ops',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'GET /v1/experiments/{experiment_id}/report': {
    as: 'ops',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'GET /v1/experiments/{experiment_id}/assignment': {
    as: 'player',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'GET /v1/experiment-layers': { as: 'ops', own: true },
  'PUT /v1/experiment-layers/{layer}': { as: 'admin', own: true, chosen: { layer: 'of-my-own' }, body: {} },
  'GET /v1/config': { as: 'player', own: true },
  'GET /v1/config/definitions': { as: 'ops', own: true },
  'GET /v1/config/{experiment_id}/{cohort}': {
    as: 'ops',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    refusal: ['CONFIG_NOT_FOUND'],
  },
  'PUT /v1/config/{experiment_id}/{cohort}': {
    as: 'admin',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    headers: { 'if-match': '"0"' },
    body: { values: {} },
    refusal: ['EXPERIMENT_NOT_FOUND', 'COHORT_NOT_FOUND'],
  },
  'POST /v1/config/{experiment_id}/{cohort}/rollback': {
    as: 'admin',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    body: { version: 1 },
    refusal: ['CONFIG_VERSION_NOT_FOUND'],
  },
  'GET /v1/config/{experiment_id}/{cohort}/history': {
    as: 'ops',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    refusal: ['CONFIG_NOT_FOUND'],
  },
};
