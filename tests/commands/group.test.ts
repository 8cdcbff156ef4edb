import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GroupCommand } from '../../src/aggregates/group-state.ts';
import { changeGroupBy } from '../../src/commands/group.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import { groupRoles, groupStream } from '../../src/events/group.ts';
import type { GroupId, PlayerId } from '../../src/events/ids.ts';
import { now, openLog, processOn, request, tenant } from './support.ts';

const maxMembers = 3;
const id = (kind: string, n: number) => `${kind}0000000-0000-4000-8000-00000000000${n}`;
const players = [0, 1, 2, 3, 4].map((n) => id('a', n) as PlayerId);
const groups = [0, 1, 2].map((n) => id('b', n) as GroupId);
const names = ['Night Owls', 'night  owls', 'Early Birds'];

const step = fc.record({
  kind: fc.constantFrom('create', 'join', 'join', 'leave', 'accept', 'kick', 'role', 'role'),
  who: fc.nat(players.length - 1),
  whom: fc.nat(players.length - 1),
  at: fc.nat(groups.length - 1),
  role: fc.constantFrom(...groupRoles),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
/** Steps of one batch run at once, on two processes in turn. */
const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });

function commandOf({ kind, who, whom, at, role, flag }: Step): GroupCommand {
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
async function holds(log: EventLog, groupId: GroupId): Promise<boolean> {
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

test('however members of groups come, go and change roles on two processes, each group counts its members, has a superadmin, is not too large, and its name alone', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (steps) => {
      const log = openLog();
      const processes = [processOn(log), processOn(log)];
      for (const batch of steps) {
        await Promise.all(batch.map((each, index) => changeGroupBy(processes[index % 2]!, commandOf(each), request())));
        const [owls, alsoOwls] = await Promise.all(groups.map((groupId) => holds(log, groupId)));
        expect(owls && alsoOwls).toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});

test('of many who take one name at once, one gets it, and it is free when the group has ended', async () => {
  const log = openLog();
  const processes = [processOn(log), processOn(log)];
  const make = (n: number, name: string) =>
    changeGroupBy(
      processes[n % 2]!,
      { type: 'CreateGroup', groupId: groups[n]!, playerId: players[n]!, name, description: '', visibility: 'public' },
      request(),
    );
  const made = await Promise.all([make(0, 'Night Owls'), make(1, 'NIGHT OWLS'), make(2, 'night owls')]);
  const winner = made.findIndex(({ outcome }) => outcome.ok);
  const codes = made.map(({ outcome }) => (outcome.ok ? 'made' : outcome.code)).sort();
  expect(codes).toEqual(['GROUP_NAME_TAKEN', 'GROUP_NAME_TAKEN', 'made']);
  const leave = { type: 'LeaveGroup', groupId: groups[winner]!, playerId: players[winner]! } as const;
  expect((await changeGroupBy(processes[0]!, leave, request())).outcome.ok).toBe(true);
  expect((await make((winner + 1) % 3, 'Night Owls')).outcome.ok).toBe(true);
});
