import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erasePersonalData, requestErasure } from '../../src/commands/erasure.ts';
import { changeGroupBy, findGroup } from '../../src/commands/group.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { enqueueTicket, findSeat } from '../../src/commands/matchmaking.ts';
import { createParty, findPartyOf, joinParty } from '../../src/commands/party.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { groupStream } from '../../src/events/group.ts';
import type { GroupId, PartyId, PlayerId, TicketId } from '../../src/events/ids.ts';
import { partyStream } from '../../src/events/party.ts';
import { groupEraser, groupsPerPage, partyEraser, ticketEraser } from '../../src/reactors/membership-erasure.ts';
import { type Eraser, personalDataErasure } from '../../src/reactors/personal-data-erasure.ts';
import { lateReactionTo } from '../../src/reactors/reactor.ts';
import {
  batches,
  commandOf,
  groups,
  holds,
  logOfPlayers,
  maxMembers,
  players,
  registerPlayers,
} from '../commands/group-steps.ts';
import { now, processOn, request, tenant } from '../commands/support.ts';
import { answering, dieEverywhere } from './deaths.ts';

const [ada, bob, eve] = players as [PlayerId, PlayerId, PlayerId];
const partyId = 'c0000000-0000-4000-8000-000000000000' as PartyId;
const rules = { sizes: { free: 4, silver: 4, gold: 4 }, maxTierGap: 2 };
const records = { deleteDataKey: async () => undefined, deleteStoredAnswers: async () => undefined };

/** Groups that a player has to do with, as the read model has them that holds everything: told from the log. */
async function groupsAround(log: EventLog, playerId: PlayerId): Promise<readonly GroupId[]> {
  const found = new Set<GroupId>();
  for (const groupId of groups)
    for (const { data } of (await log.read(groupStream(tenant, groupId))).events)
      if (data['playerId'] === playerId || data['creatorId'] === playerId) found.add(groupId);
  return [...found].sort();
}
const erasersOn = (process: CommandRuntime, log = process.log): readonly Eraser[] => [
  partyEraser(process),
  groupEraser(process, async ({ playerId }, { after, limit }) =>
    (await groupsAround(log, playerId)).filter((id) => after === null || id > after).slice(0, limit),
  ),
];
const told = async (log: EventLog, stream: Parameters<EventLog['read']>[0]) =>
  (await log.read(stream)).events.map(({ type, data }) => `${type} ${data['playerId'] ?? data['creatorId'] ?? ''}`);

/** Ada is the last superadmin of one group, alone in another, and asks to join a third; she leads a party. Her erasure is ordered. */
async function adaToBeErased(log: EventLog) {
  await registerPlayers(log);
  const process = processOn(log);
  const done = async (command: Parameters<typeof changeGroupBy>[1]) =>
    expect((await changeGroupBy(process, command, request())).outcome.ok).toBe(true);
  const make = (n: number, playerId: PlayerId, name: string, visibility: 'public' | 'private') =>
    done({ type: 'CreateGroup', groupId: groups[n]!, playerId, name, description: '', visibility });
  const join = (n: number, playerId: PlayerId) =>
    done({ type: 'JoinGroup', groupId: groups[n]!, playerId, maxMembers, now });
  await make(0, ada, 'Handed on', 'public');
  await join(0, bob);
  await make(1, ada, 'Alone', 'public');
  await make(2, eve, 'Closed', 'private');
  await join(2, ada);
  await createParty(process, { partyId, playerId: ada, inviteOnly: false }, request());
  await joinParty(process, { partyId, playerId: bob }, rules, request());
  await requestErasure(process, ada, request());
  await erasePersonalData({ ...process, records }, ada, request());
}

