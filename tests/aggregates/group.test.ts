import { describe, expect, test } from 'vitest';
import { group } from '../../src/aggregates/group.ts';
import { groupName } from '../../src/aggregates/group-name.ts';
import { type ChangeGroup, type GroupRejection, maxGroupWaiting } from '../../src/aggregates/group-state.ts';
import { type GroupEvent, type GroupRole, groupNameKey } from '../../src/events/group.ts';
import type { GroupId, PlayerId } from '../../src/events/ids.ts';
import { alice, at, bob, iso } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(group);
const groupId = '99999999-9999-4999-8999-999999999999' as GroupId;
const carol = '44444444-4444-4444-8444-444444444444' as PlayerId;
const dave = '55555555-5555-4555-8555-555555555555' as PlayerId;

const about = { name: 'Night Owls', description: '' };
const open: GroupEvent = { type: 'GroupCreated', data: { groupId, creatorId: alice, ...about, visibility: 'public' } };
const closed: GroupEvent = {
  type: 'GroupCreated',
  data: { groupId, creatorId: alice, ...about, visibility: 'private' },
};
const joined = (playerId: PlayerId, members = 2): GroupEvent => ({
  type: 'GroupMemberJoined',
  data: { groupId, playerId, members },
});
const left = (playerId: PlayerId, members = 1): GroupEvent => ({
  type: 'GroupMemberLeft',
  data: { groupId, playerId, members },
});
const kicked = (playerId: PlayerId, banned = false, members = 1, kickedBy = alice): GroupEvent => ({
  type: 'GroupMemberKicked',
  data: { groupId, playerId, members, kickedBy, banned },
});
const requested = (playerId: PlayerId): GroupEvent => ({ type: 'GroupJoinRequested', data: { groupId, playerId } });
const declined = (playerId: PlayerId): GroupEvent => ({
  type: 'GroupJoinDeclined',
  data: { groupId, playerId, declinedBy: alice },
});
const invited = (playerId: PlayerId, until = '12:00'): GroupEvent => ({
  type: 'GroupMemberInvited',
  data: { groupId, playerId, invitedBy: alice, expiresAt: iso(until) },
});
const role = (playerId: PlayerId, to: GroupRole, changedBy = alice): GroupEvent => ({
  type: 'GroupRoleChanged',
  data: { groupId, playerId, role: to, changedBy },
});
const dissolved: GroupEvent = { type: 'GroupDissolved', data: { groupId } };

const create = { type: 'CreateGroup', groupId, playerId: alice, ...about, visibility: 'public' } as const;
const join = (playerId: PlayerId) =>
  ({ type: 'JoinGroup', groupId, playerId, maxMembers: 3, now: at('11:00') }) as const;
const leave = (playerId: PlayerId) => ({ type: 'LeaveGroup', groupId, playerId }) as const;
const answer = (playerId: PlayerId, accept = true, by = alice) =>
  ({ type: 'AnswerRequest', groupId, playerId, by, accept, maxMembers: 3 }) as const;
const invite = (playerId: PlayerId, by = alice) =>
  ({ type: 'InviteToGroup', groupId, playerId, by, expiresAt: iso('12:00'), now: at('11:00') }) as const;
const kick = (playerId: PlayerId, by = alice, ban = false) =>
  ({ type: 'KickFromGroup', groupId, playerId, by, ban }) as const;
const change = (changes: Partial<ChangeGroup>): ChangeGroup => ({
  type: 'ChangeGroup',
  groupId,
  playerId: alice,
  roles: [],
  ...changes,
});
const make = (playerId: PlayerId, to: GroupRole) => ({ roles: [{ playerId, role: to }] });
const aliceAndBob = [open, joined(bob)];

describe('a new group', () => {
  test('is made once', () => given().when(create).thenOnce('GROUP_EXISTS', open));
  test('is not made of one that was', () =>
    given(open, left(alice, 0), dissolved).when(create).thenRejects('GROUP_EXISTS'));
});

test.each([join(bob), leave(alice), answer(bob), invite(bob), kick(bob), change({ tier: 'gold' })])(
  '$type is refused where there is no group, and where it ended',
  (command) => {
    given().when(command).thenRejects('GROUP_NOT_FOUND');
    given(open, left(alice, 0), dissolved).when(command).thenRejects('GROUP_NOT_FOUND');
  },
);

