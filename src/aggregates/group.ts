import type { GroupEvent, GroupRole, Visibility } from '../events/group.ts';
import type { GroupId, PlayerId } from '../events/ids.ts';
import { accept, type Decider, type Decision, reject } from './decider.ts';
import { changeGroup } from './group-change.ts';
import { isAdmin, rankOf } from './group-roles.ts';

/** Players who belong together.
 *  @property members  with their roles, the longest first
 *  @property requests who asks to be let in; @property invites until when the invited may join, ms since 1970 */
export type OpenGroup = {
  readonly phase: 'open';
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly tier: string | null;
  readonly members: ReadonlyMap<PlayerId, GroupRole>;
  readonly requests: ReadonlySet<PlayerId>;
  readonly invites: ReadonlyMap<PlayerId, number>;
  readonly banned: ReadonlySet<PlayerId>;
};
export type Group = { readonly phase: 'absent' | 'dissolved' } | OpenGroup;

/** Requests, and invitations, of one group that may be open at once. */
export const maxGroupWaiting = 200;

type Of<Type extends string> = { readonly type: Type; readonly groupId: GroupId; readonly playerId: PlayerId };
export type CreateGroup = Of<'CreateGroup'> & {
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
};
/** @property playerId who changes it; fields left out stay */
export type ChangeGroup = Of<'ChangeGroup'> & {
  readonly description?: string | undefined;
  readonly tier?: string | undefined;
  readonly roles: readonly { readonly playerId: PlayerId; readonly role: GroupRole }[];
};
/** @property now ms since 1970 */
export type JoinGroup = Of<'JoinGroup'> & { readonly maxMembers: number; readonly now: number };
export type LeaveGroup = Of<'LeaveGroup'>;
/** @property playerId whose request it is */
export type AnswerRequest = Of<'AnswerRequest'> & {
  readonly by: PlayerId;
  readonly accept: boolean;
  readonly maxMembers: number;
};
/** @property expiresAt RFC 3339 UTC; @property now ms since 1970 */
export type InviteToGroup = Of<'InviteToGroup'> & {
  readonly by: PlayerId;
  readonly expiresAt: string;
  readonly now: number;
};
export type KickFromGroup = Of<'KickFromGroup'> & { readonly by: PlayerId; readonly ban: boolean };
export type GroupCommand =
  | CreateGroup
  | ChangeGroup
  | JoinGroup
  | LeaveGroup
  | AnswerRequest
  | InviteToGroup
  | KickFromGroup;
export type GroupRejection =
  | 'GROUP_EXISTS'
  | 'GROUP_NOT_FOUND'
  | 'GROUP_FULL'
  | 'GROUP_BANNED'
  | 'GROUP_ADMIN_ONLY'
  | 'GROUP_LAST_SUPERADMIN'
  | 'GROUP_MEMBER_NOT_FOUND'
  | 'GROUP_REQUEST_NOT_FOUND'
  | 'GROUP_WAITING_FULL';
export type GroupDecision = Decision<GroupEvent, GroupRejection>;

/** The group after an event. */
export function evolveGroup(state: Group, { type, data }: GroupEvent): Group {
  if (type === 'GroupCreated') {
    const { name, description, visibility, creatorId } = data;
    return {
      phase: 'open',
      name,
      description,
      visibility,
      tier: null,
      members: new Map([[creatorId, 'superadmin']]),
      requests: new Set(),
      invites: new Map(),
      banned: new Set(),
    };
  }
  if (state.phase !== 'open') return state;
  switch (type) {
    case 'GroupDescribed':
      return { ...state, description: data.description };
    case 'GroupTierChanged':
      return { ...state, tier: data.tier };
    case 'GroupDissolved':
      return { phase: 'dissolved' };
    case 'GroupRoleChanged':
      return { ...state, members: new Map(state.members).set(data.playerId, data.role) };
  }
  const { playerId } = data;
  const members = new Map(state.members);
  const requests = new Set(state.requests);
  const invites = new Map(state.invites);
  const banned = new Set(state.banned);
  requests.delete(playerId);
  if (type === 'GroupJoinRequested') requests.add(playerId);
  if (type === 'GroupMemberInvited') invites.set(playerId, Date.parse(data.expiresAt));
  else if (type !== 'GroupJoinRequested') invites.delete(playerId);
  if (type === 'GroupMemberInvited') banned.delete(playerId);
  if (type === 'GroupMemberJoined') members.set(playerId, 'member');
  if (type === 'GroupMemberLeft' || type === 'GroupMemberKicked') members.delete(playerId);
  if (type === 'GroupMemberKicked' && data['banned']) banned.add(playerId);
  return { ...state, members, requests, invites, banned };
}

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
