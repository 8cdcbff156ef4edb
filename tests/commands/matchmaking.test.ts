import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { battleMatch } from '../../src/aggregates/battle-match.ts';
import { matchmakingTicket } from '../../src/aggregates/matchmaking-ticket.ts';
import { party } from '../../src/aggregates/party.ts';
import { rating } from '../../src/aggregates/rating.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { endAtDeadline, playCommand } from '../../src/commands/match.ts';
import {
  cancelTicket,
  enqueueParty,
  enqueueTicket,
  expireTicket,
  findSeat,
  findTicket,
} from '../../src/commands/matchmaking.ts';
import { rateMatch } from '../../src/commands/rating.ts';
import { startMatch } from '../../src/commands/start-match.ts';
import { loadState, using } from '../../src/commands/stream-use.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import { matchStream } from '../../src/events/battle-match.ts';
import { parseEventAs } from '../../src/events/catalogue.ts';
import type { JsonObject } from '../../src/events/envelope.ts';
import type { MatchId, PartyId, PlayerId, TicketId } from '../../src/events/ids.ts';
import { type MatchmakingTicketEvent, ticketStream } from '../../src/events/matchmaking-ticket.ts';
import { partyStream } from '../../src/events/party.ts';
import { ratingStream } from '../../src/events/rating.ts';
import { openskill } from '../../src/matchmaking/openskill.ts';
import { intercepted, now, openLog, processOn, register, request, tenant } from './support.ts';

const idOf = (kind: string, n: number) => `${kind.padStart(8, '0')}-0000-4000-8000-${`${n}`.padStart(12, '0')}`;
const player = (n: number) => idOf('a', n) as PlayerId;
const ticket = (n: number) => idOf('b', n) as TicketId;
const match = (n: number) => idOf('c', n) as MatchId;
const until = (ms: number) => new Date(now + ms).toISOString();
const everybody = [0, 1, 2, 3, 4, 5, 9].map(player);
const modesKnown = [{ name: 'solo', teamSize: 2 }];

let log: EventLog;
let here: CommandRuntime;
let elsewhere: CommandRuntime;
beforeEach(async () => {
  log = await register(openLog(), everybody);
  [here, elsewhere] = [processOn(log), processOn(log)];
});

const enqueue = (runtime: CommandRuntime, id: number, players: readonly number[], at = now) =>
  enqueueTicket(
    runtime,
    {
      type: 'EnqueueTicket',
      ticketId: ticket(id),
      playerId: player(players[0]!),
      playerIds: players.map(player),
      partyId: null,
      skill: 1000,
      modes: ['solo'],
      modesKnown,
      expiresAt: new Date(at + 60_000).toISOString(),
    },
    request({ now: at }),
  );
const start = (
  runtime: CommandRuntime,
  id: number,
  teams: readonly (readonly [number, readonly number[]])[],
  at = now,
) =>
  startMatch(
    runtime,
    {
      matchId: match(id),
      mode: 'solo',
      teams: teams.map(([ticketId, players]) => [{ ticketId: ticket(ticketId), playerIds: players.map(player) }]),
      endsBy: until(1_800_000),
    },
    request({ now: at }),
  );
const cancel = (runtime: CommandRuntime, id: number, by: number) =>
  cancelTicket(runtime, { ticketId: ticket(id), by: player(by) }, request());
const send = (runtime: CommandRuntime, id: number, by: number, command: string) =>
  playCommand(
    runtime,
    { type: 'PlayCommand', matchId: match(id), playerId: player(by), command, payload: {}, now },
    request(),
  );
const codeOf = async (handled: Promise<{ outcome: { ok: boolean; code?: string } }>) => (await handled).outcome.code;
const seatOf = (n: number, at = now) => findSeat(here, tenant, player(n), at);