describe('joining', () => {
  test('a public group is done at once', () => given(open).when(join(bob)).then(joined(bob)));
  test('again changes nothing', () => given(open, joined(bob)).when(join(bob)).thenNothing());
  test('a private group is asked for', () => given(closed).when(join(bob)).then(requested(bob)));
  test('a private group is done with an invitation', () =>
    given(closed, invited(bob)).when(join(bob)).then(joined(bob)));
  test('with an invitation that ran out is asked for', () =>
    given(closed, invited(bob, '11:00')).when(join(bob)).then(requested(bob)));
  test('a full group is refused', () =>
    given(open, joined(bob), joined(carol, 3)).when(join(dave)).thenRejects('GROUP_FULL'));
  test('is refused to the banned, until they are invited', () => {
    given(open, joined(bob), kicked(bob, true)).when(join(bob)).thenRejects('GROUP_BANNED');
    given(open, joined(bob), kicked(bob, true), invited(bob)).when(join(bob)).then(joined(bob));
    given(open, joined(bob), kicked(bob)).when(join(bob)).then(joined(bob));
  });
  test('is not asked for by too many', () => {
    const others = Array.from({ length: maxGroupWaiting }, (_, n) => requested(`p${n}` as PlayerId));
    given(closed, ...others)
      .when(join(bob))
      .thenRejects('GROUP_WAITING_FULL');
  });
});

describe('a request', () => {
  test('is accepted by an admin', () => given(closed, requested(bob)).when(answer(bob)).then(joined(bob)));
  test('is declined by an admin', () =>
    given(closed, requested(bob)).when(answer(bob, false)).thenOnce('GROUP_REQUEST_NOT_FOUND', declined(bob)));
  test('is not answered by others', () =>
    given(closed, requested(bob))
      .when(answer(bob, true, bob))
      .thenRejects('GROUP_ADMIN_ONLY'));
  test('that nobody made is refused', () => given(closed).when(answer(bob)).thenRejects('GROUP_REQUEST_NOT_FOUND'));
  test('is not accepted into a full group', () =>
    given(closed, joined(bob), joined(carol, 3), requested(dave)).when(answer(dave)).thenRejects('GROUP_FULL'));
  test('ends with leaving', () =>
    given(closed, requested(bob), joined(bob), left(bob)).when(answer(bob)).thenRejects('GROUP_REQUEST_NOT_FOUND'));
});

describe('an invitation', () => {
  test('is given by an admin', () => given(closed).when(invite(bob)).then(invited(bob)));
  test('is not given by members', () =>
    given(...aliceAndBob)
      .when(invite(carol, bob))
      .thenRejects('GROUP_ADMIN_ONLY'));
  test('of a member changes nothing', () =>
    given(...aliceAndBob)
      .when(invite(bob))
      .thenNothing());
  test('is given again when it has run out', () =>
    given(closed, invited(bob, '11:00')).when(invite(bob)).then(invited(bob)));
  test('is refused when too many are open', () => {
    const others = Array.from({ length: maxGroupWaiting }, (_, n) => invited(`p${n}` as PlayerId));
    given(closed, ...others)
      .when(invite(bob))
      .thenRejects('GROUP_WAITING_FULL');
  });
});

describe('leaving', () => {
  test('takes a member out', () =>
    given(...aliceAndBob)
      .when(leave(bob))
      .thenOnce('GROUP_MEMBER_NOT_FOUND', left(bob)));
  test('is refused to the last superadmin while others are there', () =>
    given(...aliceAndBob)
      .when(leave(alice))
      .thenRejects('GROUP_LAST_SUPERADMIN'));
  test('is open to a superadmin beside another', () =>
    given(...aliceAndBob, role(bob, 'superadmin'))
      .when(leave(alice))
      .thenOnce('GROUP_MEMBER_NOT_FOUND', left(alice)));
  test('ends the group with its last member', () =>
    given(open).when(leave(alice)).thenOnce('GROUP_NOT_FOUND', left(alice, 0), dissolved));
});

