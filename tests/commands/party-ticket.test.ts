import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { enqueueParty, enqueueTicket, findSeat, findTicket } from '../../src/commands/matchmaking.ts';
import { createParty, departFromParty, joinParty } from '../../src/commands/party.ts';
import { startMatch } from '../../src/commands/start-match.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import type { MatchId, PartyId, PlayerId, TicketId } from '../../src/events/ids.ts';
import { partyTickets } from '../../src/reactors/party-tickets.ts';
import { eventsOf } from '../reactors/counting.ts';
import { answering, dieEverywhere } from '../reactors/deaths.ts';
import { logOfPlayers, players, registerPlayers } from './group-steps.ts';
import { intercepted, now, processOn, request, tenant } from './support.ts';

const [ada, bob, eve, dan] = players as [PlayerId, PlayerId, PlayerId, PlayerId];
const partyId = 'c0000000-0000-4000-8000-000000000000' as PartyId;
const rules = { sizes: { free: 4, silver: 4, gold: 4 }, maxTierGap: 2 };
const idOf = (kind: string, n: number) => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ticket = (n: number) => idOf('d', n) as TicketId;
const until = (ms: number) => new Date(now + ms).toISOString();
const wish = (id: number, playerId: PlayerId) =>
  ({
    type: 'EnqueueTicket',
    ticketId: ticket(id),
    playerId,
    skill: 1000,
    modes: ['duo'],
    modesKnown: [{ name: 'duo', teamSize: 4 }],
    expiresAt: until(60_000),
  }) as const;

const queueParty = (runtime: CommandRuntime, id: number, by: PlayerId) =>
  enqueueParty(runtime, { ...wish(id, by), partyId }, request());
const queueAlone = (runtime: CommandRuntime, id: number, playerId: PlayerId) =>
  enqueueTicket(runtime, { ...wish(id, playerId), playerIds: [playerId], partyId: null }, request());
const leave = (runtime: CommandRuntime, playerId: PlayerId) =>
  departFromParty(runtime, { type: 'LeaveParty', partyId, playerId }, request());
const kick = (runtime: CommandRuntime, playerId: PlayerId) =>
  departFromParty(runtime, { type: 'KickFromParty', partyId, playerId, kickedBy: ada }, request());
const join = (runtime: CommandRuntime, playerId: PlayerId) =>
  joinParty(runtime, { partyId, playerId }, rules, request());
const found = async (runtime: CommandRuntime) => {
  await createParty(runtime, { partyId, playerId: ada, inviteOnly: false }, request());
  await join(runtime, bob);
};
type Side = readonly [id: number, playerIds: readonly PlayerId[]];
const start = (runtime: CommandRuntime, id: number, sides: readonly Side[]) =>
  startMatch(
    runtime,
    {
      matchId: idOf('e', id) as MatchId,
      mode: 'duo',
      teams: sides.map(([ticketId, playerIds]) => [{ ticketId: ticket(ticketId), playerIds }]),
      endsBy: until(1_800_000),
    },
    request(),
  );
const tidyUp = answering((log) => partyTickets(processOn(log)));

let log: EventLog;
let here: CommandRuntime;
beforeEach(async () => {
  log = await logOfPlayers();
  here = processOn(log);
});

test.each([
  ['left', leave],
  ['was sent away', kick],
])('no match is made with a ticket of whose party somebody %s, not even while that happens', async (_, depart) => {
  await found(here);
  await queueParty(here, 1, ada);
  await queueAlone(here, 2, eve);
  let isFirst = true;
  const late = intercepted(log, {
    append: async (append) => {
      if (isFirst) {
        isFirst = false;
        await depart(processOn(log), bob);
      }
      return log.append(append);
    },
  });
  const { outcome } = await start(processOn(late), 1, [
    [1, [ada, bob]],
    [2, [eve]],
  ]);
  expect(outcome).toEqual({ ok: false, code: 'TICKET_NOT_OPEN' });
  expect(await eventsOf(log, 'MatchStarted')).toEqual([]);
});

test('a match of a party whose members stayed starts, and who comes later is not in it', async () => {
  await found(here);
  await queueParty(here, 1, ada);
  await join(here, dan);
  await queueAlone(here, 2, eve);
  const { outcome } = await start(processOn(log), 1, [
    [1, [ada, bob]],
    [2, [eve]],
  ]);
  expect(outcome.ok).toBe(true);
  expect(await findSeat(here, tenant, dan, now)).toEqual({ phase: 'free' });
});

