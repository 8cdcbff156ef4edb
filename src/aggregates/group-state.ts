import type { GroupEvent, GroupRole, Visibility } from '../events/group.ts';
import type { GroupId, PlayerId } from '../events/ids.ts';
import type { Decision } from './decider.ts';

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
/** Of a player whose account is erased. */
export type RemoveErased = Of<'RemoveErased'>;
export type GroupCommand =
  | CreateGroup
  | ChangeGroup
  | JoinGroup
  | LeaveGroup
  | AnswerRequest
  | InviteToGroup
  | KickFromGroup
  | RemoveErased;
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
