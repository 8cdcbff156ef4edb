import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServiceKey, type ServiceScope } from '../../src/security/service-keys.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let ops: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  admin = cluster.operator('admin');
  ops = cluster.operator('ops');
});
afterAll(() => cluster.stop());

type Entry = { rank: number; player_id: string; score: number };
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const serviceKey = async (...scopes: ServiceScope[]) => {
  const sql = {
    query: async (text: string, params: readonly unknown[] = []) => {
      const rows = await cluster.db.query(text, [...params]);
      return { rows, rowCount: rows.length };
    },
  };
  const key = await createServiceKey(sql, { tenant: 'default' as never, name: 'test', scopes });
  return key!.text;
};

test('a season opens with what was asked, and is listed', async () => {
  const { status, body, headers } = await node.call('/v1/seasons', {
    token: admin,
    body: {
      season: 'Spring_2026.a',
      operator: 'latest',
      opens_at: '2026-01-01T01:00:00+01:00',
      closes_at: '2126-01-01T00:00:00Z',
    },
  });
  const season = {
    season: 'Spring_2026.a',
    operator: 'latest',
    opens_at: '2026-01-01T00:00:00.000Z',
    closes_at: '2126-01-01T00:00:00.000Z',
    submit_by: 'players',
    rewards: [],
    status: 'open',
  };
  expect([status, body, headers.get('location')]).toEqual([201, season, '/v1/leaderboards/Spring_2026.a']);
  const list = await node.call('/v1/seasons', {
    token: ops,
    headers: { 'sandai-wait-for': headers.get('sandai-position')! },
  });
  expect(list.body.items).toContainEqual(season);
});

test.each([
  ['without an operator', { season: 'x' }],
  ['with an unknown operator', { season: 'x', operator: 'worst' }],
  ['with a slash in its name', { season: 'a/b', operator: 'best' }],
  ['with a name of 65 letters', { season: 'a'.repeat(65), operator: 'best' }],
  ['with a local time', { season: 'x', operator: 'best', opens_at: '2026-01-01T00:00:00' }],
  ['on 30 February', { season: 'x', operator: 'best', opens_at: '2026-02-30T00:00:00Z' }],
  ['with an unknown field', { season: 'x', operator: 'best', prize: 1 }],
])('refuses a season %s', async (_, body) => {
  expect(codeOf(await node.call('/v1/seasons', { token: admin, body }))).toEqual([400, 'VALIDATION_FAILED']);
});

test('refuses a second season of the same name, and one that ends before it opens', async () => {
  await node.openSeason(admin, 'twice');
  expect(codeOf(await node.call('/v1/seasons', { token: admin, body: { season: 'twice', operator: 'sum' } }))).toEqual([
    409,
    'SEASON_EXISTS',
  ]);
  const body = {
    season: 'backwards',
    operator: 'sum',
    opens_at: '2026-02-01T00:00:00Z',
    closes_at: '2026-01-01T00:00:00Z',
  };
  expect(codeOf(await node.call('/v1/seasons', { token: admin, body }))).toEqual([422, 'SEASON_ENDS_BEFORE_IT_OPENS']);
});

test('only admins open and close seasons', async () => {
  const player = await node.signIn();
  const body = { season: 'mine', operator: 'best' };
  for (const token of [player.token, ops, await serviceKey('ops', 'scores:write')]) {
    expect(codeOf(await node.call('/v1/seasons', { token, body }))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await node.call('/v1/seasons/mine/close', { token, method: 'POST' }))).toEqual([403, 'FORBIDDEN']);
  }
  expect(codeOf(await node.call('/v1/seasons', { body }))).toEqual([401, 'UNAUTHENTICATED']);
});

