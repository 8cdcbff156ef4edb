import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, newKey, type TestCluster, testCluster, until } from './support.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(() => cluster.stop());

test('no line of any level holds a token, a key, a device id, an address or what players write', async () => {
  const node = await cluster.node({ settings: { 'http.trustedProxies': '127.0.0.1' } });
  const device = 'device-never-to-be-logged';
  const name = 'ada@example.com';
  const [admin, service] = [cluster.operator(), await cluster.serviceKey(['ops', 'scores:write'])];
  const player = await node.signIn(device, {
    'user-agent': 'Agent-Never-Logged/1',
    'x-forwarded-for': '203.0.113.77',
  });
  const { token } = player;
  const key = `key-${newKey()}`;

  await node.openSeason(admin, 'logged');
  await node.call('/v1/profile', { method: 'PATCH', body: { display_name: name }, token, key });
  await node.score(token, 'logged', 5, newKey(), { metadata: { note: 'metadata-never-logged' } });
  await node.score(service, 'logged', 6, newKey(), { player_id: player.id });
  const refreshed = await node.call('/v1/auth/refresh', { body: { refresh_token: player.refresh } });

  // what is refused is no reason to be told
  const forged = `${token.slice(0, -8)}AAAAAAAA`;
  for (const wrong of [forged, `sk_${'0'.repeat(16)}_${'B'.repeat(43)}`, 'plain-wrong-token'])
    await node.call('/v1/profile', { token: wrong });
  await node.call(`/v1/profile?token=in-the-query-never-logged`, { token });
  await node.call('/v1/auth/refresh', { body: { refresh_token: player.refresh } });
  await node.call('/v1/auth/device', { body: '{"device_id":"broken-never-logged', key });
  await node.call('/v1/auth/device', { body: { device_id: device, uid: 7, extra: 'extra-never-logged' }, key });
  await node.call('/v1/nowhere/path-never-logged', { headers: { cookie: 'cookie-never-logged' } });

  // nor is what fails
  await cluster.db.query('alter table profiles__g1 rename column display_name to renamed_away');
  const again = await node.signIn(device);
  await node.call('/v1/profile', { method: 'PATCH', body: { display_name: name }, token: again.token });
  // asked past the node's helper, as this read waits for nothing
  expect((await call(node.url, '/v1/profile', { token: again.token })).status).toBe(500);
  await until(
    async () => cluster.lines.map(({ msg }) => msg),
    (messages) => messages.includes('a processor fails and tries again'),
  );
  await cluster.db.query('alter table profiles__g1 rename column renamed_away to display_name');
  await node.call(`/v1/players/${player.id}/personal-data`, { method: 'DELETE', token: admin });
  await until(
    async () => cluster.lines.filter(({ method }) => method === 'DELETE').length,
    (count) => count === 1,
  );

  const text = JSON.stringify(cluster.lines);
  const secrets = [
    ...[token, again.token, refreshed.body.session_token, refreshed.body.nakama_token, player.body.nakama_token],
    ...[player.refresh, refreshed.body.refresh_token, admin, service, forged, 'plain-wrong-token', 'B'.repeat(43)],
    ...[device, name, player.id, again.id, key, 'Agent-Never-Logged', '203.0.113.77', 'never-logged', 'pd1.'],
  ];
  for (const secret of secrets) expect([secret, text.includes(secret)]).toEqual([secret, false]);
  expect(cluster.lines.length).toBeGreaterThan(15);
});
