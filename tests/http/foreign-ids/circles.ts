import type { Attempts } from './attempt.ts';

export const circles: Attempts = {
  'POST /v1/groups': { as: 'player', own: true, body: { name: 'Of my own', visibility: 'public' } },
  'GET /v1/groups': { as: 'player', own: true },
  'PATCH /v1/groups/{group_id}': {
    as: 'player',
    ids: { group_id: 'group' },
    body: { description: 'Mine now' },
    refusal: ['GROUP_NOT_FOUND'],
  },
  'GET /v1/groups/mine': { as: 'player', own: true },
  'GET /v1/groups/{group_id}': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'GET /v1/groups/{group_id}/members': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'GET /v1/groups/{group_id}/requests': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'POST /v1/groups/{group_id}/join': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'POST /v1/groups/{group_id}/leave': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'POST /v1/groups/{group_id}/requests': {
    as: 'player',
    ids: { group_id: 'group', player_id: 'player' },
    body: { accept: false },
    refusal: ['GROUP_NOT_FOUND', 'GROUP_REQUEST_NOT_FOUND'],
  },
  'POST /v1/groups/{group_id}/invites': {
    as: 'player',
    ids: { group_id: 'group', player_id: 'player' },
    refusal: ['GROUP_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/groups/{group_id}/kick': {
    as: 'player',
    ids: { group_id: 'group', player_id: 'player' },
    refusal: ['GROUP_NOT_FOUND', 'GROUP_MEMBER_NOT_FOUND'],
  },

  'GET /v1/invitations': { as: 'player', own: true },
  'POST /v1/parties': { as: 'player', own: true },
  'GET /v1/parties/mine': { as: 'player', own: true },
  'GET /v1/parties/{party_id}': { as: 'player', ids: { party_id: 'party' }, refusal: ['PARTY_NOT_FOUND'] },
  'POST /v1/parties/{party_id}/invite': {
    as: 'player',
    ids: { party_id: 'party', player_id: 'player' },
    refusal: ['PARTY_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/parties/{party_id}/join': { as: 'player', ids: { party_id: 'party' }, refusal: ['PARTY_NOT_FOUND'] },
  'POST /v1/parties/{party_id}/kick': {
    as: 'player',
    ids: { party_id: 'party', player_id: 'player' },
    refusal: ['PARTY_NOT_FOUND', 'PARTY_MEMBER_NOT_FOUND'],
  },
  'POST /v1/parties/{party_id}/leave': { as: 'player', ids: { party_id: 'party' }, refusal: ['PARTY_NOT_FOUND'] },
};
