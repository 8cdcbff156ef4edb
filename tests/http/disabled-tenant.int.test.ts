import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDevice, newKey, type Reply, type TestCluster, testCluster } from './support.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];

test('everything of a disabled tenant is refused 2 s later, and nothing of another one', async () => {
  let now = Date.now();
  const node = await cluster.node({ now: () => now });
  const clientKey = await cluster.tenant('closing');
  const headers = { 'x-client-key': clientKey };
  const [player, neighbour] = [await node.signIn(newDevice(), headers), await node.signIn()];
  const admin = cluster.operator('admin', 'closing', now);
  const service = await cluster.serviceKey(['ops'], 'closing');
  const signIn = () => node.call('/v1/auth/device', { body: { device_id: newDevice() }, key: newKey(), headers });
  const refresh = () => node.call('/v1/auth/refresh', { body: { refresh_token: player.refresh }, headers });
  const seasons = (token: string) => node.call('/v1/seasons', { token });
  for (const token of [player.token, admin, service]) expect((await seasons(token)).status).toBe(200);

  await cluster.db.query(`update tenants set disabled_at = clock_timestamp() where tenant = 'closing'`);
  now += 2_000;
  for (const token of [player.token, admin, service])
    expect(codeOf(await seasons(token))).toEqual([401, 'UNAUTHENTICATED']);
  for (const answer of [await signIn(), await refresh()]) expect(codeOf(answer)).toEqual([401, 'CLIENT_KEY_UNKNOWN']);
  expect((await seasons(neighbour.token)).status).toBe(200);

  await cluster.db.query(`update tenants set disabled_at = null where tenant = 'closing'`);
  now += 2_000;
  for (const token of [player.token, admin, service]) expect((await seasons(token)).status).toBe(200);
});
