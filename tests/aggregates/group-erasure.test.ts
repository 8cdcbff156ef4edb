import { describe, test } from 'vitest';
import { group } from '../../src/aggregates/group.ts';
import type { GroupEvent, GroupRole } from '../../src/events/group.ts';
import type { GroupId, PlayerId } from '../../src/events/ids.ts';
import { alice, bob, iso } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(group);
const groupId = '99999999-9999-4999-8999-999999999999' as GroupId;
const carol = '44444444-4444-4444-8444-444444444444' as PlayerId;
const dave = '55555555-5555-4555-8555-555555555555' as PlayerId;

const made: GroupEvent = {
  type: 'GroupCreated',
  data: { groupId, creatorId: alice, name: 'Night Owls', description: '', visibility: 'private' },
};
const joined = (playerId: PlayerId, members: number): GroupEvent => ({
  type: 'GroupMemberJoined',
  data: { groupId, playerId, members },
});
const left = (playerId: PlayerId, members: number): GroupEvent => ({
  type: 'GroupMemberLeft',
  data: { groupId, playerId, members },
});
const role = (playerId: PlayerId, to: GroupRole, changedBy = alice): GroupEvent => ({
  type: 'GroupRoleChanged',
  data: { groupId, playerId, role: to, changedBy },
});
const requested = (playerId: PlayerId): GroupEvent => ({ type: 'GroupJoinRequested', data: { groupId, playerId } });
const invited = (playerId: PlayerId): GroupEvent => ({
  type: 'GroupMemberInvited',
  data: { groupId, playerId, invitedBy: alice, expiresAt: iso('12:00') },
});
const kicked = (playerId: PlayerId): GroupEvent => ({
  type: 'GroupMemberKicked',
  data: { groupId, playerId, members: 1, kickedBy: alice, banned: true },
});
const voided = (playerId: PlayerId): GroupEvent => ({ type: 'GroupWaitingVoided', data: { groupId, playerId } });
const dissolved: GroupEvent = { type: 'GroupDissolved', data: { groupId } };
const remove = (playerId: PlayerId) => ({ type: 'RemoveErased', groupId, playerId }) as const;

describe('a player whose account is erased', () => {
  test('leaves as a member', () => given(made, joined(bob, 2)).when(remove(bob)).then(left(bob, 1)));

  test('leaves as an admin', () =>
    given(made, joined(bob, 2), role(bob, 'admin')).when(remove(bob)).then(left(bob, 1)));

  test('leaves as one of several superadmins, and the roles of the others stay', () =>
    given(made, joined(bob, 2), joined(carol, 3), role(carol, 'superadmin')).when(remove(alice)).then(left(alice, 2)));

  test('leaves the role of the last superadmin to the highest of the others, who need not be the longest member', () =>
    given(made, joined(bob, 2), joined(carol, 3), role(carol, 'admin'))
      .when(remove(alice))
      .then(role(carol, 'superadmin'), left(alice, 2)));

  test('leaves it to the longest member of several who are as high', () =>
    given(made, joined(dave, 2), joined(carol, 3), joined(bob, 4), role(bob, 'admin'), role(carol, 'admin'))
      .when(remove(alice))
      .then(role(carol, 'superadmin'), left(alice, 3)));

  test('counts as the shortest member after coming back', () =>
    given(made, joined(bob, 2), joined(carol, 3), left(bob, 2), joined(bob, 3))
      .when(remove(alice))
      .then(role(carol, 'superadmin'), left(alice, 2)));

  test('ends the group as its only member', () =>
    given(made, requested(bob), invited(carol)).when(remove(alice)).then(left(alice, 0), dissolved));

  test('asks no more to be let in', () => given(made, requested(bob)).when(remove(bob)).then(voided(bob)));

  test('is invited no more', () => given(made, invited(bob)).when(remove(bob)).then(voided(bob)));

  test('is nothing to a group that has no place for them', () => given(made).when(remove(bob)).thenNothing());

  test('stays banned', () => given(made, joined(bob, 2), kicked(bob)).when(remove(bob)).thenNothing());

  test('is nothing to a group that has ended', () =>
    given(made, left(alice, 0), dissolved).when(remove(alice)).thenNothing());

  test('is nothing to a group that never was', () => given().when(remove(alice)).thenNothing());
});
