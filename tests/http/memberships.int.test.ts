import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let clock = Date.now();
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node({
    settings: { 'group.inviteHours': '1', 'party.inviteSeconds': '60' },
    now: () => clock,
  });
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const players = (count: number) => Promise.all(Array.from({ length: count }, () => node.signIn()));
const post = async (who: Player, path: string, body: object = {}) => {
  const reply = await node.call(path, { token: who.token, key: newKey(), body });
  expect(reply.status).toBeLessThan(300);
  return reply.body;
};
const newGroup = async (who: Player, name: string, visibility = 'public'): Promise<string> =>
  (await post(who, '/v1/groups', { name, visibility })).group_id;
const newParty = async (who: Player): Promise<string> => (await post(who, '/v1/parties')).party_id;
const read = (who: Player, path: string) => node.call(path, { token: who.token });
const itemsOf = async (who: Player, path: string) => (await read(who, path)).body.items;
/** All items, one page at a time. */
async function paged(who: Player, path: string) {
  const items: unknown[] = [];
  for (let query = '?limit=1'; ; ) {
    const { body } = await read(who, `${path}${query}`);
    items.push(...body.items);
    if (body.next_cursor === null) return items;
    expect(body.items).toHaveLength(1);
    query = `?limit=1&cursor=${body.next_cursor}`;
  }
}

describe("a player's own groups", () => {
  test('are listed with role and since when, those joined last first, page by page', async () => {
    const [ada, bob] = await players(2);
    const first = await newGroup(ada!, 'First of Ada');
    const second = await newGroup(bob!, 'Second, of Bob');
    await post(ada!, `/v1/groups/${second}/join`);
    const third = await newGroup(bob!, 'Third, of Bob');
    await post(ada!, `/v1/groups/${third}/join`);
    const roles = [{ player_id: ada!.id, role: 'admin' }];
    await node.call(`/v1/groups/${second}`, { method: 'PATCH', token: bob!.token, key: newKey(), body: { roles } });
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const mine = [
      { group_id: third, name: 'Third, of Bob', role: 'member', since },
      { group_id: second, name: 'Second, of Bob', role: 'admin', since },
      { group_id: first, name: 'First of Ada', role: 'superadmin', since },
    ];
    expect((await read(ada!, '/v1/groups/mine')).body).toEqual({ items: mine, next_cursor: null });
    expect(await paged(ada!, '/v1/groups/mine')).toEqual(mine);
  });

  test('are no longer listed once left, nor are those of others or those only asked for', async () => {
    const [ada, bob, eve] = await players(3);
    const left = await newGroup(ada!, 'Left behind');
    const kept = await newGroup(ada!, 'Kept on', 'private');
    await post(bob!, `/v1/groups/${left}/join`);
    await post(bob!, `/v1/groups/${kept}/join`);
    expect(await itemsOf(bob!, '/v1/groups/mine')).toMatchObject([{ group_id: left }]);
    await post(bob!, `/v1/groups/${left}/leave`);
    expect(await itemsOf(bob!, '/v1/groups/mine')).toEqual([]);
    expect(await itemsOf(eve!, '/v1/groups/mine')).toEqual([]);
    expect(await itemsOf(ada!, '/v1/groups/mine')).toHaveLength(2);
  });
});

describe("a player's invitations", () => {
  test('to groups and parties are listed until they are taken or run out, those that end first first, page by page', async () => {
    const [ada, bob, eve] = await players(3);
    const group = await newGroup(ada!, 'Come in', 'private');
    const other = await newGroup(ada!, 'Come in too', 'private');
    const party = await newParty(eve!);
    await post(ada!, `/v1/groups/${group}/invites`, { player_id: bob!.id });
    clock += 1_000;
    await post(ada!, `/v1/groups/${other}/invites`, { player_id: bob!.id });
    await post(eve!, `/v1/parties/${party}/invite`, { player_id: bob!.id });
    const ends = (ms: number) => new Date(clock + ms).toISOString();
    const [toGroup, toOther, toParty] = [
      { kind: 'group', id: group, name: 'Come in', invited_by: ada!.id, expires_at: ends(3_599_000) },
      { kind: 'group', id: other, name: 'Come in too', invited_by: ada!.id, expires_at: ends(3_600_000) },
      { kind: 'party', id: party, name: null, invited_by: eve!.id, expires_at: ends(60_000) },
    ];
    expect((await read(bob!, '/v1/invitations')).body).toEqual({
      items: [toParty, toGroup, toOther],
      next_cursor: null,
    });
    expect(await paged(bob!, '/v1/invitations')).toEqual([toParty, toGroup, toOther]);
    expect(await itemsOf(ada!, '/v1/invitations')).toEqual([]);
    clock += 60_000;
    expect(await itemsOf(bob!, '/v1/invitations')).toEqual([toGroup, toOther]);
    await post(bob!, `/v1/groups/${other}/join`);
    expect(await itemsOf(bob!, '/v1/invitations')).toEqual([toGroup]);
    clock += 3_600_000;
    expect(await itemsOf(bob!, '/v1/invitations')).toEqual([]);
  });

  test('end with the group or party', async () => {
    const [ada, bob, eve] = await players(3);
    const group = await newGroup(ada!, 'Short lived');
    const party = await newParty(eve!);
    await post(ada!, `/v1/groups/${group}/invites`, { player_id: bob!.id });
    await post(eve!, `/v1/parties/${party}/invite`, { player_id: bob!.id });
    expect(await itemsOf(bob!, '/v1/invitations')).toHaveLength(2);
    await post(ada!, `/v1/groups/${group}/leave`);
    await post(eve!, `/v1/parties/${party}/leave`);
    expect(await itemsOf(bob!, '/v1/invitations')).toEqual([]);
  });
});

test.each(['/v1/groups/mine', '/v1/invitations'])(
  '%s is for who is signed in, and takes only its own cursors',
  async (path) => {
    const ada = await node.signIn();
    const foreign = Buffer.from(JSON.stringify(['7', 'somebody'])).toString('base64url');
    expect(codeOf(await read(ada, `${path}?cursor=${foreign}`))).toEqual([400, 'VALIDATION_FAILED']);
    expect(codeOf(await node.call(path))).toEqual([401, 'UNAUTHENTICATED']);
  },
);
