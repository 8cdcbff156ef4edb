import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../src/event-store/port.ts';
import { groupStream } from '../../src/events/group.ts';
import type { GroupId, PartyId, StreamId, TenantId } from '../../src/events/ids.ts';
import { partyStream } from '../../src/events/party.ts';
import { groupsAround, listInvitations, listMemberships } from '../../src/projections/membership-queries.ts';
import { memberships } from '../../src/projections/memberships.ts';
import { player, tenant } from '../processors/log-under-test.ts';
import { type RowsUnderTest, rowsUnderTest } from './rows-under-test.ts';

let here: RowsUnderTest;
beforeAll(async () => {
  here = await rowsUnderTest([memberships]);
});
afterAll(() => here.close());

const now = 1_772_359_200_000_000n;
const later = new Date(Number(now / 1000n) + 60_000).toISOString();
const until = now + 60_000_000n;
let made = 0;
const ada = player(1);
const bob = player(2);

/** A new group, or party, of Ada's. */
const newGroup = () => {
  made += 1;
  const groupId = player(1_000 + made) as string as GroupId;
  const about = { name: `Owls ${made}`, description: '', visibility: 'private' };
  return { groupId, name: about.name, begin: event('GroupCreated', { groupId, creatorId: ada, ...about }) };
};
const newParty = () => {
  made += 1;
  return player(2_000 + made) as string as PartyId;
};
const event = (type: string, data: NewEvent['data']): NewEvent => ({ type, data });

/** @returns when each event was recorded */
const take = async (stream: StreamId, ...events: readonly NewEvent[]) =>
  (await here.happened(stream, ...events)).map(({ recordedAt }) => recordedAt);
const first = { after: null, limit: 100 };
const groupsOf = async (playerId = bob, of: TenantId = tenant) =>
  listMemberships(here.database, here.generations, { tenant: of, playerId }, first);
const invitationsOf = async (playerId = bob, at = now, of: TenantId = tenant) =>
  listInvitations(here.database, here.generations, { tenant: of, playerId }, { ...first, now: at });

test('GroupCreated makes its player a superadmin since then', async () => {
  const { groupId, name, begin } = newGroup();
  const [since] = await take(groupStream(tenant, groupId), begin);
  expect(await groupsOf(ada)).toEqual([{ groupId, name, role: 'superadmin', since }]);
  expect(await groupsOf(ada, 'another' as TenantId)).toEqual([]);
});

test('GroupMemberJoined makes a member, GroupRoleChanged changes the role and not since when', async () => {
  const { groupId, name, begin } = newGroup();
  const joined = event('GroupMemberJoined', { groupId, playerId: bob, members: 2 });
  const [, since] = await take(groupStream(tenant, groupId), begin, joined);
  expect(await groupsOf()).toEqual([{ groupId, name, role: 'member', since }]);
  await take(
    groupStream(tenant, groupId),
    event('GroupRoleChanged', { groupId, playerId: bob, role: 'admin', changedBy: ada }),
  );
  expect(await groupsOf()).toEqual([{ groupId, name, role: 'admin', since }]);
  await take(groupStream(tenant, groupId), event('GroupMemberLeft', { groupId, playerId: bob, members: 1 }));
});

test.each([
  ['GroupMemberLeft', {}],
  ['GroupMemberKicked', { kickedBy: ada, banned: false }],
])('%s ends a membership and what is open', async (type, more) => {
  const { groupId, begin } = newGroup();
  await take(
    groupStream(tenant, groupId),
    begin,
    event('GroupMemberJoined', { groupId, playerId: bob, members: 2 }),
    event('GroupMemberInvited', { groupId, playerId: bob, invitedBy: ada, expiresAt: later }),
  );
  expect([await groupsOf(), await invitationsOf()]).toMatchObject([[{ groupId }], [{ id: groupId }]]);
  await take(groupStream(tenant, groupId), event(type, { groupId, playerId: bob, members: 1, ...more }));
  expect([await groupsOf(), await invitationsOf()]).toEqual([[], []]);
});

test('GroupMemberInvited opens an invitation that ends at its time', async () => {
  const { groupId, name, begin } = newGroup();
  const invited = event('GroupMemberInvited', { groupId, playerId: bob, invitedBy: ada, expiresAt: later });
  await take(groupStream(tenant, groupId), begin, invited);
  const invitation = { kind: 'group', id: groupId, name, invitedBy: ada, until };
  expect(await invitationsOf()).toEqual([invitation]);
  expect(await invitationsOf(bob, until - 1n)).toEqual([invitation]);
  expect(await invitationsOf(bob, until)).toEqual([]);
  expect(await invitationsOf(bob, now, 'another' as TenantId)).toEqual([]);
  await take(groupStream(tenant, groupId), event('GroupJoinDeclined', { groupId, playerId: bob, declinedBy: ada }));
});

