import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
});
afterAll(() => cluster.stop());

const refresh = (token: string, key?: string, at = node) =>
  at.call('/v1/auth/refresh', { body: { refresh_token: token }, ...(key === undefined ? {} : { key }) });

test('a refresh token gives new tokens of the same player', async () => {
  const player = await node.signIn();
  const { status, body } = await refresh(player.refresh);
  expect([status, body.player_id]).toEqual([200, player.id]);
  expect(body.refresh_token).not.toBe(player.refresh);
  expect((await node.call('/v1/profile', { token: body.session_token })).status).toBe(200);
});

test('using a refresh token twice ends the sign-in, and its tokens stop counting on every node', async () => {
  const player = await node.signIn();
  const { body } = await refresh(player.refresh);
  expect((await refresh(player.refresh)).body.error.code).toBe('REFRESH_TOKEN_REUSED');
  expect((await refresh(body.refresh_token)).body.error.code).toBe('REFRESH_TOKEN_INVALID');
  for (const each of [node, other])
    await until(
      () => each.call('/v1/profile', { token: body.session_token }),
      ({ status }) => status === 401,
    );
});

test('a retry with the same key repeats the answer and is no second use', async () => {
  const player = await node.signIn();
  const key = newKey();
  const first = await refresh(player.refresh, key);
  for (const at of [node, other, other]) {
    const again = await refresh(player.refresh, key, at);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
  }
  expect((await refresh(first.body.refresh_token)).status).toBe(200);
});

test('parallel retries over two nodes rotate once and end nothing', async () => {
  const player = await node.signIn();
  const key = newKey();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => refresh(player.refresh, key, index % 2 === 0 ? node : other)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const events = await cluster.db.query(
    `select type from events where stream_id like 'session-%' and data ->> 'playerId' = $1 order by version`,
    [player.id],
  );
  expect(events.map(({ type }) => type)).toEqual(['PlayerAuthenticated', 'SessionRefreshed']);
});

test.each([
  ['no refresh token', 'nonsense'],
  ['of an unknown sign-in', `00000000-0000-4000-8000-000000000000.${'A'.repeat(43)}`],
])('refuses what is %s', async (_, token) => {
  const { status, body } = await refresh(token);
  expect([status, body.error.code]).toEqual([401, 'REFRESH_TOKEN_INVALID']);
});

test('refuses the right sign-in with another secret', async () => {
  const player = await node.signIn();
  const { body } = await refresh(`${player.refresh.split('.')[0]}.${'A'.repeat(43)}`);
  expect(body.error.code).toBe('REFRESH_TOKEN_INVALID');
  expect((await refresh(player.refresh)).status).toBe(200);
});

test('refuses a refresh token that expired', async () => {
  let now = Date.now();
  const clocked = await cluster.node({ now: () => now });
  const player = await clocked.signIn();
  now += 25 * 3_600_000;
  expect((await refresh(player.refresh, undefined, clocked)).body.error.code).toBe('REFRESH_TOKEN_INVALID');
});

test('a refresh token counts in its own tenant only', async () => {
  await cluster.db.query(`insert into tenants (tenant, client_key) values ('other', 'ck_1111111111111111')`);
  const player = await node.signIn();
  const { status } = await node.call('/v1/auth/refresh', {
    body: { refresh_token: player.refresh },
    headers: { 'x-client-key': 'ck_1111111111111111' },
  });
  expect(status).toBe(401);
});

test('a refused refresh is not remembered', async () => {
  const player = await node.signIn();
  const key = newKey();
  expect((await refresh('nonsense', key)).status).toBe(401);
  expect((await refresh(player.refresh, key)).status).toBe(200);
});

test('a logout ends the session here at once, elsewhere soon, and may be repeated', async () => {
  const player = await node.signIn();
  const logout = () => node.call('/v1/auth/logout', { method: 'POST', token: player.token });
  expect((await other.call('/v1/profile', { token: player.token })).status).toBe(200);
  const first = await logout();
  expect([first.status, first.body]).toEqual([200, { signed_out: true }]);
  expect((await node.call('/v1/profile', { token: player.token })).status).toBe(401);
  await until(
    () => other.call('/v1/profile', { token: player.token }),
    ({ status }) => status === 401,
  );
  expect((await logout()).status).toBe(200);
  expect((await refresh(player.refresh)).status).toBe(401);
});

test('a node that starts later knows of the logout', async () => {
  const player = await node.signIn();
  await node.call('/v1/auth/logout', { method: 'POST', token: player.token, body: {} });
  const late = await cluster.node();
  expect((await late.call('/v1/profile', { token: player.token })).status).toBe(401);
});

test('logging out needs a player', async () => {
  expect((await node.call('/v1/auth/logout', { method: 'POST' })).status).toBe(401);
  expect((await node.call('/v1/auth/logout', { method: 'POST', token: cluster.operator() })).status).toBe(403);
});

test('the answer with tokens is repeated for ten minutes, then its key is spent', async () => {
  let now = Date.now();
  const clocked = await cluster.node({ now: () => now });
  const key = newKey();
  const signIn = (at: TestNode) => at.call('/v1/auth/device', { body: { device_id: 'device-of-the-clock' }, key });
  const first = await signIn(clocked);
  now += 9.9 * 60_000;
  expect((await signIn(clocked)).text).toBe(first.text);
  now += 0.2 * 60_000;
  const late = await cluster.node({ now: () => now });
  for (const at of [clocked, late]) {
    const spent = await signIn(at);
    expect([spent.status, spent.body.error.code]).toEqual([409, 'IDEMPOTENCY_KEY_EXPIRED']);
  }
});

test('tokens lie encrypted in the database', async () => {
  const { token, body } = await node.signIn();
  const rows = await cluster.db.query('select response from idempotency_keys');
  const stored = rows.map(({ response }) => String(response)).join('\n');
  for (const secret of [token, body.refresh_token, body.nakama_token]) expect(stored).not.toContain(secret);
});
