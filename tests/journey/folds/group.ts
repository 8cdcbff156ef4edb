import { microsOf, type Stored } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

/** Who is in which group, by its id; counted, not as events say it. */
export function foldMembers(log: readonly Stored[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { type, data } of log) {
    if (type === 'GroupCreated') groups.set(data.groupId, new Set([data.creatorId]));
    if (type === 'GroupMemberJoined') groups.get(data.groupId)!.add(data.playerId);
    if (type === 'GroupMemberLeft' || type === 'GroupMemberKicked') groups.get(data.groupId)!.delete(data.playerId);
  }
  return groups;
}

const hexOf = (text: string): string => Buffer.from(text.toLowerCase(), 'utf8').toString('hex');
const nowhere = { role: null, since: null, requested_at: null, invited_by: null, invited_until: null };
const notWaiting = { requested_at: null, invited_by: null, invited_until: null };

/** Groups, and who is what to groups and parties. */
export const groups: Tables = {
  groups(log) {
    const rows = rowsBy('group_id');
    for (const { tenant, type, data } of log) {
      const row = { tenant, group_id: data.groupId };
      if (type === 'GroupCreated') {
        const { name, description, visibility } = data;
        rows.set({ ...row, place: hexOf(name), name, description, visibility });
      }
      if (type === 'GroupDescribed') rows.set({ ...row, description: data.description });
      if (type === 'GroupTierChanged') rows.set({ ...row, tier: data.tier });
      if (type === 'GroupDissolved') rows.set({ ...row, name: null });
    }
    for (const [group_id, { size }] of foldMembers(log)) rows.set({ group_id, members: size });
    return rows.all();
  },

  group_search: (log) =>
    log.flatMap(({ tenant, type, data }) =>
      type === 'GroupCreated'
        ? Array.from(data.name as string, (_, from) => ({
            tenant,
            group_id: data.groupId,
            suffix: hexOf((data.name as string).slice(from)),
          }))
        : [],
    ),

  memberships(log) {
    const rows = rowsBy('player_id', 'circle_id');
    for (const { tenant, type, data, at } of log) {
      const kind = data.groupId === undefined ? 'party' : 'group';
      const row = { tenant, kind, player_id: data.playerId, circle_id: data.groupId ?? data.partyId };
      const invited = () => ({ invited_by: data.invitedBy, invited_until: microsOf(data.expiresAt) });
      if (type === 'GroupCreated') rows.set({ ...row, player_id: data.creatorId, role: 'superadmin', since: at });
      if (type === 'GroupJoinRequested') rows.set({ ...row, requested_at: at });
      if (type === 'GroupJoinDeclined' || type === 'GroupWaitingVoided') rows.set({ ...row, ...notWaiting });
      if (type === 'GroupMemberInvited') rows.set({ ...row, requested_at: null, ...invited() });
      if (type === 'GroupMemberJoined') rows.set({ ...row, ...notWaiting, role: 'member', since: at });
      if (type === 'GroupRoleChanged') rows.set({ ...row, role: data.role });
      if (type === 'GroupMemberLeft' || type === 'GroupMemberKicked') rows.set({ ...row, ...nowhere });
      if (type === 'PartyMemberInvited') rows.set({ ...row, ...invited() });
      if (type === 'PartyMemberJoined' || type === 'PartyMemberKicked') rows.set({ ...row, ...notWaiting });
    }
    return rows.all();
  },

  membership_circles(log) {
    const rows = rowsBy('circle_id');
    for (const { tenant, type, data, at } of log) {
      if (type === 'GroupCreated') rows.set({ tenant, kind: 'group', circle_id: data.groupId, name: data.name });
      if (type === 'GroupDissolved') rows.set({ circle_id: data.groupId, ended_at: at });
      if (type === 'PartyDissolved') rows.set({ tenant, kind: 'party', circle_id: data.partyId, ended_at: at });
    }
    return rows.all();
  },
};
