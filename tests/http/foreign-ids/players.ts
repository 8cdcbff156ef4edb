import type { Attempts } from './attempt.ts';

export const players: Attempts = {
  'GET /healthz': { as: 'anonymous', own: true },
  'GET /readyz': { as: 'anonymous', own: true },
  'GET /v1/audit': { as: 'admin', own: true },
  'GET /metrics': { as: 'service', own: true },

  'POST /v1/auth/device': {
    as: 'player',
    ids: { uid: 'player', device_id: 'device' },
    refusal: ['LINK_NOT_ALLOWED'],
    free: { device_id: 'the same device is another player in each tenant' },
  },
  'POST /v1/auth/refresh': { as: 'anonymous', own: true, body: { refresh_token: 'nonsense' } },
  'POST /v1/auth/logout': { as: 'player', own: true },

  'POST /v1/auth/email': {
    as: 'anonymous',
    own: true,
    body: { email: 'eve@example.com', password: 'a long password' },
  },
  'POST /v1/auth/email/verification': { as: 'anonymous', own: true, body: { email: 'eve@example.com' } },
  'POST /v1/auth/email/verify': { as: 'player', own: true, body: { code: 'c'.repeat(43) } },
  'POST /v1/auth/email/reset': { as: 'anonymous', own: true, body: { email: 'eve@example.com' } },
  'POST /v1/auth/email/password': {
    as: 'anonymous',
    own: true,
    body: { code: 'c'.repeat(43), password: 'a long password' },
  },
  'POST /v1/auth/social': { as: 'anonymous', own: true, body: { provider: 'google', token: 'token' } },
  'GET /v1/devices': { as: 'player', own: true },
  'POST /v1/devices': {
    as: 'player',
    own: true,
    ids: { device_id: 'device' },
    free: { device_id: 'the same device is another player in each tenant' },
  },
  'DELETE /v1/devices/{device}': { as: 'player', ids: { device: 'deviceName' }, refusal: ['DEVICE_NOT_FOUND'] },
  'GET /v1/credentials': { as: 'player', own: true },
  'DELETE /v1/credentials/{credential}': {
    as: 'player',
    ids: { credential: 'credential' },
    refusal: ['CREDENTIAL_NOT_FOUND'],
  },
  'GET /v1/sessions': { as: 'player', own: true },
  'DELETE /v1/sessions/{session_id}': {
    as: 'player',
    ids: { session_id: 'session' },
    refusal: ['SESSION_NOT_FOUND'],
  },

  'GET /v1/profile': { as: 'player', own: true },
  'PATCH /v1/profile': { as: 'player', own: true, body: { display_name: 'Eve' } },

  'GET /v1/players/{player_id}/entitlements': {
    as: 'service',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'PUT /v1/players/{player_id}/entitlements': {
    as: 'ops',
    ids: { player_id: 'player' },
    body: { entitlements: [{ tier: 'gold' }] },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'DELETE /v1/players/{player_id}/personal-data': {
    as: 'admin',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },

  'GET /v1/players/{player_id}/exposures': {
    as: 'ops',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'GET /v1/players/{player_id}/play-sessions': {
    as: 'ops',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'GET /v1/players/{player_id}/events': {
    as: 'ops',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },
};