test('an erasure that dies at any call of the log is done again by two others, and each membership ends once', async () => {
  const work = answering((log) => {
    const process = processOn(log);
    return personalDataErasure({ ...process, records }, erasersOn(process));
  });
  const calls = await dieEverywhere(adaToBeErased, work, async (log, death) => {
    expect((await told(log, groupStream(tenant, groups[0]!))).slice(2), death).toEqual([
      `GroupRoleChanged ${bob}`,
      `GroupMemberLeft ${ada}`,
    ]);
    expect((await told(log, groupStream(tenant, groups[1]!))).slice(1), death).toEqual([
      `GroupMemberLeft ${ada}`,
      'GroupDissolved ',
    ]);
    expect((await told(log, groupStream(tenant, groups[2]!))).slice(2), death).toEqual([`GroupWaitingVoided ${ada}`]);
    const party = (await log.read(partyStream(tenant, partyId))).events.slice(2);
    expect(party.map(({ type }) => type)).toEqual(['PartyMemberLeft', 'PartyLeaderChanged']);
    const process = processOn(log);
    expect(await findPartyOf(process, tenant, ada)).toBeNull();
    const taken = { type: 'CreateGroup', groupId: 'b0000000-0000-4000-8000-000000000009' as GroupId } as const;
    const about = { name: 'Alone', description: '', visibility: 'public' } as const;
    const { outcome } = await changeGroupBy(process, { ...taken, ...about, playerId: eve }, request());
    expect(outcome.ok, `the name is free, ${death}`).toBe(true);
  });
  expect(calls).toBeGreaterThan(8);
});

test.each(['requested', 'done'])(
  'nobody whose erasure is %s makes a group, joins, asks, is let in or is invited',
  async (phase) => {
    const log = await logOfPlayers();
    const process = processOn(log);
    const about = { description: '', visibility: 'public' } as const;
    const run = async (command: Parameters<typeof changeGroupBy>[1]) => {
      const { outcome, events } = await changeGroupBy(processOn(log), command, request());
      return [outcome.ok ? 'ok' : outcome.code, events.length];
    };
    const [open, closed] = [groups[0]!, groups[1]!];
    await run({ type: 'CreateGroup', groupId: open, playerId: bob, name: 'Open', ...about });
    await run({ type: 'CreateGroup', groupId: closed, playerId: bob, name: 'Closed', ...about, visibility: 'private' });
    expect(await run({ type: 'JoinGroup', groupId: closed, playerId: ada, maxMembers, now })).toEqual(['ok', 1]);
    await requestErasure(process, ada, request());
    if (phase === 'done') await erasePersonalData({ ...process, records }, ada, request());

    const refused = ['PLAYER_NOT_FOUND', 0];
    expect(await run({ type: 'CreateGroup', groupId: groups[2]!, playerId: ada, name: 'New', ...about })).toEqual(
      refused,
    );
    expect(await run({ type: 'JoinGroup', groupId: open, playerId: ada, maxMembers, now })).toEqual(refused);
    expect(await run({ type: 'JoinGroup', groupId: closed, playerId: ada, maxMembers, now })).toEqual(refused);
    const answer = { type: 'AnswerRequest', groupId: closed, playerId: ada, by: bob, maxMembers } as const;
    expect(await run({ ...answer, accept: true })).toEqual(refused);
    const expiresAt = new Date(now + 60_000).toISOString();
    const invite = { type: 'InviteToGroup', groupId: open, playerId: ada, by: bob, expiresAt, now } as const;
    expect(await run(invite)).toEqual(refused);
    expect(await run({ ...answer, accept: false })).toEqual(['ok', 1]);
  },
);

/** Erases a player by one process, from the order to the last eraser. */
async function erase(process: CommandRuntime, playerId: PlayerId) {
  await requestErasure(process, playerId, request());
  await erasePersonalData({ ...process, records }, playerId, request());
  const reaction = lateReactionTo({ tenant, eventId: `erasure of ${playerId}` }, 'personal-data-erasure', now);
  for (const each of erasersOn(process)) await each.erase({ tenant, playerId }, reaction);
}

const erasures = fc.uniqueArray(fc.record({ batch: fc.nat(11), who: fc.nat(players.length - 1) }), {
  selector: ({ who }) => who,
  minLength: 1,
  maxLength: 3,
});

