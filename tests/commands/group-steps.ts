import fc from 'fast-check';
import { expect } from 'vitest';
import type { changeGroupBy } from '../../src/commands/group.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import { groupRoles, groupStream } from '../../src/events/group.ts';
import type { GroupId, PlayerId } from '../../src/events/ids.ts';
import { now, openLog, register, tenant } from './support.ts';

/** Steps of players and groups, for model tests on one log. */

export const maxMembers = 3;
const id = (kind: string, n: number) => `${kind}0000000-0000-4000-8000-00000000000${n}`;
export const players = [0, 1, 2, 3, 4].map((n) => id('a', n) as PlayerId);
export const groups = [0, 1, 2].map((n) => id('b', n) as GroupId);
export const names = ['Night Owls', 'night  owls', 'Early Birds'];

export const step = fc.record({
  kind: fc.constantFrom('create', 'join', 'join', 'leave', 'accept', 'kick', 'role', 'role'),
  who: fc.nat(players.length - 1),
  whom: fc.nat(players.length - 1),
  at: fc.nat(groups.length - 1),
  role: fc.constantFrom(...groupRoles),
  flag: fc.boolean(),
});
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
/** Steps of one batch run at once, on two processes in turn. */
export const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });

export function commandOf({ kind, who, whom, at, role, flag }: Step): Parameters<typeof changeGroupBy>[1] {
  const groupId = groups[at]!;
  const by = players[who]!;
  const playerId = players[whom]!;
  switch (kind) {
    case 'create':
      return {
        type: 'CreateGroup',
        groupId,
        playerId: by,
        name: names[at]!,
        description: '',
        visibility: flag ? 'public' : 'private',
      };
    case 'join':
      return { type: 'JoinGroup', groupId, playerId: by, maxMembers, now };
    case 'leave':
      return { type: 'LeaveGroup', groupId, playerId: by };
    case 'accept':
      return { type: 'AnswerRequest', groupId, playerId, by, accept: flag, maxMembers };
    case 'kick':
      return { type: 'KickFromGroup', groupId, playerId, by, ban: flag };
    default:
      return { type: 'ChangeGroup', groupId, playerId: by, roles: [{ playerId, role }] };
  }
}

/** Checks a group's history without the code under test. @returns whether the group is there */
export async function holds(log: EventLog, groupId: GroupId): Promise<boolean> {
  const roles = new Map<string, string>();
  const { events } = await log.read(groupStream(tenant, groupId));
  let isOpen = false;
  for (const [index, { type, data, position }] of events.entries()) {
    const who = String(data['playerId'] ?? data['creatorId']);
    if (type === 'GroupCreated') {
      isOpen = true;
      roles.set(who, 'superadmin');
    }
    if (type === 'GroupMemberJoined') {
      expect(roles.has(who)).toBe(false);
      roles.set(who, 'member');
    }
    if (type === 'GroupMemberLeft' || type === 'GroupMemberKicked') roles.delete(who);
    if (type === 'GroupRoleChanged') {
      expect(roles.has(who)).toBe(true);
      roles.set(who, String(data['role']));
    }
    if (type === 'GroupDissolved') isOpen = false;
    if (data['members'] !== undefined) expect(data['members']).toBe(roles.size);
    expect(roles.size).toBeLessThanOrEqual(maxMembers);
    // events of one command follow one another; the group is whole after the last of them
    const next = events[index + 1];
    if (next === undefined || next.position !== position + 1n)
      expect([isOpen, [...roles.values()].includes('superadmin')]).toEqual([isOpen, isOpen]);
  }
  expect(isOpen).toBe(roles.size > 0);
  return isOpen;
}

/** Registers the players. */
export const registerPlayers = (log: EventLog): Promise<EventLog> => register(log, players);

/** A log that knows the players. */
export const logOfPlayers = (): Promise<EventLog> => registerPlayers(openLog());
