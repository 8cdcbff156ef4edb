import { randomUUID } from 'node:crypto';
import { anyOf, archivedSeason, at, nothing, type Operation, season, takeOf, tournament, upTo } from './model.ts';

const board = { season };
const newName = (what: string) => `bench-${what}-${randomUUID()}`.slice(0, 48);

/** Seasons, boards and tournaments. */
export const competing: readonly Operation[] = [
  { name: 'GET /v1/seasons', weight: 2 },
  {
    name: 'POST /v1/seasons',
    weight: 0.3,
    as: 'admin',
    ask: () => ({ body: { season: newName('season'), operator: 'best' } }),
    learn: ({ season: made }: { season: string }, _player, { seasons }) => void seasons.push(made),
  },
  {
    name: 'POST /v1/seasons/{season}/close',
    weight: 0.3,
    as: 'admin',
    ask: (_player, { seasons }) => at({ season: takeOf(seasons) }),
  },
  { name: 'GET /v1/seasons/{season}/history', weight: 1, ask: () => at({ season: archivedSeason }) },
  {
    name: 'POST /v1/leaderboards/{season}/score',
    weight: 15,
    ask: () => at(board, { body: { score: upTo(1_000_000) } }),
  },
  { name: 'GET /v1/leaderboards/{season}', weight: 8, ask: () => at(board) },
  {
    name: 'GET /v1/leaderboards/{season}/around/{player_id}',
    weight: 8,
    ask: ({ id }) => at({ ...board, player_id: id }, { query: 'limit=5' }),
    refusals: { ENTRY_NOT_FOUND: nothing }, // who began anew has no score yet
  },
  {
    name: 'GET /v1/leaderboards/{season}/scores/{player_id}',
    weight: 0.5,
    as: 'ops',
    ask: ({ id }) => at({ ...board, player_id: id }),
    learn({ items }: { items: { event_id: string; withdrawn: boolean }[] }, player) {
      player.scoreEvent = items.find(({ withdrawn }) => !withdrawn)?.event_id ?? null;
    },
    refusals: { ENTRY_NOT_FOUND: nothing },
  },
  {
    name: 'POST /v1/leaderboards/{season}/withdraw',
    weight: 0.5,
    as: 'ops',
    ask(player) {
      const { id, scoreEvent } = player;
      player.scoreEvent = null;
      return scoreEvent === null ? null : at(board, { body: { player_id: id, event_id: scoreEvent } });
    },
  },
  { name: 'GET /v1/tournaments', weight: 1 },
  {
    name: 'POST /v1/tournaments',
    weight: 0.3,
    as: 'admin',
    ask: () => ({ body: { tournament: newName('cup'), operator: 'best', cron: '0 0 1 1 *', duration_s: 3_600 } }),
    learn: ({ tournament: made }: { tournament: string }, _player, { tournaments }) => void tournaments.push(made),
  },
  {
    name: 'POST /v1/tournaments/{tournament}/end',
    weight: 0.3,
    as: 'admin',
    ask: (_player, { tournaments }) => at({ tournament: takeOf(tournaments) }),
  },
  { name: 'GET /v1/tournaments/{tournament}', weight: 1, ask: () => at({ tournament }) },
  { name: 'GET /v1/tournaments/{tournament}/leaderboard', weight: 2, ask: () => at({ tournament }) },
  { name: 'GET /v1/tournaments/{tournament}/occurrences', weight: 0.5, ask: () => at({ tournament }) },
  { name: 'POST /v1/tournaments/{tournament}/join', weight: 1, ask: () => at({ tournament }) },
  {
    name: 'POST /v1/tournaments/{tournament}/score',
    weight: 3,
    ask: () => at({ tournament }, { body: { score: upTo(1_000_000) } }),
  },
];

const leave = (player: { match: string | null }): void => {
  player.match = null;
};

/** Finding opponents and playing. */
export const playing: readonly Operation[] = [
  {
    name: 'POST /v1/matchmaking/enqueue',
    weight: 3,
    ask: ({ ticket, match }) =>
      ticket !== null || match !== null ? null : { body: { skill: 1_000 + upTo(100), modes: ['solo'] } },
    learn({ ticket }: { ticket: string }, player) {
      player.ticket = ticket;
    },
    refusals: { ALREADY_QUEUED: nothing, ALREADY_IN_MATCH: nothing },
  },
  {
    name: 'GET /v1/matchmaking/{ticket}',
    weight: 5,
    ask: ({ ticket }) => at({ ticket }),
    learn({ status, match_id }: { status: string; match_id?: string }, player) {
      if (status === 'queued') return;
      Object.assign(player, { ticket: null, match: match_id ?? null, commands: 0 });
    },
  },
  {
    name: 'DELETE /v1/matchmaking/{ticket}',
    weight: 0.3,
    ask: ({ ticket }) => at({ ticket }),
    learn(_body, player) {
      player.ticket = null;
    },
    refusals: { TICKET_ALREADY_MATCHED: nothing },
  },
  {
    name: 'GET /v1/matchmaking',
    weight: 2,
    learn({ ticket, match_id }: { ticket?: string | null; match_id?: string | null }, player) {
      if (player.ticket === null) player.ticket = ticket ?? null;
      if (player.match === null) player.match = match_id ?? null;
    },
  },
  {
    name: 'POST /v1/matches/{match_id}/command',
    weight: 20,
    ask: ({ match, commands }) =>
      at(
        { match_id: match },
        {
          body:
            commands < 30
              ? { command: 'move', payload: { x: upTo(10), y: upTo(10) } }
              : { command: 'surrender', payload: {} },
        },
      ),
    learn(_body, player) {
      player.commands += 1;
      if (player.commands > 30) leave(player);
    },
    refusals: { MATCH_ENDED: leave },
  },
  {
    name: 'POST /v1/matches/{match_id}/result',
    weight: 0.4,
    as: 'service',
    ask: (_player, { players }) => {
      const teams = [
        { team: 1, place: 1 },
        { team: 2, place: 2 },
      ];
      return at({ match_id: anyOf(players)?.match }, { body: { teams } });
    },
    refusals: { MATCH_ENDED: nothing },
  },
  { name: 'GET /v1/matches/{match_id}', weight: 3, ask: ({ match }) => at({ match_id: match }) },
  { name: 'GET /v1/matches', weight: 2 },
];