test('a closed season takes no score, and closing it again changes nothing', async () => {
  const player = await node.signIn();
  const season = await node.openSeason(admin, 'short');
  expect((await node.score(player.token, season, 5)).status).toBe(200);
  const close = () => node.call(`/v1/seasons/${season}/close`, { token: admin, method: 'POST' });
  const first = await close();
  expect([first.status, first.body]).toEqual([200, { season, status: 'closed' }]);
  expect((await close()).status).toBe(200);
  for (const at of [node, other])
    expect(codeOf(await at.score(player.token, season, 6))).toEqual([409, 'SEASON_CLOSED']);
  const board = await node.call(`/v1/leaderboards/${season}`, { token: player.token });
  expect(board.body.entries.map((entry: { score: number }) => entry.score)).toEqual([5]);
  expect(codeOf(await node.call('/v1/seasons/nowhere/close', { token: admin, method: 'POST' }))).toEqual([
    404,
    'SEASON_NOT_FOUND',
  ]);
});

test('a season takes scores between its times only', async () => {
  let now = Date.parse('2030-01-01T00:00:00Z');
  const clocked = await cluster.node({ now: () => now });
  const chief = cluster.operator('admin', 'default', now);
  const player = await clocked.signIn();
  await clocked.openSeason(chief, 'timed', { opens_at: '2030-01-01T00:10:00Z', closes_at: '2030-01-01T00:20:00Z' });
  expect(codeOf(await clocked.score(player.token, 'timed', 1))).toEqual([409, 'SEASON_NOT_OPEN']);
  now += 15 * 60_000;
  expect((await clocked.score(player.token, 'timed', 1)).status).toBe(200);
  now += 15 * 60_000;
  expect(codeOf(await clocked.score(player.token, 'timed', 1))).toEqual([409, 'SEASON_CLOSED']);
});

test('ranks count the score that was just submitted', async () => {
  const season = await node.openSeason(admin, 'ranks');
  const players = await Promise.all(Array.from({ length: 5 }, () => node.signIn()));
  const ranks: number[] = [];
  for (const [index, player] of players.entries())
    ranks.push((await node.score(player.token, season, index * 10)).body.rank);
  expect(ranks).toEqual([1, 1, 1, 1, 1]);
  expect((await node.score(players[0]!.token, season, 25)).body.rank).toBe(3);
  expect((await node.score(players[0]!.token, season, 1)).body.rank).toBe(3);
  const { body } = await node.call(`/v1/leaderboards/${season}?limit=3`, { token: players[0]!.token });
  expect(body.entries.map(({ rank, player_id, score }: Entry) => [rank, player_id, score])).toEqual([
    [1, players[4]!.id, 40],
    [2, players[3]!.id, 30],
    [3, players[0]!.id, 25],
  ]);
  const next = await node.call(`/v1/leaderboards/${season}?limit=3&cursor=${body.next_cursor}`, { token: ops });
  expect(next.body.entries.map(({ rank, player_id }: Entry) => [rank, player_id])).toEqual([
    [4, players[2]!.id],
    [5, players[1]!.id],
  ]);
  expect(next.body.next_cursor).toBeNull();
  const around = await node.call(`/v1/leaderboards/${season}/around/${players[3]!.id}?limit=3`, {
    token: players[1]!.token,
  });
  expect(around.body.entries.map(({ rank }: Entry) => rank)).toEqual([1, 2, 3]);
});

test('subscores decide between equal scores, then who was first', async () => {
  const season = await node.openSeason(admin, 'ties');
  const [a, b, c] = await Promise.all([node.signIn(), node.signIn(), node.signIn()]);
  await node.score(a!.token, season, 10, newKey(), { subscore: 1 });
  expect((await node.score(b!.token, season, 10, newKey(), { subscore: 2 })).body.rank).toBe(1);
  expect((await node.score(c!.token, season, 10, newKey(), { subscore: 1 })).body.rank).toBe(3);
});