describe('a ticket', () => {
  test('takes the seats of all its players, or of none', async () => {
    await enqueue(here, 1, [1]);
    expect(await codeOf(enqueue(elsewhere, 2, [2, 1]))).toBe('ALREADY_QUEUED');
    expect(await seatOf(2)).toEqual({ phase: 'free' });
    expect(await findTicket(here, tenant, ticket(2), player(2), now)).toBeNull();
  });

  test('gives the seats back when it is cancelled, also by a process that knew them before', async () => {
    await seatOf(2);
    await loadState(elsewhere.log, elsewhere.states, using(matchmakingTicket, ticketStream(tenant, ticket(1))));
    await findSeat(elsewhere, tenant, player(2), now);
    await enqueue(here, 1, [1, 2]);
    expect((await cancel(elsewhere, 1, 2)).outcome.ok).toBe(true);
    expect([await seatOf(1), await seatOf(2)]).toEqual([{ phase: 'free' }, { phase: 'free' }]);
    expect((await enqueue(here, 2, [2])).outcome.ok).toBe(true);
  });

  test('gives the seats back when its time is over, not before', async () => {
    await enqueue(here, 1, [1]);
    await expireTicket(elsewhere, ticket(1), request({ now: now + 59_999 }));
    expect(await seatOf(1)).toMatchObject({ phase: 'queued' });
    await expireTicket(elsewhere, ticket(1), request({ now: now + 60_000 }));
    expect(await seatOf(1)).toEqual({ phase: 'free' });
  });

  test('whose player queued anew after its time is not matched any more, whoever still thinks so', async () => {
    await enqueue(here, 1, [1]);
    await enqueue(here, 2, [2]);
    const late = now + 60_000;
    expect((await enqueue(elsewhere, 3, [1], late)).outcome.ok).toBe(true);
    expect(
      await codeOf(
        start(
          here,
          1,
          [
            [1, [1]],
            [2, [2]],
          ],
          late - 1,
        ),
      ),
    ).toBe('TICKET_NOT_OPEN');
  });
});

describe('a party', () => {
  const partyId = idOf('d', 1) as PartyId;
  const member = (n: number) => ({ partyId, playerId: player(n) });
  const change = (version: bigint, type: string, data: JsonObject) =>
    log.append({
      tenant,
      streams: [{ streamId: partyStream(tenant, partyId), expectedVersion: version, events: [{ type, data }] }],
    });
  const queue = (runtime: CommandRuntime, id: number, by = 1) =>
    enqueueParty(
      runtime,
      {
        type: 'EnqueueTicket',
        ticketId: ticket(id),
        playerId: player(by),
        partyId,
        skill: 1000,
        modes: ['solo'],
        modesKnown,
        expiresAt: until(60_000),
      },
      request(),
    );
  beforeEach(async () => {
    await change(0n, 'PartyCreated', { partyId, leaderId: player(1), inviteOnly: false });
    await change(1n, 'PartyMemberJoined', member(2));
  });

  test('queues with those who are in it when the ticket is written, whatever the process knew', async () => {
    await loadState(elsewhere.log, elsewhere.states, using(party, partyStream(tenant, partyId)));
    await change(2n, 'PartyMemberLeft', member(2));
    await change(3n, 'PartyMemberJoined', member(3));
    expect((await queue(elsewhere, 1)).outcome.ok).toBe(true);
    expect((await Promise.all([1, 2, 3].map((n) => seatOf(n)))).map(({ phase }) => phase)).toEqual([
      'queued',
      'free',
      'queued',
    ]);
  });

  test('that changes while the ticket is on its way is looked at again', async () => {
    let isFirst = true;
    const late = intercepted(log, {
      append: async (append) => {
        if (isFirst) {
          isFirst = false;
          await change(2n, 'PartyMemberLeft', member(2));
        }
        return log.append(append);
      },
    });
    expect((await queue(processOn(late), 1)).outcome.ok).toBe(true);
    expect([await seatOf(1), await seatOf(2)]).toMatchObject([{ phase: 'queued' }, { phase: 'free' }]);
  });

  test('is not there for who is no member, nor when it is dissolved', async () => {
    expect(await codeOf(queue(here, 1, 9))).toBe('PARTY_NOT_FOUND');
    await change(2n, 'PartyDissolved', { partyId });
    expect(await codeOf(queue(here, 2))).toBe('PARTY_NOT_FOUND');
    expect(await seatOf(1)).toEqual({ phase: 'free' });
  });
});