test.each([
  ['GroupMemberJoined', { members: 2 }],
  ['GroupJoinDeclined', { declinedBy: ada }],
  ['GroupWaitingVoided', {}],
])('%s ends an invitation to the group', async (type, more) => {
  const { groupId, begin } = newGroup();
  await take(
    groupStream(tenant, groupId),
    begin,
    event('GroupMemberInvited', { groupId, playerId: bob, invitedBy: ada, expiresAt: later }),
  );
  expect(await invitationsOf()).toHaveLength(1);
  await take(groupStream(tenant, groupId), event(type, { groupId, playerId: bob, ...more }));
  expect(await invitationsOf()).toEqual([]);
});

test('GroupJoinRequested leaves an invitation open, and makes no member', async () => {
  const { groupId, begin } = newGroup();
  const before = await groupsOf();
  await take(
    groupStream(tenant, groupId),
    begin,
    event('GroupMemberInvited', { groupId, playerId: bob, invitedBy: ada, expiresAt: later }),
    event('GroupJoinRequested', { groupId, playerId: bob }),
  );
  expect(await invitationsOf()).toMatchObject([{ id: groupId }]);
  expect(await groupsOf()).toEqual(before);
  await take(groupStream(tenant, groupId), event('GroupDissolved', { groupId }));
});

test('GroupDissolved ends the invitations to the group', async () => {
  const { groupId, begin } = newGroup();
  await take(
    groupStream(tenant, groupId),
    begin,
    event('GroupMemberInvited', { groupId, playerId: bob, invitedBy: ada, expiresAt: later }),
  );
  expect(await invitationsOf()).toHaveLength(1);
  await take(groupStream(tenant, groupId), event('GroupDissolved', { groupId }));
  expect(await invitationsOf()).toEqual([]);
});

test('PartyMemberInvited opens an invitation without a name', async () => {
  const partyId = newParty();
  const invited = event('PartyMemberInvited', { partyId, playerId: bob, invitedBy: ada, expiresAt: later });
  await take(partyStream(tenant, partyId), invited);
  expect(await invitationsOf()).toEqual([{ kind: 'party', id: partyId, name: null, invitedBy: ada, until }]);
  await take(partyStream(tenant, partyId), event('PartyDissolved', { partyId }));
});

test.each([
  ['PartyMemberJoined', (partyId: PartyId) => ({ partyId, playerId: bob })],
  ['PartyMemberKicked', (partyId: PartyId) => ({ partyId, playerId: bob, kickedBy: ada })],
  ['PartyDissolved', (partyId: PartyId) => ({ partyId })],
])('%s ends an invitation to the party', async (type, data) => {
  const partyId = newParty();
  const invited = event('PartyMemberInvited', { partyId, playerId: bob, invitedBy: ada, expiresAt: later });
  await take(partyStream(tenant, partyId), invited);
  expect(await invitationsOf()).toHaveLength(1);
  await take(partyStream(tenant, partyId), event(type, data(partyId)));
  expect(await invitationsOf()).toEqual([]);
});

test('the groups around a player are those that they are in, ask to join or are invited to, page by page', async () => {
  const eve = player(3);
  const around = async (after: GroupId | null, limit: number) =>
    groupsAround(here.database, here.generations, { tenant, playerId: eve }, { after, limit });
  const begun = await Promise.all(
    [
      event('GroupMemberJoined', { members: 2 }),
      event('GroupJoinRequested', {}),
      event('GroupMemberInvited', { invitedBy: ada, expiresAt: later }),
    ].map(async ({ type, data }) => {
      const { groupId, begin } = newGroup();
      await take(groupStream(tenant, groupId), begin, event(type, { groupId, playerId: eve, ...data }));
      return groupId;
    }),
  );
  const party = event('PartyMemberInvited', { partyId: newParty(), playerId: eve, invitedBy: ada, expiresAt: later });
  await take(partyStream(tenant, party.data['partyId'] as PartyId), party);
  const [first, second, third] = begun.sort() as [GroupId, GroupId, GroupId];
  expect(await around(null, 100)).toEqual([first, second, third]);
  expect([await around(null, 2), await around(second, 2)]).toEqual([[first, second], [third]]);
  for (const groupId of [first, second, third])
    await take(groupStream(tenant, groupId), event('GroupMemberLeft', { groupId, playerId: eve, members: 1 }));
  expect(await around(null, 100)).toEqual([]);
});
