import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let nowMs = Date.parse('2026-03-01T11:00:00Z');

beforeAll(async () => {
  nowMs = Date.now();
  cluster = await testCluster();
  node = await cluster.node({ now: () => nowMs });
});
afterAll(() => cluster.stop());

const put = (id: string, entitlements: unknown, token = cluster.operator('ops', 'default', nowMs)) =>
  node.call(`/v1/players/${id}/entitlements`, { method: 'PUT', token, body: { entitlements } });
const inAnHour = () => new Date(nowMs + 3_600_000).toISOString();
const positions = async () =>
  JSON.stringify(await cluster.db.query('select partition, position from log_partitions order by 1'));

test('an operator sets what a player is entitled to; the player and services see it until it ends', async () => {
  const ada = await node.signIn();
  const expires = inAnHour();
  const set = await put(ada.id, [{ tier: 'gold', expires_at: expires }, { tier: 'silver' }]);
  const entitlements = [
    { tier: 'silver', expires_at: null },
    { tier: 'gold', expires_at: expires },
  ];
  expect(set).toMatchObject({ status: 200, body: { player_id: ada.id, tier: 'gold', entitlements } });
  const headers = { 'sandai-wait-for': set.headers.get('sandai-position') ?? '' };
  const { body } = await node.call('/v1/profile', { token: ada.token, headers });
  expect(body.player).toMatchObject({ tier: 'gold', entitlements });
  const service = await cluster.serviceKey(['players:read']);
  const read = (nodeHeaders = {}) =>
    node.call(`/v1/players/${ada.id}/entitlements`, { token: service, headers: nodeHeaders });
  expect((await read(headers)).body).toEqual(set.body);
  nowMs += 3_600_000;
  expect((await read()).body).toEqual({ player_id: ada.id, tier: 'silver', entitlements: entitlements.slice(0, 1) });
  const taken = await put(ada.id, []);
  expect(taken.body).toEqual({ player_id: ada.id, tier: 'free', entitlements: [] });
});

test('whoever was granted nothing is free', async () => {
  const ada = await node.signIn();
  const headers = { 'sandai-wait-for': ada.position };
  const { body } = await node.call('/v1/profile', { token: ada.token, headers });
  expect(body.player).toMatchObject({ tier: 'free', entitlements: [] });
});

test('a retry with the same key is answered alike and grants nothing again', async () => {
  const ada = await node.signIn();
  const key = newKey();
  const send = () =>
    node.call(`/v1/players/${ada.id}/entitlements`, {
      method: 'PUT',
      token: cluster.operator('ops', 'default', nowMs),
      key,
      body: { entitlements: [{ tier: 'silver' }] },
    });
  const first = await send();
  const before = await positions();
  const again = await send();
  expect(again.text).toBe(first.text);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(await positions()).toBe(before);
});

test('what is not valid, not known or not allowed is refused and changes nothing', async () => {
  const ada = await node.signIn();
  const stranger = '99999999-9999-4999-8999-999999999999';
  const before = await positions();
  for (const wrong of [
    undefined,
    'gold',
    [{ tier: 'free' }],
    [{ tier: 'gold', expires_at: 'tomorrow' }],
    [{ tier: 'gold' }, { tier: 'gold' }],
    [{ tier: 'gold', more: 1 }],
  ])
    expect((await put(ada.id, wrong)).body.error.code).toBe('VALIDATION_FAILED');
  expect((await put('me', [])).body.error.code).toBe('VALIDATION_FAILED');
  expect(await put(stranger, [{ tier: 'gold' }])).toMatchObject({
    status: 404,
    body: { error: { code: 'PLAYER_NOT_FOUND' } },
  });
  expect(await put(ada.id, [{ tier: 'gold' }], ada.token)).toMatchObject({
    status: 403,
    body: { error: { code: 'FORBIDDEN' } },
  });
  const unknown = await node.call(`/v1/players/${stranger}/entitlements`, {
    token: cluster.operator('ops', 'default', nowMs),
  });
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'PLAYER_NOT_FOUND' } } });
  expect(await positions()).toBe(before);
});
