import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDevice, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  admin = cluster.operator();
  await node.openSeason(admin, 'race', { operator: 'sum' });
});
afterAll(() => cluster.stop());

const bodies = (replies: readonly Reply[]) => new Set(replies.map(({ status, text }) => `${status} ${text}`));
const scoresOf = async (player: string) =>
  (
    await cluster.db.query(`select 1 from events where type = 'LeaderboardUpdated' and data ->> 'playerId' = $1`, [
      player,
    ])
  ).length;
const retried = async (ask: () => Promise<Reply>): Promise<Reply> => {
  for (;;) {
    const reply = await ask();
    if (reply.status !== 409) return reply;
    expect(reply.body.error.code).toBe('IDEMPOTENCY_KEY_IN_USE');
    expect(reply.headers.get('retry-after')).toBe('1');
  }
};

test('a hundred parallel identical scores are one event and a hundred identical answers', async () => {
  const player = await node.signIn();
  const key = newKey();
  const replies = await Promise.all(
    Array.from({ length: 100 }, () => retried(() => node.score(player.token, 'race', 7, key))),
  );
  expect([...bodies(replies)]).toEqual(['200 {"rank":1}']);
  expect(replies.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  expect(await scoresOf(player.id)).toBe(1);
});

test('so are they over two nodes', async () => {
  const player = await node.signIn();
  const key = newKey();
  const replies = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      retried(() => (index % 2 === 0 ? node : other).score(player.token, 'race', 7, key)),
    ),
  );
  expect(bodies(replies).size).toBe(1);
  expect(await scoresOf(player.id)).toBe(1);
});

test('parallel sign-ins with one key over two nodes are one session', async () => {
  const body = { device_id: newDevice() };
  const key = newKey();
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      retried(() => (index % 2 === 0 ? node : other).call('/v1/auth/device', { body, key })),
    ),
  );
  expect(bodies(replies).size).toBe(1);
  const [first] = replies;
  const sessions = await cluster.db.query(
    `select 1 from events where type = 'PlayerAuthenticated' and data ->> 'playerId' = $1`,
    [first?.body.player_id],
  );
  expect(sessions).toHaveLength(1);
});

test('parallel first sign-ins of one device with keys of their own make one account', async () => {
  const device = newDevice();
  const players = await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? node : other).signIn(device)),
  );
  expect(new Set(players.map(({ id }) => id)).size).toBe(1);
  const registered = await cluster.db.query(
    `select 1 from events where type = 'PlayerRegistered' and data ->> 'playerId' = $1`,
    [players[0]?.id],
  );
  expect(registered).toHaveLength(1);
});

test('a repeated answer has the same status, body, type, place and location', async () => {
  const key = newKey();
  const open = (at: TestNode) =>
    at.call('/v1/seasons', { body: { season: 'once', operator: 'best' }, token: admin, key });
  const first = await open(node);
  const again = await open(node);
  const elsewhere = await open(other);
  expect(first.status).toBe(201);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  for (const reply of [again, elsewhere]) {
    expect([reply.status, reply.text]).toEqual([201, first.text]);
    for (const name of ['content-type', 'location']) expect(reply.headers.get(name)).toBe(first.headers.get(name));
    expect(reply.headers.get('idempotency-replayed')).toBe('true');
    expect(reply.headers.get('sandai-position')).not.toBeNull();
  }
  expect(again.headers.get('sandai-position')).toBe(first.headers.get('sandai-position'));
});

test('a refusal of the domain is remembered, and repeated when it would no longer be one', async () => {
  const player = await node.signIn();
  const key = newKey();
  const refused = await node.score(player.token, 'later', 5, key);
  expect([refused.status, refused.body.error]).toEqual([
    404,
    { code: 'SEASON_NOT_FOUND', message: 'Season unavailable', idempotency_key: key },
  ]);
  await node.openSeason(admin, 'later');
  for (const at of [node, other]) {
    const again = await at.score(player.token, 'later', 5, key);
    expect([again.status, again.text]).toEqual([404, refused.text]);
  }
  expect((await node.score(player.token, 'later', 5)).status).toBe(200);
});

