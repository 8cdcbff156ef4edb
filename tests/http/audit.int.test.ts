import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDevice, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

type Entry = { type: string; actor: string; subject: string; player_id: string | null; request_id: string };

let cluster: TestCluster;
let node: TestNode;
let admin: string;
let serviceActor: string;
let player: Awaited<ReturnType<TestNode['signIn']>>;
let position: string;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  admin = cluster.operator('admin');
  const service = await cluster.serviceKey(['scores:write']);
  serviceActor = `service:${service.split('_')[1]}`;
  player = await node.signIn('device-of-the-audited');
  await node.openSeason(admin, 'audited', { submit_by: 'service' });
  await node.call('/v1/profile', {
    method: 'PATCH',
    body: { display_name: 'Not Audited' },
    token: player.token,
    headers: { 'x-request-id': 'rename-1' },
  });
  await node.score(service, 'audited', 5, newKey(), { player_id: player.id });
  await node.call('/v1/auth/logout', { method: 'POST', token: player.token });
  const closed = await node.call('/v1/seasons/audited/close', {
    method: 'POST',
    token: admin,
    headers: { 'x-request-id': 'close-1' },
  });
  position = closed.headers.get('sandai-position')!;
});
afterAll(() => cluster.stop());

/** Everything that is found, page by page. */
async function search(query = '', token = admin, limit = 100): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const reply: Reply = await node.call(`/v1/audit?limit=${limit}${query}${next}`, {
      token,
      headers: { 'sandai-wait-for': await end() },
    });
    expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
    found.push(...reply.body.items);
    cursor = reply.body.next_cursor;
  }
  return found;
}
/** The whole log up to now. */
async function end(): Promise<string> {
  const rows = await cluster.db.query('select partition, position from log_partitions where position > 0');
  return `${position.split('.')[0]}.${rows.map((row) => `${row['partition']}-${row['position']}`).join(',')}`;
}

test('shows who did what, the newest first', async () => {
  const all = await search();
  expect(all.map(({ type }) => type)).toEqual([
    'SeasonClosed',
    'SessionRevoked',
    'LeaderboardUpdated',
    'SeasonOpened',
    'DeviceLinked',
  ]);
  expect(all[0]).toEqual({
    event_id: expect.any(String),
    type: 'SeasonClosed',
    actor: 'operator:tester',
    subject: 'season-default_audited',
    player_id: null,
    occurred_at: expect.stringMatching(/^20.*Z$/),
    recorded_at: expect.stringMatching(/^20.*Z$/),
    request_id: 'close-1',
    caused_by: null,
  });
  expect(all[1]).toMatchObject({ actor: player.id, player_id: player.id });
  expect(all[2]).toMatchObject({ actor: serviceActor, player_id: player.id });
});

test('holds no personal data, and nothing that players do in the game', async () => {
  const text = JSON.stringify(await search());
  for (const secret of ['Not Audited', 'pd1.', 'device-of-the-audited', '127.0.0.1', 'DisplayNameChanged'])
    expect(text).not.toContain(secret);
});

describe('finds', () => {
  test.each([
    ['an actor', () => '&actor=operator:tester', ['SeasonClosed', 'SeasonOpened']],
    ['a service', () => `&actor=${serviceActor}`, ['LeaderboardUpdated']],
    ['a player', () => `&player_id=${player.id}`, ['SessionRevoked', 'LeaderboardUpdated', 'DeviceLinked']],
    ['a type', () => '&type=SeasonOpened', ['SeasonOpened']],
    ['both', () => '&type=SeasonOpened&actor=operator:somebody', []],
    ['nothing before its time', () => '&to=2020-01-01T00:00:00Z', []],
    ['nothing of the future', () => '&from=2999-01-01T00:00:00Z', []],
    ['a time', () => '&from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z&type=SeasonClosed', ['SeasonClosed']],
  ])('%s', async (_, query, types) => {
    expect((await search(query())).map(({ type }) => type)).toEqual(types);
  });
});

test('comes in pages that miss nothing and repeat nothing', async () => {
  expect(await search('', admin, 1)).toEqual(await search());
});

test('is of one tenant', async () => {
  const clientKey = await cluster.tenant('neighbour');
  const neighbour = await node.signIn(newDevice(), { 'x-client-key': clientKey });
  const theirs = await search('', cluster.operator('admin', 'neighbour'));
  expect(theirs.map(({ type, player_id }) => [type, player_id])).toEqual([['DeviceLinked', neighbour.id]]);
  expect(JSON.stringify(await search())).not.toContain(neighbour.id);
});

test.each(['cursor=nonsense', 'from=yesterday', 'player_id=me', 'type=a%20b', 'limit=0', 'actor=%00'])(
  'refuses %s',
  async (query) => {
    const { status, body } = await node.call(`/v1/audit?${query}`, { token: admin });
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  },
);
