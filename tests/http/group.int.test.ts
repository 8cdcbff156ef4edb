import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOfRequests, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node({ settings: { 'group.maxMembers': '3', 'group.inviteHours': '1' } });
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const eventCount = () => eventsOfRequests(cluster);
const players = (count: number) => Promise.all(Array.from({ length: count }, () => node.signIn()));
const make = (who: Player, name: string, visibility = 'public', more: object = {}) =>
  node.call('/v1/groups', { token: who.token, key: newKey(), body: { name, visibility, ...more } });
const newGroup = async (who: Player, name: string, visibility = 'public') => {
  const { status, body } = await make(who, name, visibility);
  expect(status).toBe(201);
  return body.group_id as string;
};
const act = (who: Player, groupId: string, what: string, body?: object) =>
  node.call(`/v1/groups/${groupId}/${what}`, {
    method: 'POST',
    token: who.token,
    key: newKey(),
    ...(body && { body }),
  });
const change = (who: Player, groupId: string, body: object) =>
  node.call(`/v1/groups/${groupId}`, { method: 'PATCH', token: who.token, key: newKey(), body });
const read = (who: Player, path: string, position?: string | null) =>
  node.call(path, { token: who.token, ...(position && { headers: { 'sandai-wait-for': position } }) });
const members = async (who: Player, groupId: string) => (await read(who, `/v1/groups/${groupId}/members`)).body.items;

