import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOfRequests, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  other = await cluster.node({ settings: { 'party.freeSize': '3', 'party.inviteSeconds': '60' } });
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const eventCount = () => eventsOfRequests(cluster);
const newParty = async (leader: Player, body: object | undefined = undefined) => {
  const made = await node.call('/v1/parties', { method: 'POST', token: leader.token, ...(body && { body }) });
  expect(made.status).toBe(201);
  return made.body.party_id as string;
};
const act = (who: Player, partyId: string, what: string, body?: object, at = node, key?: string) =>
  at.call(`/v1/parties/${partyId}/${what}`, {
    method: 'POST',
    token: who.token,
    ...(body && { body }),
    ...(key === undefined ? {} : { key }),
  });
const players = (count: number) => Promise.all(Array.from({ length: count }, () => node.signIn()));

describe('a party', () => {
  test('is made by its leader, and is where the answer says', async () => {
    const [ada] = await players(1);
    const key = newKey();
    const made = await node.call('/v1/parties', { method: 'POST', token: ada!.token, key });
    expect(made.body).toEqual({
      party_id: expect.any(String),
      leader_id: ada!.id,
      invite_only: true,
      max_size: 2,
      members: [ada!.id],
    });
    expect(made.headers.get('location')).toBe(`/v1/parties/${made.body.party_id}`);
    const again = await node.call('/v1/parties', { method: 'POST', token: ada!.token, key });
    expect([again.text, again.headers.get('location')]).toEqual([made.text, made.headers.get('location')]);
    for (const path of [made.headers.get('location')!, '/v1/parties/mine'])
      expect((await other.call(path, { token: ada!.token })).body.members).toEqual([ada!.id]);
  });

  test('takes who is invited, up to the size of its leader, on any node at once', async () => {
    const [ada, bob, eve] = await players(3);
    const partyId = await newParty(ada!);
    expect((await act(ada!, partyId, 'invite', { player_id: bob!.id })).body).toEqual({
      party_id: partyId,
      player_id: bob!.id,
      expires_at: expect.stringMatching(/Z$/),
    });
    await act(ada!, partyId, 'invite', { player_id: eve!.id });
    expect((await act(bob!, partyId, 'join', undefined, other)).body.members).toEqual([ada!.id, bob!.id]);
    expect(codeOf(await act(eve!, partyId, 'join'))).toEqual([409, 'PARTY_FULL']);
    expect(codeOf(await act(ada!, partyId, 'invite', { player_id: eve!.id }))).toEqual([409, 'PARTY_FULL']);
    const wider = await act(eve!, partyId, 'join', undefined, other);
    expect([wider.status, wider.body.max_size, wider.body.members.length]).toEqual([200, 3, 3]);
  });

  test("is as large as its leader's tier allows, from the moment that the tier is granted until it ends", async () => {
    const [ada, bob, eve, dan] = await players(4);
    const partyId = await newParty(ada!, { invite_only: false });
    const entitle = (entitlements: object[]) =>
      node.call(`/v1/players/${ada!.id}/entitlements`, {
        method: 'PUT',
        token: cluster.operator('ops'),
        key: newKey(),
        body: { entitlements },
      });
    await act(bob!, partyId, 'join');
    expect(codeOf(await act(eve!, partyId, 'join'))).toEqual([409, 'PARTY_FULL']);
    expect((await entitle([{ tier: 'gold' }])).status).toBe(200);
    expect((await act(eve!, partyId, 'join', undefined, other)).body.max_size).toBe(8);
    await entitle([]);
    expect(codeOf(await act(dan!, partyId, 'join', undefined, other))).toEqual([409, 'PARTY_FULL']);
    const { body } = await node.call('/v1/parties/mine', { token: eve!.token });
    expect([body.max_size, body.members.length]).toEqual([2, 3]);
  });

  test('goes on with the next leader, and ends with its last member', async () => {
    const [ada, bob] = await players(2);
    const partyId = await newParty(ada!, { invite_only: false });
    await act(bob!, partyId, 'join');
    expect((await act(ada!, partyId, 'leave')).body).toEqual({ party_id: partyId, left: true });
    expect((await node.call(`/v1/parties/${partyId}`, { token: bob!.token })).body.leader_id).toBe(bob!.id);
    expect(codeOf(await act(ada!, partyId, 'leave'))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect((await act(bob!, partyId, 'leave')).status).toBe(200);
    expect(codeOf(await node.call(`/v1/parties/${partyId}`, { token: bob!.token }))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect(codeOf(await node.call('/v1/parties/mine', { token: bob!.token }))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect((await node.call('/v1/parties', { method: 'POST', token: bob!.token })).status).toBe(201);
  });

  test('is left by who the leader sends away, who comes back only when invited by the leader', async () => {
    const [ada, bob] = await players(2);
    const partyId = await newParty(ada!, { invite_only: false });
    await act(bob!, partyId, 'join');
    expect(codeOf(await act(bob!, partyId, 'kick', { player_id: ada!.id }))).toEqual([403, 'PARTY_LEADER_ONLY']);
    expect((await act(ada!, partyId, 'kick', { player_id: bob!.id })).body.kicked).toBe(true);
    expect(codeOf(await act(bob!, partyId, 'join'))).toEqual([409, 'PARTY_COMPOSITION']);
    expect(codeOf(await node.call(`/v1/parties/${partyId}`, { token: bob!.token }))).toEqual([404, 'PARTY_NOT_FOUND']);
    await act(ada!, partyId, 'invite', { player_id: bob!.id });
    expect((await act(bob!, partyId, 'join')).status).toBe(200);
  });

  test('is the only one of a player', async () => {
    const [ada, bob] = await players(2);
    const [first, second] = [await newParty(ada!), await newParty(bob!, { invite_only: false })];
    const before = await eventCount();
    expect(codeOf(await node.call('/v1/parties', { method: 'POST', token: ada!.token }))).toEqual([
      409,
      'ALREADY_IN_PARTY',
    ]);
    expect(codeOf(await act(ada!, second, 'join'))).toEqual([409, 'ALREADY_IN_PARTY']);
    expect(await eventCount()).toBe(before);
    expect((await act(ada!, first, 'join')).status).toBe(200);
    expect(await eventCount()).toBe(before);
  });

  test('is told to members and invited ones only', async () => {
    const [ada, bob, eve] = await players(3);
    const partyId = await newParty(ada!);
    await act(ada!, partyId, 'invite', { player_id: bob!.id });
    const read = async (who: Player) => (await node.call(`/v1/parties/${partyId}`, { token: who.token })).status;
    expect([await read(ada!), await read(bob!), await read(eve!)]).toEqual([200, 200, 404]);
  });
});

describe('nothing is written by', () => {
  let ada: Player;
  let partyId: string;
  beforeAll(async () => {
    ada = await node.signIn();
    partyId = await newParty(ada);
  });
  const nobody = '00000000-0000-4000-8000-000000000000';

  test.each([
    ['an invitation of nobody', 'invite', () => ({ player_id: nobody }), 404, 'PLAYER_NOT_FOUND'],
    ['an invitation without a player', 'invite', () => ({}), 400, 'VALIDATION_FAILED'],
    ['an invitation of no id', 'invite', () => ({ player_id: 7 }), 400, 'VALIDATION_FAILED'],
    ['sending nobody away', 'kick', () => ({ player_id: nobody }), 404, 'PARTY_MEMBER_NOT_FOUND'],
    ['the leader sending themselves away', 'kick', () => ({ player_id: ada.id }), 403, 'PARTY_LEADER_ONLY'],
    ['fields that are none', 'leave', () => ({ party: 'mine' }), 400, 'VALIDATION_FAILED'],
  ])('%s', async (_, what, body, status, code) => {
    const before = await eventCount();
    expect(codeOf(await act(ada, partyId, what, body()))).toEqual([status, code]);
    expect(await eventCount()).toBe(before);
  });

  test('who is neither member nor invited', async () => {
    const eve = await node.signIn();
    const before = await eventCount();
    expect(codeOf(await act(eve, partyId, 'invite', { player_id: eve.id }))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect(codeOf(await act(eve, partyId, 'kick', { player_id: ada.id }))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect(codeOf(await act(eve, partyId, 'join'))).toEqual([403, 'PARTY_INVITE_REQUIRED']);
    expect(codeOf(await act(eve, partyId, 'leave'))).toEqual([404, 'PARTY_NOT_FOUND']);
    for (const unknown of [nobody, 'x']) {
      const [status] = codeOf(await act(eve, unknown, 'join'));
      expect(status).toBe(unknown === 'x' ? 400 : 404);
    }
    expect(codeOf(await node.call('/v1/parties', { token: eve.token, body: { invite_only: 'no' } }))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
    expect(await eventCount()).toBe(before);
  });
});
