import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateKeysFile } from '../../src/security/keys-file.ts';
import { rotateJwtKeys } from '../../src/security/rotate-keys.ts';
import { createServiceKey } from '../../src/security/service-keys.ts';
import { newDevice, newKey, type Reply, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const service = async (scope: 'metrics' | 'ops') => {
  const sql = {
    query: async (text: string, params: readonly unknown[] = []) => {
      const rows = await cluster.db.query(text, [...params]);
      return { rows, rowCount: rows.length };
    },
  };
  return (await createServiceKey(sql, { tenant: 'default' as never, name: 'test', scopes: [scope] }))!.text;
};

test('tells that it lives and is ready', async () => {
  expect((await node.call('/healthz')).body).toEqual({ status: 'ok' });
  const { status, body } = await node.call('/readyz');
  expect([status, body.status, body.dependencies]).toEqual([200, 'ready', { database: 'up' }]);
});

test('repeats warnings about the installation', async () => {
  const { body } = await node.call('/readyz');
  expect(body.warnings).toEqual(cluster.db.url === cluster.db.ownerUrl ? [expect.stringContaining('role')] : []);
});

test('shows the numbers that operators need', async () => {
  await node.signIn();
  const { text, headers } = await node.call('/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  for (const name of [
    'sandai_http_request_duration_seconds_bucket{le="0.005",method="POST",route="/v1/auth/device",status="200"}',
    'sandai_append_batch_size_count',
    'sandai_append_queue_depth',
    'sandai_processor_lag_events{processor="leaderboards#g1"}',
    'sandai_processor_lag_seconds{processor="profiles#g1"}',
    'sandai_oldest_transaction_age_seconds',
  ])
    expect(text).toContain(name);
});

test('shows them to this machine and to service keys only', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  expect(codeOf(await node.call('/metrics', { headers: forwarded }))).toEqual([401, 'UNAUTHENTICATED']);
  const { token } = await node.signIn();
  expect(codeOf(await node.call('/metrics', { headers: forwarded, token }))).toEqual([403, 'FORBIDDEN']);
  expect((await node.call('/metrics', { headers: forwarded, token: await service('ops') })).status).toBe(403);
  expect((await node.call('/metrics', { headers: forwarded, token: await service('metrics') })).status).toBe(200);
});

test('limits anonymous and signed-in requests by address, sign-ins by device, services not', async () => {
  const now = 1_900_000_000_000;
  const settings = {
    'rateLimit.anonymousPerMinute': '8',
    'rateLimit.signedInPerMinute': '3',
    'rateLimit.devicePerMinute': '2',
  };
  const limited = await cluster.node({ now: () => now, settings });
  const device = newDevice();
  const player = await limited.signIn(device);
  const second = await limited.call('/v1/auth/device', { body: { device_id: device }, key: newKey() });
  expect([second.headers.get('ratelimit-limit'), second.headers.get('ratelimit-remaining')]).toEqual(['2', '0']);
  const third = await limited.call('/v1/auth/device', { body: { device_id: device }, key: 'k-3' });
  expect([...codeOf(third), third.body.error.idempotency_key]).toEqual([429, 'RATE_LIMITED', 'k-3']);
  const reset = third.headers.get('ratelimit-reset');
  expect(third.headers.get('retry-after')).toBe(reset);

  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1)
    statuses.push((await limited.call('/v1/profile', { token: player.token })).status);
  expect(statuses).toEqual([200, 200, 200, 429]);

  const anonymous: unknown[] = [];
  for (let count = 0; count < 6; count += 1) anonymous.push((await limited.call('/v1/nowhere')).status);
  expect(anonymous).toEqual([404, 404, 404, 404, 404, 429]);
  expect((await limited.call('/v1/profile', { token: 'forged' })).status).toBe(429);

  const key = await service('ops');
  for (let count = 0; count < 10; count += 1)
    expect((await limited.call('/v1/seasons', { token: key })).status).toBe(200);
  for (let count = 0; count < 10; count += 1) expect((await limited.call('/healthz')).status).toBe(200);
});

test('believes a proxy only where it is trusted', async () => {
  const now = 1_900_000_000_000;
  const settings = { 'rateLimit.anonymousPerMinute': '1' };
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const direct = await cluster.node({ now: () => now, settings });
  expect((await direct.call('/v1/nowhere', from('203.0.113.1'))).status).toBe(404);
  expect((await direct.call('/v1/nowhere', from('203.0.113.2'))).status).toBe(429);
  const behind = await cluster.node({ now: () => now, settings: { ...settings, 'http.trustedProxies': '127.0.0.1' } });
  expect((await behind.call('/v1/nowhere', from('203.0.113.1'))).status).toBe(404);
  expect((await behind.call('/v1/nowhere', from('203.0.113.2'))).status).toBe(404);
  expect((await behind.call('/v1/nowhere', from('203.0.113.2'))).status).toBe(429);
  expect((await behind.call('/v1/nowhere', from('198.51.100.9, 203.0.113.2'))).status).toBe(429);
});

