import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  admin = cluster.operator('admin');
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const erase = (player: string, token: string, at = node, key = newKey()) =>
  at.call(`/v1/players/${player}/personal-data`, { method: 'DELETE', token, key });
const rename = (token: string, name: string, at = node, key = newKey()) =>
  at.call('/v1/profile', { method: 'PATCH', body: { display_name: name }, token, key });
const typesOf = async (player: string) =>
  (
    await cluster.db.query(
      `select type from events where stream_id like 'player-%' and data ->> 'playerId' = $1 order by version`,
      [player],
    )
  ).map(({ type }) => type);
const keyOf = async (player: string) =>
  (await cluster.db.query('select wrapped_key, kek_id, erased_at from data_keys where player_id = $1', [player]))[0];
const nameOnBoard = async (at: TestNode, season: string, player: string) => {
  const { body } = await at.call(`/v1/leaderboards/${season}/around/${player}`, { token: admin });
  return body.entries.find((entry: { player_id: string }) => entry.player_id === player).display_name;
};

test('a name is shown on every node until it is erased, and nowhere from then on', async () => {
  const season = await node.openSeason(admin, 'erased');
  const player = await node.signIn();
  await rename(player.token, 'Ada');
  await node.score(player.token, season, 5);
  for (const at of [node, other])
    await until(
      () => nameOnBoard(at, season, player.id),
      (name) => name === 'Ada',
    );
  const { status, body } = await erase(player.id, player.token);
  expect([status, body]).toEqual([202, { player_id: player.id, erasure: 'accepted' }]);
  expect(await keyOf(player.id)).toEqual({ wrapped_key: null, kek_id: null, erased_at: expect.anything() });
  // long before the 60 s for which keys are kept: the erasure is announced
  for (const at of [node, other])
    await until(
      () => nameOnBoard(at, season, player.id),
      (name) => name === null,
    );
});

test('an erasure is ordered, carried out and told once, however often it is asked for', async () => {
  const player = await node.signIn();
  for (const at of [node, other, node]) expect((await erase(player.id, admin, at)).status).toBe(202);
  expect(await typesOf(player.id)).toEqual(['PlayerRegistered', 'PersonalDataErasureRequested', 'PersonalDataErased']);
});

test('a player erases nobody else, and nobody is erased who is not there', async () => {
  const [player, friend] = [await node.signIn(), await node.signIn()];
  expect(codeOf(await erase(friend.id, player.token))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await erase('4e8a9c1e-1111-4111-8111-000000000000', admin))).toEqual([404, 'PLAYER_NOT_FOUND']);
  expect(codeOf(await erase('somebody', admin))).toEqual([400, 'VALIDATION_FAILED']);
  expect(await typesOf(friend.id)).toEqual(['PlayerRegistered']);
  expect(await keyOf('4e8a9c1e-1111-4111-8111-000000000000')).toBeUndefined();
});
