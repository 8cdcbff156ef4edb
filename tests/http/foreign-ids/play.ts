import type { Attempts } from './attempt.ts';

export const play: Attempts = {
  'POST /v1/matchmaking/enqueue': {
    as: 'player',
    ids: { party_id: 'party' },
    body: { skill: 1000, modes: ['solo'] },
    refusal: ['PARTY_NOT_FOUND'],
  },
  'GET /v1/matchmaking': { as: 'player', own: true },
  'GET /v1/matchmaking/{ticket}': { as: 'player', ids: { ticket: 'ticket' }, refusal: ['TICKET_NOT_FOUND'] },
  'DELETE /v1/matchmaking/{ticket}': { as: 'player', ids: { ticket: 'ticket' }, refusal: ['TICKET_NOT_FOUND'] },
  'POST /v1/matches/{match_id}/command': {
    as: 'player',
    ids: { match_id: 'match' },
    body: { command: 'ready', payload: {} },
    refusal: ['MATCH_NOT_FOUND'],
  },
  'POST /v1/matches/{match_id}/result': {
    as: 'service',
    ids: { match_id: 'match' },
    body: {
      teams: [
        { team: 1, place: 1 },
        { team: 2, place: 2 },
      ],
    },
    refusal: ['MATCH_NOT_FOUND'],
  },
  'GET /v1/matches': { as: 'player', own: true },
  'GET /v1/matches/{match_id}': { as: 'player', ids: { match_id: 'match' }, refusal: ['MATCH_NOT_FOUND'] },

  'POST /v1/seasons': { as: 'admin', own: true, body: { season: 'of-my-own', operator: 'best' } },
  'GET /v1/seasons': { as: 'admin', own: true },
  'POST /v1/seasons/{season}/close': { as: 'admin', ids: { season: 'season' }, refusal: ['SEASON_NOT_FOUND'] },
  'GET /v1/seasons/{season}/history': { as: 'player', ids: { season: 'season' }, refusal: ['SEASON_NOT_FOUND'] },
  'GET /v1/leaderboards/{season}/scores/{player_id}': {
    as: 'ops',
    ids: { season: 'season', player_id: 'player' },
    refusal: ['ENTRY_NOT_FOUND'],
  },
  'POST /v1/tournaments': {
    as: 'admin',
    own: true,
    body: { tournament: 'of-my-own', operator: 'best', cron: '0 0 1 1 *', duration_s: 60 },
  },
  'GET /v1/tournaments': { as: 'player', own: true },
  'GET /v1/tournaments/{tournament}': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'GET /v1/tournaments/{tournament}/leaderboard': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'GET /v1/tournaments/{tournament}/occurrences': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'POST /v1/tournaments/{tournament}/end': {
    as: 'admin',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'POST /v1/tournaments/{tournament}/join': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'POST /v1/tournaments/{tournament}/score': {
    as: 'service',
    ids: { tournament: 'tournament', player_id: 'player' },
    body: { score: 1 },
    refusal: ['TOURNAMENT_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/leaderboards/{season}/score': {
    as: 'service',
    ids: { season: 'season', player_id: 'player' },
    body: { score: 1_000 },
    refusal: ['SEASON_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/leaderboards/{season}/withdraw': {
    as: 'ops',
    ids: { season: 'season', player_id: 'player', event_id: 'scoreEvent' },
    refusal: ['SCORE_NOT_FOUND'],
  },
  'GET /v1/leaderboards/{season}': { as: 'player', ids: { season: 'season' }, refusal: ['SEASON_NOT_FOUND'] },
  'GET /v1/leaderboards/{season}/around/{player_id}': {
    as: 'player',
    ids: { season: 'season', player_id: 'player' },
    refusal: ['SEASON_NOT_FOUND', 'ENTRY_NOT_FOUND'],
  },
};
