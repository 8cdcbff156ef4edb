import type { GroupEvent } from '../events/group.ts';
import type { PlayerId } from '../events/ids.ts';
import { accept } from './decider.ts';
import { isSuperadmin, rankOf } from './group-roles.ts';
import type { Group, GroupDecision, OpenGroup, RemoveErased } from './group-state.ts';

/** Takes a player out of a group whose account is erased, and never refuses. Of a last superadmin, the highest of the others has the role
 *  then, of several the longest member; whoever was alone ends the group. What the player asked for, or was invited to, is void. */
export function removeErased({ groupId, playerId }: RemoveErased, state: Group): GroupDecision {
  if (state.phase !== 'open') return accept();
  if (!state.members.has(playerId)) {
    const waits = state.requests.has(playerId) || state.invites.has(playerId);
    return waits ? accept({ type: 'GroupWaitingVoided', data: { groupId, playerId } }) : accept();
  }
  const left: GroupEvent = { type: 'GroupMemberLeft', data: { groupId, playerId, members: state.members.size - 1 } };
  const others = [...state.members.keys()].filter((each) => each !== playerId);
  const heir = highestOf(others, state);
  if (heir === undefined) return accept<GroupEvent>(left, { type: 'GroupDissolved', data: { groupId } });
  if (isSuperadmin(state.members, heir)) return accept(left);
  return accept<GroupEvent>(
    { type: 'GroupRoleChanged', data: { groupId, playerId: heir, role: 'superadmin', changedBy: playerId } },
    left,
  );
}

/** @param candidates the longest first */
const highestOf = (candidates: readonly PlayerId[], { members }: OpenGroup): PlayerId | undefined =>
  candidates.reduce<PlayerId | undefined>(
    (best, each) => (best === undefined || rankOf(members, each) > rankOf(members, best) ? each : best),
    undefined,
  );
