import { type GroupRole, groupRoles } from '../events/group.ts';
import type { PlayerId } from '../events/ids.ts';

type Members = ReadonlyMap<PlayerId, GroupRole>;

/** How high a player stands in a group: 0 = a member, -1 = nobody in it. */
export const rankOf = (members: Members, playerId: PlayerId): number => {
  const role = members.get(playerId);
  return role === undefined ? -1 : groupRoles.indexOf(role);
};

export const isAdmin = (members: Members, playerId: PlayerId): boolean => rankOf(members, playerId) >= 1;
export const isSuperadmin = (members: Members, playerId: PlayerId): boolean => rankOf(members, playerId) === 2;