test('what is not the request of the key is refused, here and elsewhere', async () => {
  const player = await node.signIn();
  await node.openSeason(admin, 'second');
  const key = newKey();
  await node.score(player.token, 'race', 5, key);
  for (const at of [node, other]) {
    for (const wrong of [
      () => at.score(player.token, 'race', 6, key),
      () => at.score(player.token, 'second', 5, key),
      () => at.score(player.token, 'race', 5, key, { metadata: {} }),
    ]) {
      const { status, body } = await wrong();
      expect([status, body.error.code, body.error.idempotency_key]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED', key]);
    }
  }
});

test('the order of fields does not matter, nor where the key stands, nor its quotes', async () => {
  const player = await node.signIn();
  const key = newKey();
  const send = (body: string, headers: Record<string, string> = {}) =>
    node.call('/v1/leaderboards/race/score', { body, token: player.token, headers });
  const first = await send('{"score":5,"metadata":{"a":1,"b":[1,2]}}', { 'idempotency-key': key });
  const others = [
    await send('{"metadata":{"b":[1,2],"a":1},"score":5}', { 'idempotency-key': `"${key}"` }),
    await send(`{"metadata":{"b":[1,2],"a":1},"idempotency_key":"${key}","score":5}`),
    await send(`{"metadata":{"b":[1,2],"a":1},"idempotency_key":"${key}","score":5}`, { 'idempotency-key': key }),
  ];
  for (const reply of others)
    expect([reply.text, reply.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  const turned = await send('{"score":5,"metadata":{"a":1,"b":[2,1]}}', { 'idempotency-key': key });
  expect(turned.status).toBe(422);
});

test('keys are those of one player and one route', async () => {
  const [a, b] = [await node.signIn(), await node.signIn()];
  const key = newKey();
  await node.score(a.token, 'race', 5, key);
  expect((await node.score(b.token, 'race', 6, key)).status).toBe(200);
  const renamed = await node.call('/v1/profile', {
    method: 'PATCH',
    body: { display_name: 'Ada' },
    token: a.token,
    key,
  });
  expect(renamed.status).toBe(200);
});

test('a key in header and body must be the same', async () => {
  const player = await node.signIn();
  const { status, body } = await node.score(player.token, 'race', 5, 'one', { idempotency_key: 'two' });
  expect([status, body.error.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISMATCH']);
});

test.each(['/v1/auth/device', '/v1/leaderboards/race/score'])('%s needs a key', async (path) => {
  const player = await node.signIn();
  const body = path.endsWith('score') ? { score: 1 } : { device_id: newDevice() };
  const reply = await node.call(path, { body, token: player.token });
  expect([reply.status, reply.body.error.code]).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
});

test.each([
  ['with a space', 'a b'],
  ['of 256 characters', 'k'.repeat(256)],
  ['with an open quote', '"abc'],
  ['with parameters', '"abc";x=1'],
  ['of nothing in quotes', '""'],
])('refuses a key %s', async (_, key) => {
  const player = await node.signIn();
  const reply = await node.score(player.token, 'race', 5, key);
  expect([reply.status, reply.body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
});

test('a key of 255 characters is taken', async () => {
  const player = await node.signIn();
  expect((await node.score(player.token, 'race', 5, 'k'.repeat(255))).status).toBe(200);
});

test('what the caller may not or could not do is not remembered', async () => {
  const player = await node.signIn();
  const key = newKey();
  const send = (body: unknown, token?: string, headers: Record<string, string> = {}) =>
    node.call('/v1/leaderboards/race/score', { body, key, headers, ...(token && { token }) });
  expect((await send({ score: 'ten' }, player.token)).status).toBe(400);
  expect((await send({ score: 10 })).status).toBe(401);
  expect((await send({ score: 10, player_id: player.id }, player.token)).status).toBe(403);
  expect((await send({ score: 10, metadata: { a: 'x'.repeat(1_100_000) } }, player.token)).status).toBe(413);
  expect((await send('score=10', player.token, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await send({ score: 10 }, player.token)).status).toBe(200);
});

test('a refusal by the rights of a season is not remembered', async () => {
  await node.openSeason(admin, 'for-services', { submit_by: 'service' });
  const player = await node.signIn();
  const { status, body } = await node.score(player.token, 'for-services', 5);
  expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
  const records = await cluster.db.query(`select 1 from idempotency_keys where scope like $1`, [`%${player.id}%`]);
  expect(records).toHaveLength(0);
});

test('a key without a write of its own is free again after its retention', async () => {
  let now = Date.now() - 25 * 3_600_000;
  const clocked = await cluster.node({ now: () => now });
  const ops = cluster.operator('admin', 'default', now);
  const key = newKey();
  const open = (season: string) => clocked.call('/v1/seasons', { body: { season, operator: 'best' }, token: ops, key });
  expect((await open('retained-1')).status).toBe(201);
  expect((await open('retained-2')).status).toBe(422);
  now += 24.1 * 3_600_000;
  const token = cluster.operator('admin', 'default', now);
  const late = await clocked.call('/v1/seasons', { body: { season: 'retained-2', operator: 'best' }, token, key });
  expect(late.status).toBe(201);
});

test('names in stored answers are encrypted, and repeated as they were', async () => {
  const player = await node.signIn();
  const key = newKey();
  const rename = (at: TestNode) =>
    at.call('/v1/profile', { method: 'PATCH', body: { display_name: 'Grace Hopper' }, token: player.token, key });
  const first = await rename(node);
  expect((await rename(other)).text).toBe(first.text);
  const rows = await cluster.db.query('select response from idempotency_keys');
  expect(rows.map(({ response }) => String(response)).join('\n')).not.toContain('Hopper');
});

test('answers repeated from memory do not ask the database', async () => {
  const player = await node.signIn();
  const key = newKey();
  await node.score(player.token, 'race', 3, key);
  const replays = async () => {
    const { text } = await node.call('/metrics');
    const count = (source: string) =>
      Number(new RegExp(`^sandai_idempotency_replays_total\\{source="${source}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { memory: count('memory'), database: count('database') };
  };
  const before = await replays();
  await node.score(player.token, 'race', 3, key);
  expect(await replays()).toEqual({ memory: before.memory + 1, database: before.database });
});