describe('a match', () => {
  test('frees its players when it ends, also in a process that saw them queue', async () => {
    await enqueue(here, 1, [1]);
    await enqueue(here, 2, [2]);
    await start(elsewhere, 1, [
      [1, [1]],
      [2, [2]],
    ]);
    expect(await codeOf(enqueue(here, 3, [1]))).toBe('ALREADY_IN_MATCH');
    expect((await send(here, 1, 2, 'surrender')).outcome.ok).toBe(true);
    expect([await seatOf(1), await seatOf(2)]).toEqual([{ phase: 'free' }, { phase: 'free' }]);
    expect((await enqueue(here, 3, [1])).outcome.ok).toBe(true);
  });

  test('ends at its time, and leaves alone who plays elsewhere by then', async () => {
    await enqueue(here, 1, [1]);
    await enqueue(here, 2, [2]);
    await start(here, 1, [
      [1, [1]],
      [2, [2]],
    ]);
    const late = now + 1_800_000;
    await enqueue(here, 3, [1], late);
    await endAtDeadline(elsewhere, { type: 'EndAtDeadline', matchId: match(1), now: late }, request({ now: late }));
    expect(await seatOf(1, late)).toMatchObject({ phase: 'queued', ticketId: ticket(3) });
    expect(await seatOf(2, late)).toEqual({ phase: 'free' });
  });

  test('starts once when two processes propose overlapping ones at the same moment', async () => {
    for (const n of [1, 2, 3]) await enqueue(here, n, [n]);
    const codes = await Promise.all([
      codeOf(
        start(here, 1, [
          [1, [1]],
          [2, [2]],
        ]),
      ),
      codeOf(
        start(elsewhere, 2, [
          [2, [2]],
          [3, [3]],
        ]),
      ),
    ]);
    expect(codes.sort()).toEqual(['TICKET_NOT_OPEN', undefined]);
  });

  test('is not made of two tickets of one player, of which one must be closed', async () => {
    await enqueue(here, 1, [1]);
    await cancel(here, 1, 1);
    await enqueue(here, 2, [1]);
    expect(
      await codeOf(
        start(elsewhere, 1, [
          [1, [1]],
          [2, [1]],
        ]),
      ),
    ).toBe('TICKET_NOT_OPEN');
  });

  test('that a command ends meanwhile refuses the next one of a process that did not see it', async () => {
    await enqueue(here, 1, [1]);
    await enqueue(here, 2, [2]);
    await start(here, 1, [
      [1, [1]],
      [2, [2]],
    ]);
    await send(elsewhere, 1, 1, 'attack');
    await send(here, 1, 2, 'surrender');
    expect(await codeOf(send(elsewhere, 1, 1, 'attack'))).toBe('MATCH_ENDED');
  });
});

describe('ratings', () => {
  const result = [
    { team: 1, place: 1, outcome: 'won' as const, players: [{ playerId: player(1), score: 0 }] },
    { team: 2, place: 2, outcome: 'lost' as const, players: [{ playerId: player(2), score: 0 }] },
  ];
  const rate = (runtime: CommandRuntime, id: number) =>
    rateMatch({ ...runtime, ratings: openskill }, { matchId: match(id), mode: 'solo', result }, request());
  const ratingNow = (n: number) =>
    loadState(log, processOn(log).states, using(rating, ratingStream(tenant, 'solo', player(n))), true);

  test('of all who played move in one append, and twice for the same match only once', async () => {
    const { events } = await rate(here, 1);
    expect(events.map(({ type, recordedAt }) => [type, recordedAt])).toEqual([
      ['RatingChanged', events[0]!.recordedAt],
      ['RatingChanged', events[0]!.recordedAt],
    ]);
    expect((await rate(elsewhere, 1)).events).toEqual([]);
  });

  test('follow from the states that they are decided on, whoever came first', async () => {
    await Promise.all([rate(here, 1), rate(elsewhere, 2)]);
    const one = openskill.rate([[openskill.unknown], [openskill.unknown]], [1, 2]);
    const two = openskill.rate(one, [1, 2]);
    expect(await ratingNow(1)).toMatchObject({ matches: 2, belief: two[0]![0] });
    expect(await ratingNow(2)).toMatchObject({ matches: 2, belief: two[1]![0] });
  });
});