test('a ticket is taken back once when somebody of its party goes, whenever a process dies', async () => {
  const calls = await dieEverywhere(
    async (empty) => {
      await registerPlayers(empty);
      await found(processOn(empty));
      await queueParty(processOn(empty), 1, bob);
      await kick(processOn(empty), bob);
    },
    tidyUp,
    async (finished, death) => {
      expect(await eventsOf(finished, 'TicketCancelled'), death).toHaveLength(1);
      for (const playerId of [ada, bob])
        expect(await findSeat(processOn(finished), tenant, playerId, now), death).toEqual({ phase: 'free' });
    },
  );
  expect(calls).toBeGreaterThan(4);
});

test('nothing is taken back of who plays already, waits alone, waits for another party, or is back', async () => {
  await found(here);
  await join(here, eve);
  await queueParty(here, 1, ada);
  await leave(here, eve);
  await join(here, eve); // back, before anybody heard
  await tidyUp(log);
  expect((await findTicket(here, tenant, ticket(1), eve, now))?.status).toBe('queued');

  await queueAlone(here, 2, dan);
  await start(here, 1, [
    [1, [ada, bob, eve]],
    [2, [dan]],
  ]);
  await leave(here, eve);
  await tidyUp(log);
  expect((await findTicket(here, tenant, ticket(1), eve, now))?.status).toBe('matched');

  const other = processOn(await logOfPlayers());
  await found(other);
  await leave(other, bob);
  await queueAlone(other, 3, bob);
  await tidyUp(other.log);
  expect((await findTicket(other, tenant, ticket(3), bob, now))?.status).toBe('queued');
});

const step = fc.record({
  kind: fc.constantFrom('join', 'leave', 'kick', 'queue', 'queue', 'alone', 'alone', 'match', 'match', 'match', 'tidy'),
  who: fc.nat(players.length - 1),
  at: fc.nat(1),
  one: fc.nat(9),
  other: fc.nat(9),
});

test('whoever comes and goes, by whatever a process remembers, a match has no player who is not in the party of their ticket, and nobody stays behind with one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const common = await logOfPlayers();
      const processes = [processOn(common), processOn(common)];
      await found(processes[0]!);
      const members = new Set([ada, bob]);
      let matches = 0;
      const made: { readonly ofParty: boolean; readonly playerIds: readonly PlayerId[] }[] = [];
      for (const { kind, who, at, one, other } of steps) {
        const runtime = processes[at]!;
        const playerId = players[who]!;
        switch (kind) {
          case 'join':
            if ((await join(runtime, playerId)).outcome.ok) members.add(playerId);
            break;
          case 'leave':
            // ada stays, so that there is a party
            if (playerId !== ada && (await leave(runtime, playerId)).outcome.ok) members.delete(playerId);
            break;
          case 'kick':
            if ((await kick(runtime, playerId)).outcome.ok) members.delete(playerId);
            break;
          case 'queue': {
            const { outcome } = await queueParty(runtime, made.length, playerId);
            const playerIds = [playerId, ...[...members].filter((member) => member !== playerId)];
            if (outcome.ok) made.push({ ofParty: true, playerIds });
            break;
          }
          case 'alone':
            if ((await queueAlone(runtime, made.length, playerId)).outcome.ok)
              made.push({ ofParty: false, playerIds: [playerId] });
            break;
          case 'match': {
            const [a, b] = [made.at(-1 - (one % 3)), made.at(-1 - (other % 3))]; // the newest: others are closed
            if (a === undefined || b === undefined || a === b) break;
            const sides = [a, b].map((side) => [made.indexOf(side), side.playerIds] as const);
            const { outcome } = await start(runtime, matches++, sides);
            const strangers = [a, b]
              .filter(({ ofParty }) => ofParty)
              .flatMap((side) => side.playerIds.filter((id) => !members.has(id)));
            if (outcome.ok) expect(strangers).toEqual([]);
            break;
          }
          case 'tidy':
            await tidyUp(common);
        }
      }
      await tidyUp(common);
      for (const playerId of players) {
        const seat = await findSeat(processOn(common), tenant, playerId, now);
        if (seat.phase !== 'queued') continue;
        const { ofParty, playerIds } = made[Number(seat.ticketId.slice(-12))]!;
        if (ofParty) expect(playerIds.filter((id) => !members.has(id))).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});