test('whatever members do at the same time on two processes, nobody is in a group or waits for one after their erasure', async () => {
  await fc.assert(
    fc.asyncProperty(batches, erasures, async (steps, ordered) => {
      const log = await logOfPlayers();
      const processes = [processOn(log), processOn(log)];
      const gone: PlayerId[] = [];
      for (const [at, batch] of steps.entries()) {
        const now = ordered.filter((each) => each.batch % steps.length === at).map(({ who }) => players[who]!);
        await Promise.all([
          ...batch.map((each, index) => changeGroupBy(processes[index % 2]!, commandOf(each), request())),
          ...now.flatMap((playerId) => processes.map((process) => erase(process, playerId))),
        ]);
        gone.push(...now);
        for (const groupId of groups) {
          await holds(log, groupId);
          const group = await findGroup(processOn(log), tenant, groupId);
          if (group.phase !== 'open') continue;
          const around = [...group.members.keys(), ...group.requests, ...group.invites.keys()];
          expect(around.filter((playerId) => gone.includes(playerId))).toEqual([]);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('whoever joins parties at the same time on two processes, a leader who is erased leaves theirs once and comes into no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }), async (joining) => {
      const log = await logOfPlayers();
      const processes = [processOn(log), processOn(log)];
      await createParty(processes[0]!, { partyId, playerId: ada, inviteOnly: false }, request());
      await Promise.all([
        ...joining.map((who, n) =>
          joinParty(processes[n % 2]!, { partyId, playerId: players[who]! }, rules, request()),
        ),
        ...processes.map((process) => erase(process, ada)),
        createParty(processes[1]!, { partyId: 'c1' as PartyId, playerId: ada, inviteOnly: false }, request()),
      ]);
      const process = processOn(log);
      expect(await findPartyOf(process, tenant, ada)).toBeNull();
      const history = (await log.read(partyStream(tenant, partyId))).events;
      const leaving = history.filter(({ type, data }) => type === 'PartyMemberLeft' && data['playerId'] === ada);
      expect(leaving).toHaveLength(1);
      expect(history.filter(({ type, data }) => type === 'PartyMemberJoined' && data['playerId'] === ada)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a player of many groups leaves them page by page, and the lease is kept in between', async () => {
  const log = await logOfPlayers();
  const process = processOn(log);
  const many = Array.from({ length: groupsPerPage + 1 }, (_, n) => {
    const digits = String(n).padStart(12, '0');
    return `d0000000-0000-4000-8000-${digits}` as GroupId;
  });
  for (const [n, groupId] of many.entries()) {
    const about = { name: `Group ${n}`, description: '', visibility: 'public' } as const;
    await changeGroupBy(process, { type: 'CreateGroup', groupId, playerId: ada, ...about }, request());
  }
  const asked: (GroupId | null)[] = [];
  let kept = 0;
  const eraser = groupEraser(process, async (_, { after, limit }) => {
    asked.push(after);
    return many.filter((id) => after === null || id > after).slice(0, limit);
  });
  await eraser.erase(
    { tenant, playerId: ada },
    {
      ...lateReactionTo({ tenant, eventId: 'erasure' }, 'personal-data-erasure', now),
      keep: async () => {
        kept += 1;
      },
    },
  );
  expect([asked, kept]).toEqual([[null, many[groupsPerPage - 1]], 1]);
  for (const groupId of many) expect((await findGroup(process, tenant, groupId)).phase).toBe('dissolved');
});

test('a ticket that an erased player waits with is taken back, and there is no new one, whatever a process remembers', async () => {
  const log = await logOfPlayers();
  const [process, elsewhere] = [processOn(log), processOn(log)];
  const enqueue = (at: CommandRuntime, n: number, playerId: PlayerId) =>
    enqueueTicket(
      at,
      {
        type: 'EnqueueTicket',
        ticketId: `d0000000-0000-4000-8000-00000000000${n}` as TicketId,
        playerId,
        playerIds: [playerId],
        partyId: null,
        skill: 1,
        modes: ['solo'],
        modesKnown: [{ name: 'solo', teamSize: 1 }],
        expiresAt: new Date(now + 60_000).toISOString(),
      },
      request(),
    );
  await enqueue(elsewhere, 1, ada);
  await enqueue(elsewhere, 2, bob);
  await requestErasure(process, ada, request());
  const reaction = lateReactionTo({ tenant, eventId: 'erasure' }, 'personal-data-erasure', now);
  for (const _ of ['once', 'again']) await ticketEraser(process).erase({ tenant, playerId: ada }, reaction);
  expect(await findSeat(process, tenant, ada, now)).toEqual({ phase: 'free' });
  expect((await findSeat(process, tenant, bob, now)).phase).toBe('queued');
  expect((await enqueue(elsewhere, 3, ada)).outcome).toEqual({ ok: false, code: 'PLAYER_NOT_FOUND' });
});