test('a key added to the file signs and verifies without a restart; a compromised one stops', async () => {
  const player = await node.signIn();
  updateKeysFile(cluster.keysFile, rotateJwtKeys({ now: new Date(Date.now() - 120_000) }));
  const kid = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;
  const fresh = await until(
    () => node.signIn(),
    ({ token }) => kid(token) !== kid(player.token),
  );
  for (const token of [player.token, fresh.token]) expect((await node.call('/v1/profile', { token })).status).toBe(200);
  updateKeysFile(cluster.keysFile, rotateJwtKeys({ now: new Date(), compromised: true }));
  await until(
    () => node.call('/v1/profile', { token: player.token }),
    ({ status }) => status === 401,
  );
  const again = await node.signIn();
  expect((await node.call('/v1/profile', { token: again.token })).status).toBe(200);
});

test('a keys file that cannot be used leaves the old keys in use', async () => {
  const { token } = await node.signIn();
  const before = cluster.lines.length;
  updateKeysFile(cluster.keysFile, (keys) => ({ ...keys, pepper: 'A'.repeat(43) }));
  await until(
    async () => cluster.lines.slice(before).some(({ msg }) => String(msg).includes('old keys stay')),
    (told) => told,
  );
  expect((await node.call('/v1/profile', { token })).status).toBe(200);
});

test('one line per request, with a route and hashes, and nothing that names anybody', async () => {
  const quiet = await testCluster();
  try {
    const own = await quiet.node();
    const player = await own.signIn('device-that-must-not-be-logged');
    await own.openSeason(quiet.operator(), 'logged');
    await own.call('/v1/profile', { method: 'PATCH', body: { display_name: 'Never Logged' }, token: player.token });
    await own.call(`/v1/leaderboards/logged/around/${player.id}`, {
      token: player.token,
      headers: { 'x-request-id': 'req-1' },
    });
    await own.call('/v1/profile', { token: 'a-wrong-token' });
    await until(
      async () => quiet.lines.filter(({ msg }) => msg === 'request').length,
      (count) => count === 5,
    );
    const text = JSON.stringify(quiet.lines.filter(({ msg }) => msg === 'request'));
    const secrets = [
      player.id,
      player.token,
      player.refresh,
      player.device,
      'Never Logged',
      'a-wrong-token',
      '127.0.0.1',
      '::1',
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
    const line = quiet.lines.find(({ req_id }) => req_id === 'req-1');
    expect(line).toMatchObject({
      method: 'GET',
      route: '/v1/leaderboards/:season/around/:player_id',
      status: 404,
      tenant: 'default',
      as: 'player',
      caller: expect.stringMatching(/^[\w-]{12}$/),
      ip: expect.stringMatching(/^[\w-]{12}$/),
    });
  } finally {
    await quiet.stop();
  }
});

test('a trace context goes into the events, a wrong one does not', async () => {
  const { token } = await node.signIn();
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const rename = (headers: Record<string, string>) =>
    node.call('/v1/profile', { method: 'PATCH', body: { display_name: 'Ada' }, token, headers });
  await rename({ traceparent, 'x-request-id': 'traced-1' });
  await rename({ traceparent: `${traceparent}-extra`, 'x-request-id': 'traced-2' });
  const rows = await cluster.db.query(
    `select metadata from events where metadata ->> 'correlationId' like 'traced-%' order by metadata ->> 'correlationId'`,
  );
  expect(rows.map(({ metadata }) => (metadata as { traceparent?: string }).traceparent)).toEqual([
    traceparent,
    undefined,
  ]);
});

test('the pages are there without another server', async () => {
  const page = await node.call('/docs/');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(page.text).not.toMatch(/(src|href)="https?:/);
});

test('an ending node answers what is in flight and refuses the rest', async () => {
  const ending = await cluster.node();
  const asked = Array.from({ length: 20 }, () =>
    ending.call('/v1/auth/device', { body: { device_id: newDevice() }, key: newKey() }),
  );
  const settled = Promise.allSettled(asked);
  await asked[0];
  await ending.stop();
  // what had not arrived is cut off, and may be retried elsewhere
  for (const reply of await settled)
    if (reply.status === 'fulfilled' && reply.value.status !== 200)
      expect(codeOf(reply.value)).toEqual([503, 'OVERLOADED']);
  await expect(ending.call('/healthz')).rejects.toThrow();
});
