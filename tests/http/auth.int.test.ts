import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDevice, newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
});
afterAll(() => cluster.stop());

const device = (body: object, more: object = {}) => node.call('/v1/auth/device', { body, key: newKey(), ...more });

test('a first sign-in makes an account, the next one with the device finds it', async () => {
  const first = await node.signIn();
  const second = await node.signIn(first.device);
  expect(second.id).toBe(first.id);
  expect(second.token).not.toBe(first.token);
  expect(Object.keys(first.body)).toEqual([
    'player_id',
    'nakama_token',
    'session_token',
    'refresh_token',
    'expires_in',
  ]);
  expect(first.body.expires_in).toBe(7200);
});

test('the answer is not to be cached and carries its place in the log', async () => {
  const { headers } = await device({ device_id: newDevice() });
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('sandai-position')).toMatch(/^[0-9a-f-]{36}\.\d+-\d+/);
});

test.each([
  ['too short', { device_id: 'short' }],
  ['too long', { device_id: 'x'.repeat(129) }],
  ['too many bytes', { device_id: 'ü'.repeat(65) }],
  ['with a space', { device_id: 'my first device' }],
  ['with a control character', { device_id: 'device\u0007bell-1' }],
  ['with half a surrogate pair', '{"device_id":"device-\\ud800-half"}'],
  ['a number', { device_id: 1234567890 }],
  ['missing', {}],
  ['beside an unknown field', { device_id: newDevice(), password: 'x' }],
  ['in a list', [{ device_id: newDevice() }]],
  ['null', 'null'],
])('refuses a device id that is %s', async (_, body) => {
  const { status, body: answer } = await node.call('/v1/auth/device', { body, key: newKey() });
  expect([status, answer.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(answer.error.details.length).toBeGreaterThan(0);
});

test('a device id of 128 bytes signs in', async () => {
  expect((await device({ device_id: 'ü'.repeat(64) })).status).toBe(200);
});

test('links a second device to the account whose token is sent', async () => {
  const player = await node.signIn();
  const second = newDevice();
  const linked = await device({ device_id: second, uid: player.id }, { token: player.token });
  expect([linked.status, linked.body.player_id]).toEqual([200, player.id]);
  expect((await node.signIn(second)).id).toBe(player.id);
});

test('refuses to link without a token, or with the token of another account', async () => {
  const player = await node.signIn();
  const other = await node.signIn();
  for (const token of [undefined, other.token, cluster.operator()]) {
    const { status, body } = await device(
      { device_id: newDevice(), uid: player.id },
      token === undefined ? {} : { token },
    );
    expect([status, body.error.code]).toEqual([403, 'LINK_NOT_ALLOWED']);
  }
});

test('a refused link leaves no trace: its key may be used with the token', async () => {
  const player = await node.signIn();
  const body = { device_id: newDevice(), uid: player.id };
  const key = newKey();
  expect((await node.call('/v1/auth/device', { body, key })).status).toBe(403);
  expect((await node.call('/v1/auth/device', { body, key, token: player.token })).status).toBe(200);
});

test('a device of another account is not taken over', async () => {
  const mine = await node.signIn();
  const theirs = await node.signIn();
  const { status, body } = await device({ device_id: theirs.device, uid: mine.id }, { token: mine.token });
  expect([status, body.error.code]).toEqual([409, 'DEVICE_LINKED_TO_ANOTHER_PLAYER']);
});

test('an unknown client key names no tenant', async () => {
  for (const key of ['ck_00000000000000000000000000000000', 'nonsense', '']) {
    const { status, body } = await device({ device_id: newDevice() }, { headers: { 'x-client-key': key } });
    expect([status, body.error.code]).toEqual([401, 'CLIENT_KEY_UNKNOWN']);
  }
});

test('one device is two players in two tenants', async () => {
  await cluster.db.query(`insert into tenants (tenant, client_key) values ('other', 'ck_1111111111111111')`);
  const id = newDevice();
  const here = await node.signIn(id);
  const there = await node.signIn(id, { 'x-client-key': 'ck_1111111111111111' });
  expect(there.id).not.toBe(here.id);
  expect((await node.call('/v1/profile', { token: there.token })).body.player.player_id).toBe(there.id);
});

test('the sign-in without a client key can be switched off', async () => {
  const strict = await cluster.node({ settings: { 'http.defaultTenantWithoutClientKey': 'false' } });
  const { status, body } = await strict.call('/v1/auth/device', { body: { device_id: newDevice() }, key: newKey() });
  expect([status, body.error.code]).toEqual([401, 'CLIENT_KEY_UNKNOWN']);
});

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const withoutSignature = (token: string) => {
  const [, claims] = token.split('.') as [string, string];
  return `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.`;
};
const forged = (token: string) => {
  const [header, claims] = token.split('.') as [string, string];
  const signed = createHmac('sha256', 'not the key').update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signed}`;
};

test('nothing but a session token counts as one', async () => {
  const { token, body } = await node.signIn();
  const wrong = {
    none: withoutSignature(token),
    forged: forged(token),
    nakama: body.nakama_token,
    refresh: body.refresh_token,
    cut: token.slice(0, -2),
    empty: '',
    long: 'x'.repeat(8_000),
    service: 'sk_0000000000000000_0000000000000000000000000000000000000000000',
  };
  for (const [name, text] of Object.entries(wrong)) {
    const { status, body: answer, headers } = await node.call('/v1/profile', { token: text });
    expect([name, status, answer.error.code]).toEqual([name, 401, 'UNAUTHENTICATED']);
    expect(headers.get('www-authenticate')).toContain('Bearer');
  }
  expect((await node.call('/v1/profile', { headers: { authorization: 'Basic dXNlcjpwYXNz' } })).status).toBe(401);
  expect((await node.call('/v1/profile')).status).toBe(401);
});

test('an expired token is told from a wrong one', async () => {
  const { id } = await node.signIn();
  const { token } = cluster.issuer().session({
    tenant: 'default' as never,
    sessionId: 'gone' as never,
    playerId: id as never,
    ttlS: 60,
    nowMs: Date.now() - 120_000,
  });
  const { status, body, headers } = await node.call('/v1/profile', { token });
  expect([status, body.error.code]).toEqual([401, 'TOKEN_EXPIRED']);
  expect(headers.get('www-authenticate')).toContain('invalid_token');
});

test('tokens of a tenant that was switched off stop counting', async () => {
  await cluster.db.query(`insert into tenants (tenant, client_key) values ('ending', 'ck_2222222222222222')`);
  let now = Date.now();
  const clocked = await cluster.node({ now: () => now });
  const player = await clocked.signIn(newDevice(), { 'x-client-key': 'ck_2222222222222222' });
  expect((await clocked.call('/v1/profile', { token: player.token })).status).toBe(200);
  await cluster.db.query(`update tenants set disabled_at = clock_timestamp() where tenant = 'ending'`);
  now += 10_000;
  expect((await clocked.call('/v1/profile', { token: player.token })).status).toBe(401);
});