test.each([
  ['a text', '"12"'],
  ['a fraction', '1.5'],
  ['beyond 2^53', '9007199254740993'],
  ['null', 'null'],
  ['missing', undefined],
])('refuses a score that is %s', async (_, score) => {
  const player = await node.signIn();
  const body = score === undefined ? '{}' : `{"score":${score}}`;
  const reply = await node.call('/v1/leaderboards/ranks/score', { token: player.token, key: newKey(), body });
  expect(codeOf(reply)).toEqual([400, 'VALIDATION_FAILED']);
});

test('a sum beyond the range is refused and leaves the sum as it was', async () => {
  const season = await node.openSeason(admin, 'sums', { operator: 'sum' });
  const player = await node.signIn();
  await node.score(player.token, season, Number.MAX_SAFE_INTEGER);
  expect(codeOf(await node.score(player.token, season, 1))).toEqual([422, 'SCORE_OUT_OF_RANGE']);
  expect((await node.score(player.token, season, -1)).status).toBe(200);
});

test.each([
  ['too deep', { a: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) }],
  ['too large', { a: 'x'.repeat(20_000) }],
  ['with a NUL', { a: 'x\0y' }],
  ['with half a surrogate pair in a key', { '\ud800': 1 }],
  ['a list', []],
  ['a text', 'level 3'],
])('refuses metadata that are %s', async (_, metadata) => {
  const player = await node.signIn();
  expect(codeOf(await node.score(player.token, 'ranks', 1, newKey(), { metadata }))).toEqual([
    400,
    'VALIDATION_FAILED',
  ]);
});