describe('a group', () => {
  test('is made under a name that nobody else has then, in any spelling', async () => {
    const [ada, bob] = await players(2);
    const made = await make(ada!, 'Night  Owls', 'public', { description: 'We play at night.' });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/groups/${made.body.group_id}`]);
    expect((await read(bob!, made.headers.get('location')!)).body).toEqual({
      group_id: made.body.group_id,
      name: 'Night Owls',
      description: 'We play at night.',
      visibility: 'public',
      metadata: { tier: null },
      member_count: 1,
    });
    expect(codeOf(await make(bob!, 'ＮＩＧＨＴ owls'))).toEqual([409, 'GROUP_NAME_TAKEN']);
    expect((await act(ada!, made.body.group_id, 'leave')).body.status).toBe('left');
    expect(codeOf(await read(bob!, made.headers.get('location')!))).toEqual([404, 'GROUP_NOT_FOUND']);
    expect((await make(bob!, 'night owls')).status).toBe(201);
  });

  test('that is public lets everybody in, up to its size', async () => {
    const [ada, bob, eve, dan] = await players(4);
    const groupId = await newGroup(ada!, 'Open House');
    expect((await act(bob!, groupId, 'join')).body).toEqual({
      group_id: groupId,
      player_id: bob!.id,
      status: 'member',
    });
    await act(eve!, groupId, 'join');
    expect(codeOf(await act(dan!, groupId, 'join'))).toEqual([409, 'GROUP_FULL']);
    expect(await members(dan!, groupId)).toHaveLength(3);
  });

  test('that is private is asked for, and its admins answer', async () => {
    const [ada, bob, eve] = await players(3);
    const groupId = await newGroup(ada!, 'Closed Shop', 'private');
    expect((await act(bob!, groupId, 'join')).body.status).toBe('requested');
    await act(eve!, groupId, 'join');
    expect(codeOf(await read(bob!, `/v1/groups/${groupId}/requests`))).toEqual([403, 'GROUP_ADMIN_ONLY']);
    const asked = (await read(ada!, `/v1/groups/${groupId}/requests`)).body.items;
    expect(asked).toEqual([bob!.id, eve!.id].sort().map((player_id) => ({ player_id })));
    expect(codeOf(await act(bob!, groupId, 'requests', { player_id: bob!.id, accept: true }))).toEqual([
      403,
      'GROUP_ADMIN_ONLY',
    ]);
    expect((await act(ada!, groupId, 'requests', { player_id: bob!.id, accept: true })).body.status).toBe('member');
    expect((await act(ada!, groupId, 'requests', { player_id: eve!.id, accept: false })).body.status).toBe('declined');
    expect(codeOf(await read(eve!, `/v1/groups/${groupId}/members`))).toEqual([403, 'GROUP_MEMBERS_ONLY']);
    expect((await read(bob!, `/v1/groups/${groupId}/members`)).body.items).toHaveLength(2);
  });

  test('lets the invited in, and the banned only then', async () => {
    const [ada, bob] = await players(2);
    const groupId = await newGroup(ada!, 'By Invitation', 'private');
    const invited = await act(ada!, groupId, 'invites', { player_id: bob!.id });
    expect(invited.body).toMatchObject({ status: 'invited', expires_at: expect.stringMatching(/Z$/) });
    expect((await act(bob!, groupId, 'join')).body.status).toBe('member');
    expect(codeOf(await act(bob!, groupId, 'kick', { player_id: ada!.id }))).toEqual([403, 'GROUP_ADMIN_ONLY']);
    expect((await act(ada!, groupId, 'kick', { player_id: bob!.id, ban: true })).body.status).toBe('banned');
    expect(codeOf(await act(bob!, groupId, 'join'))).toEqual([403, 'GROUP_BANNED']);
    await act(ada!, groupId, 'invites', { player_id: bob!.id });
    expect((await act(bob!, groupId, 'join')).body.status).toBe('member');
  });

  test('is changed by its admins, and keeps a superadmin', async () => {
    const [ada, bob] = await players(2);
    const groupId = await newGroup(ada!, 'Rolling Heads');
    await act(bob!, groupId, 'join');
    expect(codeOf(await change(bob!, groupId, { description: 'Mine' }))).toEqual([403, 'GROUP_ADMIN_ONLY']);
    const roles = (player: Player, role: string) => ({ roles: [{ player_id: player.id, role }] });
    const changed = await change(ada!, groupId, {
      description: 'Ours',
      metadata: { tier: 'gold' },
      ...roles(bob!, 'admin'),
    });
    expect(changed.body).toMatchObject({ description: 'Ours', metadata: { tier: 'gold' }, member_count: 2 });
    expect(codeOf(await change(bob!, groupId, roles(bob!, 'superadmin')))).toEqual([403, 'GROUP_ADMIN_ONLY']);
    const before = await eventCount();
    expect(codeOf(await change(ada!, groupId, { description: 'Never', ...roles(ada!, 'member') }))).toEqual([
      409,
      'GROUP_LAST_SUPERADMIN',
    ]);
    expect(codeOf(await act(ada!, groupId, 'leave'))).toEqual([409, 'GROUP_LAST_SUPERADMIN']);
    expect(await eventCount()).toBe(before);
    expect((await change(ada!, groupId, roles(bob!, 'superadmin'))).status).toBe(200);
    expect((await act(ada!, groupId, 'leave')).status).toBe(200);
    expect(await members(bob!, groupId)).toEqual([{ player_id: bob!.id, role: 'superadmin' }]);
  });
});

describe('a search', () => {
  test('finds any part of a name, by name, page by page, in its own tenant only', async () => {
    const [ada] = await players(1);
    for (const name of ['Zebra Finch', 'Große Zebras', 'alpha zebra', '100% zebra_x']) await newGroup(ada!, name);
    const last = await make(ada!, 'No stripes', 'private');
    const at = last.headers.get('sandai-position');
    const found = async (query: string, more = '') =>
      (await read(ada!, `/v1/groups?query=${encodeURIComponent(query)}${more}`, at)).body;
    const named = async (query: string) => (await found(query)).items.map(({ name }: { name: string }) => name);
    expect(await named('EBRA')).toEqual(['100% zebra_x', 'alpha zebra', 'Große Zebras', 'Zebra Finch']);
    expect(await named('große')).toEqual(['Große Zebras']);
    expect(await named('%')).toEqual(['100% zebra_x']);
    expect(await named('stripe')).toEqual(['No stripes']);
    expect(await named('zebra finch and more')).toEqual([]);
    const names: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await found('zebra', `&limit=1${cursor}`);
      names.push(...page.items.map(({ name }: { name: string }) => name));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(names).toEqual(await named('zebra'));
    const clientKey = await cluster.tenant('elsewhere');
    const eve = await node.signIn(undefined, { 'x-client-key': clientKey });
    expect((await read(eve, '/v1/groups?query=zebra', at)).body.items).toEqual([]);
    expect((await make(eve, 'Zebra Finch')).status).toBe(201);
  });

  test('shows the count and what was changed', async () => {
    const [ada, bob] = await players(2);
    const groupId = await newGroup(ada!, 'Counted');
    await change(ada!, groupId, { metadata: { tier: 'silver' } });
    const joined = await act(bob!, groupId, 'join');
    const { body } = await read(ada!, '/v1/groups?query=counted', joined.headers.get('sandai-position'));
    expect(body.items).toMatchObject([{ group_id: groupId, metadata: { tier: 'silver' }, member_count: 2 }]);
  });
});

describe('nothing is written by', () => {
  test.each([
    ['no name', { visibility: 'public' }],
    ['a name that is too short', { name: ' a ', visibility: 'public' }],
    ['a name that nobody sees', { name: '\u200b\u200b\u200b', visibility: 'public' }],
    ['a name that is too long', { name: 'x'.repeat(41), visibility: 'public' }],
    ['a name that is none', { name: 7, visibility: 'public' }],
    ['no visibility', { name: 'Visible' }],
    ['another visibility', { name: 'Visible', visibility: 'secret' }],
    ['a field that is none', { name: 'Visible', visibility: 'public', tier: 'gold' }],
  ])('a group with %s', async (_, body) => {
    const ada = await node.signIn();
    const before = await eventCount();
    const reply = await node.call('/v1/groups', { token: ada.token, key: newKey(), body });
    expect(codeOf(reply)).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });

  test('a request without a key, about no group, or of nobody', async () => {
    const [ada, bob] = await players(2);
    const groupId = await newGroup(ada!, 'Unchanged');
    const before = await eventCount();
    const body = { name: 'Keyless', visibility: 'public' };
    expect(codeOf(await node.call('/v1/groups', { token: ada!.token, body }))).toEqual([
      400,
      'IDEMPOTENCY_KEY_REQUIRED',
    ]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const what of ['join', 'leave'])
      expect(codeOf(await act(ada!, nobody, what))).toEqual([404, 'GROUP_NOT_FOUND']);
    expect(codeOf(await act(ada!, groupId, 'invites', { player_id: nobody }))).toEqual([404, 'PLAYER_NOT_FOUND']);
    expect(codeOf(await act(ada!, groupId, 'kick', { player_id: bob!.id }))).toEqual([404, 'GROUP_MEMBER_NOT_FOUND']);
    expect(codeOf(await act(ada!, groupId, 'requests', { player_id: bob!.id, accept: true }))).toEqual([
      404,
      'GROUP_REQUEST_NOT_FOUND',
    ]);
    expect(codeOf(await act(bob!, groupId, 'leave'))).toEqual([404, 'GROUP_MEMBER_NOT_FOUND']);
    expect(codeOf(await change(ada!, groupId, { name: 'Another' }))).toEqual([400, 'VALIDATION_FAILED']);
    expect(codeOf(await read(ada!, '/v1/groups?cursor=nonsense'))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });
});
