import type { GroupEvent } from '../events/group.ts';
import { accept, reject } from './decider.ts';
import { isAdmin, isSuperadmin } from './group-roles.ts';
import type { ChangeGroup, GroupDecision, OpenGroup } from './group-state.ts';

/** Changes what admins may change; roles one after another. Only superadmins make superadmins or take that role away, and one is
 *  always left. */
export function changeGroup(
  { groupId, playerId, description, tier, roles }: ChangeGroup,
  state: OpenGroup,
): GroupDecision {
  if (!isAdmin(state.members, playerId)) return reject('GROUP_ADMIN_ONLY');
  const events: GroupEvent[] = [];
  if (description !== undefined && description !== state.description)
    events.push({ type: 'GroupDescribed', data: { groupId, description } });
  if (tier !== undefined && tier !== state.tier) events.push({ type: 'GroupTierChanged', data: { groupId, tier } });
  const after = new Map(state.members);
  for (const { playerId: whom, role } of roles) {
    const before = after.get(whom);
    if (before === undefined) return reject('GROUP_MEMBER_NOT_FOUND');
    if (before === role) continue;
    if ((role === 'superadmin' || before === 'superadmin') && !isSuperadmin(state.members, playerId))
      return reject('GROUP_ADMIN_ONLY');
    after.set(whom, role);
    events.push({ type: 'GroupRoleChanged', data: { groupId, playerId: whom, role, changedBy: playerId } });
  }
  if (![...after.values()].includes('superadmin')) return reject('GROUP_LAST_SUPERADMIN');
  return accept(...events);
}
