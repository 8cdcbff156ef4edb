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

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const post = (who: Player, path: string, body: object = {}, at = node) =>
  at.call(path, { token: who.token, key: newKey(), body });
const made = async (who: Player, path: string, body: object = {}) => {
  const reply = await post(who, path, body);
  expect(reply.status).toBe(201);
  return reply.body;
};
const newGroup = async (who: Player, name: string, visibility = 'public'): Promise<string> =>
  (await made(who, '/v1/groups', { name, visibility })).group_id;
const read = async (who: Player, path: string) => (await node.call(path, { token: who.token })).body;
const membersOf = async (who: Player, groupId: string) => (await read(who, `/v1/groups/${groupId}/members`)).items;
const erase = (who: Player, at = node) =>
  at.call(`/v1/players/${who.id}/personal-data`, { method: 'DELETE', token: who.token, key: newKey() });

test('an erased player leaves groups and party, hands on what they led, and frees the name of a group of their own', async () => {
  const [ada, bob, eve] = await Promise.all([node.signIn(), node.signIn(), node.signIn()]);
  const shared = await newGroup(ada, 'Handed on');
  const alone = await newGroup(ada, 'Alone');
  const closed = await newGroup(eve, 'Closed', 'private');
  await post(bob, `/v1/groups/${shared}/join`);
  await post(ada, `/v1/groups/${closed}/join`);
  const party: string = (await made(ada, '/v1/parties', { invite_only: false })).party_id;
  await post(bob, `/v1/parties/${party}/join`);

  expect((await erase(ada)).status).toBe(202);
  await until(
    () => read(bob, `/v1/parties/${party}`),
    ({ members, leader_id }) => members.length === 1 && leader_id === bob.id,
  );
  await until(
    () => membersOf(bob, shared),
    (members) => members.length === 1 && members[0].player_id === bob.id && members[0].role === 'superadmin',
  );
  await until(
    () => read(eve, `/v1/groups/${closed}/requests`),
    ({ items }) => items.length === 0,
  );
  await until(
    () => post(eve, '/v1/groups', { name: 'Alone', visibility: 'public' }),
    ({ status }) => status === 201,
  );
  expect((await node.call(`/v1/groups/${alone}`, { token: eve.token })).status).toBe(404);
});

/** Groups and parties that have a player who was erased, by what the database says of them. */
const left = `select m.stream_id from events m join events e on e.type = 'PersonalDataErased'
  and e.data ->> 'playerId' = coalesce(m.data ->> 'playerId', m.data ->> 'creatorId', m.data ->> 'leaderId')
  where m.type in ('GroupCreated', 'GroupMemberJoined', 'PartyCreated', 'PartyMemberJoined')
  and not exists (select 1 from events g where g.stream_id = m.stream_id and g.version > m.version
                  and g.type in ('GroupMemberLeft', 'GroupMemberKicked', 'PartyMemberLeft', 'PartyMemberKicked')
                  and g.data ->> 'playerId' = e.data ->> 'playerId')`;

test('players who make and join groups and parties on two nodes while they are erased are members of nothing afterwards', async () => {
  const players = await Promise.all(Array.from({ length: 10 }, () => node.signIn()));
  const host = await node.signIn();
  const [open, closed] = [await newGroup(host, 'Racing'), await newGroup(host, 'Racing inside', 'private')];
  const party: string = (await made(host, '/v1/parties', { invite_only: false })).party_id;
  await Promise.all(players.map((each) => post(each, `/v1/groups/${closed}/join`)));
  const outcomes = await Promise.all(
    players.flatMap((each, n) => {
      const [here, there] = n % 2 === 0 ? [node, other] : [other, node];
      const accept = { player_id: each.id, accept: true };
      return [
        post(each, `/v1/groups/${open}/join`, {}, there),
        post(each, '/v1/groups', { name: `Before ${n}`, visibility: 'public' }, here),
        post(host, `/v1/groups/${closed}/requests`, accept, here),
        erase(each, here),
        post(each, `/v1/groups/${open}/join`, {}, here),
        post(host, `/v1/groups/${closed}/requests`, accept, there),
        post(each, '/v1/groups', { name: `After ${n}`, visibility: 'public' }, there),
        post(each, `/v1/parties/${party}/join`, {}, there),
        post(each, '/v1/parties', {}, here),
      ];
    }),
  );
  expect(outcomes.filter(({ status }) => status >= 500)).toEqual([]);
  await until(
    () => cluster.db.query(left),
    (rows) => rows.length === 0,
  );
  const erased = new Set(players.map(({ id }) => id));
  for (const groupId of [open, closed])
    await until(
      () => membersOf(host, groupId),
      (members) => !members.some(({ player_id }: { player_id: string }) => erased.has(player_id)),
    );
});
