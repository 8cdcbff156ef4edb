import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createParty, departFromParty, findPartyOf, inviteToParty, joinParty } from '../../src/commands/party.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import type { PartyId, PlayerId } from '../../src/events/ids.ts';
import { partyStream } from '../../src/events/party.ts';
import { now, openLog, processOn, register, request, tenant } from './support.ts';

const size = 3;
const rules = { sizes: { free: size, silver: size, gold: size }, maxTierGap: 2 };
const id = (kind: string, n: number) => `${kind}0000000-0000-4000-8000-00000000000${n}`;
const players = [0, 1, 2, 3, 4, 5].map((n) => id('a', n) as PlayerId);
const parties = [0, 1, 2].map((n) => id('b', n) as PartyId);

type Step = {
  kind: 'create' | 'invite' | 'join' | 'leave' | 'kick';
  who: number;
  whom: number;
  at: number;
  open: boolean;
};
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('create', 'invite', 'join', 'join', 'join', 'leave', 'kick'),
  who: fc.nat(players.length - 1),
  whom: fc.nat(players.length - 1),
  at: fc.nat(parties.length - 1),
  open: fc.boolean(),
});
/** Steps of one batch run at once, on two processes in turn. */
const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });

const registered = (): Promise<EventLog> => register(openLog(), players);

function run(process: ReturnType<typeof processOn>, { kind, who, whom, at, open }: Step) {
  const [partyId, playerId, other] = [parties[at]!, players[who]!, players[whom]!];
  switch (kind) {
    case 'create':
      return createParty(process, { partyId, playerId, inviteOnly: !open }, request());
    case 'invite': {
      const expiresAt = new Date(now + 60_000).toISOString();
      return inviteToParty(process, { partyId, playerId: other, invitedBy: playerId, expiresAt }, rules, request());
    }
    case 'join':
      return joinParty(process, { partyId, playerId }, rules, request());
    case 'leave':
      return departFromParty(process, { type: 'LeaveParty', partyId, playerId }, request());
    case 'kick':
      return departFromParty(
        process,
        { type: 'KickFromParty', partyId, playerId: other, kickedBy: playerId },
        request(),
      );
  }
}

/** What the log says of a party, read without the code under test. @property sizes after each event */
async function told(log: EventLog, partyId: PartyId) {
  const members: string[] = [];
  const sizes: number[] = [];
  let leader: unknown = null;
  for (const { type, data } of (await log.read(partyStream(tenant, partyId))).events) {
    if (type === 'PartyCreated' || type === 'PartyLeaderChanged') leader = data['leaderId'];
    if (type === 'PartyCreated') members.push(String(leader));
    if (type === 'PartyMemberJoined') members.push(String(data['playerId']));
    if (type === 'PartyMemberLeft' || type === 'PartyMemberKicked')
      members.splice(members.indexOf(String(data['playerId'])), 1);
    if (type === 'PartyDissolved') leader = null;
    sizes.push(members.length);
  }
  return { members, sizes, leader };
}

test('however members of several parties come and go on two processes, no party is too large, nobody is in two, and the leader is a member', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (steps) => {
      const log = await registered();
      const processes = [processOn(log), processOn(log)];
      for (const batch of steps) {
        await Promise.all(batch.map((each, index) => run(processes[index % 2]!, each)));
        const all = await Promise.all(parties.map((partyId) => told(log, partyId)));
        for (const { members, sizes, leader } of all) {
          expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(size);
          if (members.length > 0) expect(members).toContain(leader);
          else expect(leader).toBeNull();
        }
        const everybody = all.flatMap(({ members }) => members);
        expect(new Set(everybody).size).toBe(everybody.length);
        for (const playerId of players) {
          const own = parties.filter((_, index) => all[index]?.members.includes(playerId));
          expect([await findPartyOf(processes[0]!, tenant, playerId)]).toEqual([own[0] ?? null]);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('of many who join a party at once on two processes, as many get in as there is room', async () => {
  const log = await registered();
  const processes = [processOn(log), processOn(log)];
  const [partyId, leader] = [parties[0]!, players[0]!];
  await createParty(processes[0]!, { partyId, playerId: leader, inviteOnly: false }, request());
  const outcomes = await Promise.all(
    players.slice(1).map((playerId, n) => joinParty(processes[n % 2]!, { partyId, playerId }, rules, request())),
  );
  expect(outcomes.filter(({ outcome }) => outcome.ok)).toHaveLength(size - 1);
  for (const { outcome } of outcomes) if (!outcome.ok) expect(outcome.code).toBe('PARTY_FULL');
});

test('of many parties that a player joins at once, one gets the player', async () => {
  const log = await registered();
  const processes = [processOn(log), processOn(log)];
  for (const [n, partyId] of parties.entries())
    await createParty(processes[0]!, { partyId, playerId: players[n]!, inviteOnly: false }, request());
  const outcomes = await Promise.all(
    parties.map((partyId, n) => joinParty(processes[n % 2]!, { partyId, playerId: players[5]! }, rules, request())),
  );
  expect(outcomes.filter(({ outcome }) => outcome.ok)).toHaveLength(1);
  for (const { outcome } of outcomes) if (!outcome.ok) expect(outcome.code).toBe('ALREADY_IN_PARTY');
});