test('whatever happens in which order, a player has one open ticket and is in one match at a time', async () => {
  const who = fc.integer({ min: 0, max: 4 });
  const party = fc.uniqueArray(who, { minLength: 1, maxLength: 2 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('enqueue' as const), party }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('match' as const), one: fc.nat(20), other: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), one: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('surrender' as const), one: fc.nat(20) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 15 }), async (rounds) => {
      const common = await register(openLog(), everybody);
      const slow = intercepted(common, {
        append: async (append) => {
          await new Promise((resolve) => setImmediate(resolve));
          return common.append(append);
        },
      });
      const processes = [processOn(slow), processOn(slow)];
      const parties: number[][] = [];
      const begun: (readonly [number, number])[] = [];
      for (const round of rounds)
        await Promise.all(
          round.map(async (each, at) => {
            const runtime = processes[at % 2]!;
            switch (each.kind) {
              case 'enqueue':
                parties.push(each.party);
                return enqueue(runtime, parties.length - 1, each.party);
              case 'match': {
                const [one, other] = [each.one % (parties.length || 1), each.other % (parties.length || 1)];
                if (one === other) return undefined;
                begun.push([one, other]);
                const teams = [one, other].map((id) => [id, parties[id]!] as const);
                return start(runtime, begun.length - 1, teams);
              }
              case 'cancel':
                return parties.length === 0
                  ? undefined
                  : cancel(runtime, each.one % parties.length, parties[each.one % parties.length]![0]!);
              case 'surrender': {
                const [one] = begun[each.one % (begun.length || 1)] ?? [];
                return one === undefined
                  ? undefined
                  : Promise.all(parties[one]!.map((by) => send(runtime, each.one % begun.length, by, 'surrender')));
              }
            }
          }),
        );
      await checkInvariants(common, parties, begun.length);
    }),
    { numRuns: 60 },
  );
});

/** Looks at the streams alone. */
async function checkInvariants(common: EventLog, parties: readonly number[][], matches: number) {
  const fresh = processOn(common);
  const openOf = new Map<PlayerId, TicketId>();
  for (const [id] of parties.entries()) {
    const { events } = await common.read(ticketStream(tenant, ticket(id)));
    const matched = events
      .map((event) => parseEventAs<MatchmakingTicketEvent>(event))
      .filter(({ type }) => type === 'TicketMatched');
    expect(matched.length).toBeLessThanOrEqual(1);
    const state = await loadState(
      common,
      fresh.states,
      using(matchmakingTicket, ticketStream(tenant, ticket(id))),
      true,
    );
    if (state.phase !== 'open') continue;
    for (const playerId of state.playerIds) {
      expect([playerId, openOf.get(playerId)]).toEqual([playerId, undefined]);
      openOf.set(playerId, ticket(id));
    }
  }
  const playsIn = new Map<PlayerId, MatchId>();
  for (let id = 0; id < matches; id += 1) {
    const state = await loadState(common, fresh.states, using(battleMatch, matchStream(tenant, match(id))), true);
    if (state.phase !== 'running') continue;
    for (const playerId of state.fighters.keys()) {
      expect([playerId, playsIn.get(playerId), openOf.get(playerId)]).toEqual([playerId, undefined, undefined]);
      playsIn.set(playerId, match(id));
    }
  }
  for (let n = 0; n < 5; n += 1) {
    const seat = await findSeat(fresh, tenant, player(n), now);
    const [ticketId, matchId] = [openOf.get(player(n)), playsIn.get(player(n))];
    if (matchId !== undefined) expect(seat).toMatchObject({ phase: 'playing', matchId });
    else if (ticketId !== undefined) expect(seat).toMatchObject({ phase: 'queued', ticketId });
    else expect(seat).toEqual({ phase: 'free' });
  }
}
