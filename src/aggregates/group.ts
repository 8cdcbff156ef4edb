import type { GroupEvent } from '../events/group.ts';
import type { GroupId, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';
import { changeGroup } from './group-change.ts';
import { removeErased } from './group-erasure.ts';
import { isAdmin, rankOf } from './group-roles.ts';
import {
  type AnswerRequest,
  evolveGroup,
  type Group,
  type GroupCommand,
  type GroupDecision,
  type GroupRejection,
  type InviteToGroup,
  type JoinGroup,
  type KickFromGroup,
  type LeaveGroup,
  maxGroupWaiting,
  type OpenGroup,
} from './group-state.ts';

export const group: Decider<Group, GroupCommand, GroupEvent, GroupRejection> = {
  initial: { phase: 'absent' },
  evolve: evolveGroup,

  decide(command, state) {
    const { groupId, playerId } = command;
    if (command.type === 'CreateGroup') {
      if (state.phase !== 'absent') return reject('GROUP_EXISTS');
      const { name, description, visibility } = command;
      return accept({ type: 'GroupCreated', data: { groupId, creatorId: playerId, name, description, visibility } });
    }
    if (command.type === 'RemoveErased') return removeErased(command, state);
    if (state.phase !== 'open') return reject('GROUP_NOT_FOUND');
    switch (command.type) {
      case 'ChangeGroup':
        return changeGroup(command, state);
      case 'JoinGroup':
        return join(command, state);
      case 'LeaveGroup':
        return leave(command, state);
      case 'AnswerRequest':
        return answer(command, state);
      case 'InviteToGroup':
        return invite(command, state);
      case 'KickFromGroup':
        return kick(command, state);
    }
  },
};

const letIn = (groupId: GroupId, playerId: PlayerId, { members }: OpenGroup, maxMembers: number): GroupDecision =>
  members.size >= maxMembers
    ? reject('GROUP_FULL')
    : accept({ type: 'GroupMemberJoined', data: { groupId, playerId, members: members.size + 1 } });

function join({ groupId, playerId, maxMembers, now }: JoinGroup, state: OpenGroup): GroupDecision {
  if (state.members.has(playerId)) return accept();
  if (state.banned.has(playerId)) return reject('GROUP_BANNED');
  const isInvited = (state.invites.get(playerId) ?? 0) > now;
  if (state.visibility === 'public' || isInvited) return letIn(groupId, playerId, state, maxMembers);
  if (state.requests.has(playerId)) return accept();
  if (state.requests.size >= maxGroupWaiting) return reject('GROUP_WAITING_FULL');
  return accept({ type: 'GroupJoinRequested', data: { groupId, playerId } });
}

function leave({ groupId, playerId }: LeaveGroup, state: OpenGroup): GroupDecision {
  const role = state.members.get(playerId);
  if (role === undefined) return reject('GROUP_MEMBER_NOT_FOUND');
  const left: GroupEvent = {
    type: 'GroupMemberLeft',
    data: { groupId, playerId, members: state.members.size - 1 },
  };
  if (state.members.size === 1) return accept<GroupEvent>(left, { type: 'GroupDissolved', data: { groupId } });
  const superadmins = [...state.members.values()].filter((each) => each === 'superadmin').length;
  if (role === 'superadmin' && superadmins === 1) return reject('GROUP_LAST_SUPERADMIN');
  return accept(left);
}

function answer({ groupId, playerId, by, accept: letsIn, maxMembers }: AnswerRequest, state: OpenGroup): GroupDecision {
  if (!isAdmin(state.members, by)) return reject('GROUP_ADMIN_ONLY');
  if (letsIn && state.members.has(playerId)) return accept();
  if (!state.requests.has(playerId)) return reject('GROUP_REQUEST_NOT_FOUND');
  if (letsIn) return letIn(groupId, playerId, state, maxMembers);
  return accept({ type: 'GroupJoinDeclined', data: { groupId, playerId, declinedBy: by } });
}

function invite({ groupId, playerId, by, expiresAt, now }: InviteToGroup, state: OpenGroup): GroupDecision {
  if (!isAdmin(state.members, by)) return reject('GROUP_ADMIN_ONLY');
  if (state.members.has(playerId)) return accept();
  if ((state.invites.get(playerId) ?? 0) > now) return accept();
  const open = [...state.invites.values()].filter((until) => until > now).length;
  if (open >= maxGroupWaiting) return reject('GROUP_WAITING_FULL');
  return accept({ type: 'GroupMemberInvited', data: { groupId, playerId, invitedBy: by, expiresAt } });
}

/** Whoever is sent away has a lower role than who does it; who only asked to join may be banned too. */
function kick({ groupId, playerId, by, ban }: KickFromGroup, state: OpenGroup): GroupDecision {
  if (!isAdmin(state.members, by)) return reject('GROUP_ADMIN_ONLY');
  if (state.banned.has(playerId)) return accept();
  const isMember = state.members.has(playerId);
  if (!isMember && !(ban && state.requests.has(playerId))) return reject('GROUP_MEMBER_NOT_FOUND');
  if (isMember && rankOf(state.members, playerId) >= rankOf(state.members, by)) return reject('GROUP_ADMIN_ONLY');
  const members = state.members.size - (isMember ? 1 : 0);
  return accept({ type: 'GroupMemberKicked', data: { groupId, playerId, members, kickedBy: by, banned: ban } });
}