test('a body nested a hundred thousand deep is refused, not stumbled over', async () => {
  const player = await node.signIn();
  const deep = `{"score":1,"metadata":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
  const reply = await node.call('/v1/leaderboards/ranks/score', { token: player.token, key: newKey(), body: deep });
  expect(codeOf(reply)).toEqual([400, 'VALIDATION_FAILED']);
});

test('a __proto__ in a body is refused', async () => {
  const player = await node.signIn();
  const body = '{"score":1,"metadata":{"__proto__":{"admin":true}}}';
  const reply = await node.call('/v1/leaderboards/ranks/score', { token: player.token, key: newKey(), body });
  expect(codeOf(reply)).toEqual([400, 'MALFORMED_JSON']);
});

test('services submit for players, players only for themselves', async () => {
  const season = await node.openSeason(admin, 'by-service', { submit_by: 'service' });
  const [player, friend] = await Promise.all([node.signIn(), node.signIn()]);
  const service = await serviceKey('scores:write');
  expect((await node.score(service, season, 5, newKey(), { player_id: player!.id })).body).toEqual({ rank: 1 });
  expect(codeOf(await node.score(service, season, 5))).toEqual([400, 'VALIDATION_FAILED']);
  expect(codeOf(await node.score(service, season, 5, newKey(), { player_id: randomUUID() }))).toEqual([
    404,
    'PLAYER_NOT_FOUND',
  ]);
  expect(codeOf(await node.score(player!.token, season, 5))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await node.score(player!.token, 'ranks', 5, newKey(), { player_id: friend!.id }))).toEqual([
    403,
    'FORBIDDEN',
  ]);
  const readOnly = await serviceKey('players:read');
  expect(codeOf(await node.score(readOnly, season, 5, newKey(), { player_id: player!.id }))).toEqual([
    403,
    'FORBIDDEN',
  ]);
  expect(codeOf(await node.score(admin, season, 5, newKey(), { player_id: player!.id }))).toEqual([403, 'FORBIDDEN']);
});

test('a withdrawn score gives its place back to the one before', async () => {
  const season = await node.openSeason(admin, 'withdrawn');
  const player = await node.signIn();
  await node.score(player.token, season, 10);
  await node.score(player.token, season, 99);
  const [event] = await cluster.db.query(
    `select event_id from events where type = 'LeaderboardUpdated' and data ->> 'playerId' = $1 order by version desc limit 1`,
    [player.id],
  );
  const body = { player_id: player.id, event_id: event!['event_id'] };
  const withdraw = (token: string, more: object = {}) =>
    node.call(`/v1/leaderboards/${season}/withdraw`, { token, body: { ...body, ...more } });
  expect(codeOf(await withdraw(player.token))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await withdraw(await serviceKey('scores:write')))).toEqual([403, 'FORBIDDEN']);
  const done = await withdraw(ops);
  expect([done.status, done.body]).toEqual([200, { season, ...body, withdrawn: true }]);
  expect((await withdraw(await serviceKey('ops'))).status).toBe(200);
  expect(codeOf(await withdraw(ops, { event_id: player.id }))).toEqual([404, 'SCORE_NOT_FOUND']);
  expect(codeOf(await withdraw(ops, { event_id: 'nonsense' }))).toEqual([400, 'VALIDATION_FAILED']);
  const board = await node.call(`/v1/leaderboards/${season}`, { token: ops });
  expect(board.body.entries.map(({ score }: Entry) => score)).toEqual([10]);
});

test('a profile shows the name and the ranks of open seasons', async () => {
  const season = await node.openSeason(admin, 'shown');
  const player = await node.signIn();
  await node.score(player.token, season, 10);
  const renamed = await node.call('/v1/profile', {
    method: 'PATCH',
    token: player.token,
    body: { display_name: ' Ada ✨ ' },
  });
  expect([renamed.status, renamed.body]).toEqual([200, { player_id: player.id, display_name: 'Ada ✨' }]);
  const position = renamed.headers.get('sandai-position')!;
  for (const at of [node, other]) {
    const { body } = await at.call('/v1/profile', { token: player.token, headers: { 'sandai-wait-for': position } });
    expect(body.player).toEqual({
      player_id: player.id,
      display_name: 'Ada ✨',
      registered_at: expect.stringMatching(/Z$/),
      tier: 'free',
      entitlements: [],
    });
  }
  const board = await node.call(`/v1/leaderboards/${season}`, { token: player.token });
  expect(board.body.entries[0].display_name).toBe('Ada ✨');
  const { body } = await node.call('/v1/profile', { token: player.token });
  expect(body.progression.ranks).toEqual([{ season, rank: 1, score: 10, subscore: 0 }]);
});

test.each(['', '   ', 'x'.repeat(33), 'a\nb', 'a\u0000b', 7, null])(
  'refuses the display name %j',
  async (display_name) => {
    const player = await node.signIn();
    const reply = await node.call('/v1/profile', { method: 'PATCH', token: player.token, body: { display_name } });
    expect(codeOf(reply)).toEqual([400, 'VALIDATION_FAILED']);
  },
);

test('names of 32 astral characters are taken', async () => {
  const player = await node.signIn();
  const body = { display_name: '🎮'.repeat(32) };
  expect((await node.call('/v1/profile', { method: 'PATCH', token: player.token, body })).status).toBe(200);
});

test('profiles are for players', async () => {
  for (const token of [ops, await serviceKey('ops', 'players:read')])
    expect(codeOf(await node.call('/v1/profile', { token }))).toEqual([403, 'FORBIDDEN']);
});

test('a token of one tenant sees nothing of another', async () => {
  await cluster.db.query(`insert into tenants (tenant, client_key) values ('elsewhere', 'ck_3333333333333333')`);
  const season = await node.openSeason(admin, 'private');
  const here = await node.signIn();
  await node.score(here.token, season, 5);
  const stranger = await node.signIn(undefined, { 'x-client-key': 'ck_3333333333333333' });
  for (const path of [`/v1/leaderboards/${season}`, `/v1/leaderboards/${season}/around/${here.id}`])
    expect(codeOf(await node.call(path, { token: stranger.token }))).toEqual([404, 'SEASON_NOT_FOUND']);
  expect(codeOf(await node.score(stranger.token, season, 5))).toEqual([404, 'SEASON_NOT_FOUND']);
  expect((await node.call('/v1/seasons', { token: stranger.token })).body.items).toEqual([]);
});

test('boards answer for players without an entry, and refuse what is no player', async () => {
  const season = await node.openSeason(admin, 'empty');
  const player = await node.signIn();
  const get = (path: string) => node.call(path, { token: player.token });
  const { headers } = await node.call('/v1/seasons/empty/close', { token: admin, method: 'POST' });
  const waited = { 'sandai-wait-for': headers.get('sandai-position')! };
  await node.call('/v1/seasons', { token: player.token, headers: waited });
  expect((await get(`/v1/leaderboards/${season}`)).body).toEqual({ entries: [], next_cursor: null });
  expect(codeOf(await get(`/v1/leaderboards/${season}/around/${player.id}`))).toEqual([404, 'ENTRY_NOT_FOUND']);
  expect(codeOf(await get(`/v1/leaderboards/${season}/around/me`))).toEqual([400, 'VALIDATION_FAILED']);
  expect(codeOf(await get('/v1/leaderboards/nowhere'))).toEqual([404, 'SEASON_NOT_FOUND']);
  for (const query of ['limit=0', 'limit=101', 'limit=ten', 'cursor=!', 'cursor='])
    expect([query, ...codeOf(await get(`/v1/leaderboards/${season}?${query}`))]).toEqual([
      query,
      400,
      'VALIDATION_FAILED',
    ]);
});

test('seasons come in pages', async () => {
  const { body } = await node.call('/v1/seasons?limit=1', { token: ops });
  const next = await node.call(`/v1/seasons?limit=1&cursor=${body.next_cursor}`, { token: ops });
  expect(next.body.items[0].season > body.items[0].season).toBe(true);
});

test('a read waits for the write whose place it names, on any node', async () => {
  const season = await node.openSeason(admin, 'waited');
  const player = await node.signIn();
  for (let score = 1; score <= 10; score += 1) {
    const { headers } = await node.score(player.token, season, score);
    const read = await other.call(`/v1/leaderboards/${season}`, {
      token: player.token,
      headers: { 'sandai-wait-for': headers.get('sandai-position')! },
    });
    expect(read.body.entries[0].score).toBe(score);
  }
});

test('a place that is not reached in time, or of no log, or of another one, is told apart', async () => {
  const hasty = await cluster.node({ settings: { 'reads.maxWaitMs': '1' } });
  const player = await node.signIn();
  const { headers } = await node.score(player.token, 'waited', 5);
  const [logId] = headers.get('sandai-position')!.split('.');
  const read = (place: string) =>
    hasty.call('/v1/seasons', { token: player.token, headers: { 'sandai-wait-for': place } });
  const behind = await read(`${logId}.0-999999999`);
  expect([...codeOf(behind), behind.headers.get('retry-after')]).toEqual([503, 'READ_MODEL_BEHIND', '1']);
  expect(codeOf(await read('00000000-0000-4000-8000-000000000000.0-1'))).toEqual([409, 'LOG_REPLACED']);
  for (const place of [
    '',
    'x',
    `${logId}`,
    `${logId}.0`,
    `${logId}.0-`,
    `${logId}.99-1`,
    `${logId}.0-1;1-2`,
    `${logId}.0-${'9'.repeat(30)}`,
  ])
    expect([place, ...codeOf(await read(place))]).toEqual([place, 400, 'VALIDATION_FAILED']);
});

test('reads have an ETag, and answer 304 to who has it', async () => {
  const player = await node.signIn();
  await node.call('/v1/profile', { token: player.token, headers: { 'sandai-wait-for': player.position } });
  for (const path of ['/v1/profile', '/v1/seasons', '/v1/leaderboards/ranks']) {
    const first = await node.call(path, { token: player.token });
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await node.call(path, { token: player.token, headers: { 'if-none-match': known } });
      expect([path, known, again.status, again.text, again.headers.get('etag')]).toEqual([path, known, 304, '', etag]);
    }
    expect((await node.call(path, { token: player.token, headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  }
});
