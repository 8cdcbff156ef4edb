import type { Attempts } from './attempt.ts';

export const automation: Attempts = {
  'POST /v1/bot/webhook': { as: 'anonymous', own: true, body: { update_id: 1 } },
  'POST /v1/bot/link-codes': { as: 'player', own: true },
  'GET /v1/bot/commands': { as: 'ops', own: true },
  'POST /v1/bot/commands/{bot}/{update_id}/retry': {
    as: 'ops',
    ids: { bot: 'bot', update_id: 'update' },
    refusal: ['BOT_COMMAND_NOT_FOUND'],
  },

  'GET /v1/dead-letters': { as: 'ops', own: true },
  'GET /v1/dead-letters/{dead_letter_id}': {
    as: 'ops',
    ids: { dead_letter_id: 'deadLetter' },
    refusal: ['DEAD_LETTER_NOT_FOUND'],
  },
  'POST /v1/dead-letters/{dead_letter_id}/retry': {
    as: 'ops',
    ids: { dead_letter_id: 'deadLetter' },
    refusal: ['DEAD_LETTER_NOT_FOUND'],
  },
  'POST /v1/dead-letters/{dead_letter_id}/discard': {
    as: 'ops',
    ids: { dead_letter_id: 'deadLetter' },
    refusal: ['DEAD_LETTER_NOT_FOUND'],
  },

  'POST /v1/notifications': {
    as: 'ops',
    ids: { player_ids: 'player' },
    body: { title: 'A title', content: 'A text', ttl: 3_600 },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'GET /v1/notifications': { as: 'player', own: true },
  'POST /v1/notifications/read': { as: 'player', own: true },
  'POST /v1/notifications/{notification_id}/read': {
    as: 'player',
    ids: { notification_id: 'notification' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'DELETE /v1/notifications/{notification_id}': {
    as: 'player',
    ids: { notification_id: 'notification' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'GET /v1/notifications/preferences': { as: 'player', own: true },
  'PUT /v1/notifications/preferences': { as: 'player', own: true, body: { in_app: true, email: false, push: true } },
  'GET /v1/notifications/{notification_id}/sendings': {
    as: 'ops',
    ids: { notification_id: 'notification' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'POST /v1/notifications/{notification_id}/sendings/retry': {
    as: 'ops',
    ids: { notification_id: 'notification', player_id: 'player' },
    body: { channel: 'email' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'GET /v1/notifications/templates': { as: 'ops', own: true },
  'PUT /v1/notifications/templates/{template}': {
    as: 'ops',
    own: true,
    chosen: { template: 'of-my-own' },
    body: { title: 'A title', content: 'A text' },
  },
  'DELETE /v1/notifications/templates/{template}': {
    as: 'ops',
    ids: { template: 'template' },
    refusal: ['NOTIFICATION_TEMPLATE_NOT_FOUND'],
  },
};