describe('sending away', () => {
  test('is what admins do to members', () =>
    given(...aliceAndBob, role(bob, 'admin'), joined(carol, 3))
      .when(kick(carol, bob))
      .thenOnce('GROUP_MEMBER_NOT_FOUND', kicked(carol, false, 2, bob)));
  test('with a ban keeps out', () =>
    given(...aliceAndBob)
      .when(kick(bob, alice, true))
      .then(kicked(bob, true)));
  test('bans who only asks to be let in', () =>
    given(closed, requested(bob))
      .when(kick(bob, alice, true))
      .then(kicked(bob, true)));
  test('without a ban is refused of who is not in', () =>
    given(closed, requested(bob)).when(kick(bob)).thenRejects('GROUP_MEMBER_NOT_FOUND'));
  test.each<[string, readonly GroupEvent[], PlayerId, PlayerId]>([
    ['a member sends away', [joined(carol, 3)], carol, bob],
    ['an admin sends away an admin', [role(bob, 'admin'), joined(carol, 3), role(carol, 'admin')], carol, bob],
    ['an admin sends away a superadmin', [role(bob, 'admin')], alice, bob],
    ['a superadmin sends themselves away', [], alice, alice],
  ])('is refused when %s', (_, more, whom, by) =>
    given(...aliceAndBob, ...more)
      .when(kick(whom, by))
      .thenRejects('GROUP_ADMIN_ONLY'),
  );
});

describe('changing a group', () => {
  test('changes what is given', () =>
    given(open)
      .when(change({ description: 'New', tier: 'gold' }))
      .then(
        { type: 'GroupDescribed', data: { groupId, description: 'New' } },
        { type: 'GroupTierChanged', data: { groupId, tier: 'gold' } },
      ));
  test('is refused to members', () =>
    given(...aliceAndBob)
      .when(change({ playerId: bob, tier: 'gold' }))
      .thenRejects('GROUP_ADMIN_ONLY'));
  test('gives and takes roles', () => {
    given(...aliceAndBob)
      .when(change(make(bob, 'admin')))
      .then(role(bob, 'admin'));
    given(...aliceAndBob, role(bob, 'admin'))
      .when(change(make(bob, 'member')))
      .then(role(bob, 'member'));
    given(...aliceAndBob)
      .when(change(make(bob, 'member')))
      .thenNothing();
  });
  test('is done by admins too', () =>
    given(...aliceAndBob, role(bob, 'admin'), joined(carol, 3))
      .when(change({ playerId: bob, ...make(carol, 'admin') }))
      .then(role(carol, 'admin', bob)));
  test.each<[string, Partial<ChangeGroup>, GroupRejection]>([
    ['an admin makes a superadmin', { playerId: bob, ...make(bob, 'superadmin') }, 'GROUP_ADMIN_ONLY'],
    ['an admin demotes a superadmin', { playerId: bob, ...make(alice, 'member') }, 'GROUP_ADMIN_ONLY'],
    ['the last superadmin is demoted', make(alice, 'admin'), 'GROUP_LAST_SUPERADMIN'],
    ['somebody is no member', make(carol, 'admin'), 'GROUP_MEMBER_NOT_FOUND'],
  ])('is refused when %s', (_, changes, code) =>
    given(...aliceAndBob, role(bob, 'admin'))
      .when(change(changes))
      .thenRejects(code),
  );
  test('hands the last superadmin on in one go', () =>
    given(...aliceAndBob)
      .when(
        change({
          roles: [
            { playerId: bob, role: 'superadmin' },
            { playerId: alice, role: 'member' },
          ],
        }),
      )
      .thenOnce('GROUP_ADMIN_ONLY', role(bob, 'superadmin'), role(alice, 'member')));
});

test('a group that ended stays so, whatever its history says', () =>
  expect(fold(group, [open, dissolved, joined(bob)])).toEqual({ phase: 'dissolved' }));

describe("a group's name", () => {
  const givenName = specification(groupName);
  const taken = { type: 'GroupNameTaken', data: { groupId } } as const;
  const released = { type: 'GroupNameReleased', data: { groupId } } as const;
  const take = { type: 'TakeGroupName', groupId } as const;

  test('is taken once', () => givenName().when(take).thenOnce('GROUP_NAME_TAKEN', taken));
  test('is free again after its group', () =>
    givenName(taken, released).when(take).thenOnce('GROUP_NAME_TAKEN', taken));
  test('is released', () => givenName(taken).when({ type: 'ReleaseGroupName', groupId }).thenEachTime(released));
  test.each([
    ['Night  Owls', 'night owls'],
    ['ＮＩＧＨＴ Owls', 'Night Owls'],
    ['Night\u200b Owls ', 'NIGHT OWLS'],
  ])('is the same for "%s" and "%s"', (one, other) => expect(groupNameKey(one)).toBe(groupNameKey(other)));
});
