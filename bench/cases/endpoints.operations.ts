import { randomUUID } from 'node:crypto';

/** One player of the load, and what became of them so far. */
export type Player = {
  readonly device: string;
  id: string;
  token: string;
  refresh: string;
  ticket: string | null;
  match: string | null;
  commands: number;
  notification: string | null;
};

/** @property auth `player`, an operator, or nobody */
export type Request = {
  readonly path: string;
  readonly auth?: 'player' | 'admin' | 'ops' | null;
  readonly body?: object;
};

/** One endpoint of the load.
 *  @property weight  how often, next to the others
 *  @property request null when the player cannot send it now
 *  @property learn   what the player keeps of the answer */
export type Operation = {
  readonly name: string;
  readonly weight: number;
  readonly request: (player: Player, players: readonly Player[]) => Request | null;
  readonly learn?: (player: Player, status: number, body: string) => void;
};

export const season = 'bench-endpoints';
const upTo = (limit: number): number => Math.floor(Math.random() * limit);
const anyOf = <T>(all: readonly T[]): T => all[upTo(all.length)]!;

type Tokens = { player_id: string; session_token: string; refresh_token: string };
export function keepTokens(player: Player, _status: number, body: string): void {
  const tokens = JSON.parse(body) as Tokens;
  player.id = tokens.player_id;
  player.token = tokens.session_token;
  player.refresh = tokens.refresh_token;
}

export const signIn: Operation = {
  name: 'POST /v1/auth/device',
  weight: 3,
  request: ({ device }) => ({ path: '/v1/auth/device', auth: null, body: { device_id: device } }),
  learn: keepTokens,
};

const read = (name: string, weight: number, path: (player: Player, players: readonly Player[]) => string | null) => ({
  name,
  weight,
  request: (player: Player, players: readonly Player[]) => {
    const found = path(player, players);
    return found === null ? null : { path: found };
  },
});

const playing: readonly Operation[] = [
  {
    name: 'POST /v1/matchmaking/enqueue',
    weight: 3,
    request: ({ ticket, match }) =>
      ticket !== null || match !== null
        ? null
        : { path: '/v1/matchmaking/enqueue', body: { skill: 1_000 + upTo(100), modes: ['solo'] } },
    learn: (player, status, body) => {
      if (status === 201) player.ticket = (JSON.parse(body) as { ticket: string }).ticket;
    },
  },
  {
    ...read('GET /v1/matchmaking/{ticket}', 5, ({ ticket }) => (ticket === null ? null : `/v1/matchmaking/${ticket}`)),
    learn: (player, _status, body) => {
      const { status, match_id } = JSON.parse(body) as { status: string; match_id?: string };
      if (status === 'queued') return;
      player.ticket = null;
      player.match = match_id ?? null;
      player.commands = 0;
    },
  },
  {
    name: 'DELETE /v1/matchmaking/{ticket}',
    weight: 0.3,
    request: ({ ticket }) => (ticket === null ? null : { path: `/v1/matchmaking/${ticket}` }),
    learn: (player, status) => {
      if (status === 204) player.ticket = null;
    },
  },
  read('GET /v1/matchmaking', 2, () => '/v1/matchmaking'),
  {
    name: 'POST /v1/matches/{match_id}/command',
    weight: 20,
    request: ({ match, commands }) =>
      match === null
        ? null
        : {
            path: `/v1/matches/${match}/command`,
            body:
              commands < 30
                ? { command: 'move', payload: { x: upTo(10), y: upTo(10) } }
                : { command: 'surrender', payload: {} },
          },
    learn: (player, status) => {
      player.commands += 1;
      if (status !== 200 || player.commands > 30) player.match = null; // it has ended
    },
  },
  read('GET /v1/matches/{match_id}', 3, ({ match }) => (match === null ? null : `/v1/matches/${match}`)),
  read('GET /v1/matches', 2, () => '/v1/matches'),
];

const telling: readonly Operation[] = [
  {
    name: 'POST /v1/notifications',
    weight: 1,
    request: (_player, players) => ({
      path: '/v1/notifications',
      auth: 'ops',
      body: {
        player_ids: [...new Set(Array.from({ length: 5 }, () => anyOf(players).id))],
        title: 'Hello',
        content: 'Two days are left.',
        channels: ['in_app'],
        ttl: 3_600,
      },
    }),
  },
  {
    ...read('GET /v1/notifications', 6, () => '/v1/notifications'),
    learn: (player, _status, body) => {
      const { items } = JSON.parse(body) as { items: { notification_id: string }[] };
      player.notification = items[0]?.notification_id ?? null;
    },
  },
  {
    name: 'POST /v1/notifications/{notification_id}/read',
    weight: 2,
    request: ({ notification }) => (notification === null ? null : { path: `/v1/notifications/${notification}/read` }),
  },
  {
    name: 'DELETE /v1/notifications/{notification_id}',
    weight: 1,
    request: ({ notification }) => (notification === null ? null : { path: `/v1/notifications/${notification}` }),
    learn: (player) => {
      player.notification = null;
    },
  },
  read('GET /v1/notifications/preferences', 1, () => '/v1/notifications/preferences'),
  {
    name: 'PUT /v1/notifications/preferences',
    weight: 1,
    request: () => ({
      path: '/v1/notifications/preferences',
      body: { in_app: true, email: upTo(2) === 0, push: false },
    }),
  },
];

/** What players do, and a few operators beside them. */
export const operations: readonly Operation[] = [
  signIn,
  {
    name: 'POST /v1/auth/refresh',
    weight: 2,
    request: ({ refresh }) => ({ path: '/v1/auth/refresh', auth: null, body: { refresh_token: refresh } }),
    learn: keepTokens,
  },
  read('GET /v1/profile', 10, () => '/v1/profile'),
  {
    name: 'PATCH /v1/profile',
    weight: 2,
    request: () => ({ path: '/v1/profile', body: { display_name: `Player ${upTo(1_000)}` } }),
  },
  read('GET /v1/seasons', 2, () => '/v1/seasons'),
  {
    name: 'POST /v1/leaderboards/{season}/score',
    weight: 15,
    request: () => ({ path: `/v1/leaderboards/${season}/score`, body: { score: upTo(1_000_000) } }),
  },
  read('GET /v1/leaderboards/{season}', 8, () => `/v1/leaderboards/${season}`),
  read(
    'GET /v1/leaderboards/{season}/around/{player_id}',
    8,
    ({ id }) => `/v1/leaderboards/${season}/around/${id}?limit=5`,
  ),
  ...playing,
  ...telling,
  { name: 'GET /v1/audit', weight: 0.5, request: () => ({ path: '/v1/audit', auth: 'admin' }) },
  { name: 'GET /v1/dead-letters', weight: 0.5, request: () => ({ path: '/v1/dead-letters', auth: 'ops' }) },
  { name: 'GET /v1/bot/commands', weight: 0.5, request: () => ({ path: '/v1/bot/commands', auth: 'ops' }) },
];

export const newPlayer = (): Player => ({
  device: `bench-${randomUUID()}`,
  id: '',
  token: '',
  refresh: '',
  ticket: null,
  match: null,
  commands: 0,
  notification: null,
});
