import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mode, matchUp, type WaitingTicket } from '../../src/aggregates/matchmaking.ts';
import { skillWindow } from '../../src/aggregates/skill-window.ts';
import type { PlayerId, TicketId } from '../../src/events/ids.ts';

const modes: readonly Mode[] = [
  { name: 'solo', teamSize: 1, teams: 2 },
  { name: 'duo', teamSize: 2, teams: 2 },
  { name: 'squad', teamSize: 4, teams: 2 },
  { name: 'melee', teamSize: 1, teams: 4 },
];
const widening = { base: 100, perSecond: 50 };
const now = 1_000_000;
const idOf = (n: number) => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`;

type Shape = { players: number; skill: number; modes: string[]; waitedMs: number };
const ticketsOf = (shapes: readonly Shape[]): WaitingTicket[] => {
  return shapes.map((shape, index) => ({
    ticketId: idOf(index) as TicketId,
    playerIds: Array.from({ length: shape.players }, (_, nth) => idOf(index * 10 + nth) as PlayerId),
    skill: shape.skill,
    modes: shape.modes,
    since: now - shape.waitedMs,
    expiresAt: now + 60_000,
  }));
};
const solo = (skill: number, waitedMs = 0, more: Partial<Shape> = {}): Shape => ({
  players: 1,
  skill,
  modes: ['solo'],
  waitedMs,
  ...more,
});
const matched = (shapes: readonly Shape[]) =>
  matchUp(ticketsOf(shapes), modes, widening, now).map(({ mode, teams }) => ({
    mode,
    teams: teams.map((team) => team.map(({ ticketId }) => Number(ticketId.slice(-12)))),
  }));

const shapes = fc.array(
  fc.record({
    players: fc.integer({ min: 1, max: 4 }),
    skill: fc.integer({ min: 0, max: 2_000 }),
    modes: fc.uniqueArray(fc.constantFrom('solo', 'duo', 'squad', 'melee', 'gone'), { minLength: 1, maxLength: 4 }),
    waitedMs: fc.integer({ min: -10, max: 20_000 }),
  }),
  { maxLength: 60 },
);

describe('whatever waits', () => {
  test('each match is full, in a mode that all its tickets welcome, and nobody is in two', () => {
    fc.assert(
      fc.property(shapes, (given) => {
        const seen = new Set<string>();
        for (const { mode: name, teams } of matchUp(ticketsOf(given), modes, widening, now)) {
          const mode = modes.find((each) => each.name === name)!;
          expect(teams.map((team) => team.flatMap(({ playerIds }) => playerIds).length)).toEqual(
            Array.from({ length: mode.teams }, () => mode.teamSize),
          );
          for (const ticket of teams.flat()) {
            expect(ticket.modes).toContain(name);
            for (const id of [ticket.ticketId, ...ticket.playerIds.map((player) => `player ${player}`)]) {
              expect(seen.has(id)).toBe(false);
              seen.add(id);
            }
          }
        }
      }),
    );
  });

  test('every two tickets of a match are within the windows of both', () => {
    fc.assert(
      fc.property(shapes, (given) => {
        for (const { teams } of matchUp(ticketsOf(given), modes, widening, now))
          for (const one of teams.flat())
            for (const other of teams.flat())
              expect(Math.abs(one.skill - other.skill)).toBeLessThanOrEqual(
                skillWindow(one.skill, now - one.since, widening),
              );
      }),
    );
  });

  test('the answer depends on the tickets and the time only, not on the order in which they are given', () => {
    fc.assert(
      fc.property(shapes, fc.integer(), (given, seed) => {
        const tickets = ticketsOf(given);
        const keys = tickets.map((_, index) => Math.imul(index + 1, seed | 1));
        const shuffled = tickets
          .map((ticket, index) => ({ ticket, key: keys[index]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ ticket }) => ticket);
        expect(matchUp(shuffled, modes, widening, now)).toEqual(matchUp(tickets, modes, widening, now));
      }),
    );
  });

  test('of two who wait for a duel and could have one, nobody is left', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2_000), fc.nat(20_000)), { maxLength: 40 }), (given) => {
        const tickets = ticketsOf(given.map(([skill, waitedMs]) => solo(skill, waitedMs)));
        const gone = new Set(matchUp(tickets, modes, widening, now).flatMap(({ teams }) => teams.flat()));
        const left = tickets.filter((ticket) => !gone.has(ticket));
        const reaches = (one: WaitingTicket, other: WaitingTicket) =>
          Math.abs(one.skill - other.skill) <= skillWindow(one.skill, now - one.since, widening);
        for (const one of left)
          for (const other of left) if (one !== other) expect(reaches(one, other) && reaches(other, one)).toBe(false);
      }),
    );
  });

  test('of equals, those who came first play first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100_000), { maxLength: 41 }), (waits) => {
        const pairs = matched(waits.map((waitedMs) => solo(500, waitedMs)));
        const waited = pairs.flatMap(({ teams }) => teams.flat().map((index) => waits[index]!));
        const eldest = [...waits].sort((a, b) => b - a).slice(0, waits.length - (waits.length % 2));
        expect(waited.sort((a, b) => b - a)).toEqual(eldest);
      }),
    );
  });
});

describe('a ticket', () => {
  test('is matched with the nearest in skill', () =>
    expect(matched([solo(1000, 9_000), solo(1190), solo(1010), solo(800)])).toEqual([
      { mode: 'solo', teams: [[2], [0]] },
    ]));
  test('waits for somebody within its window, which widens', () => {
    expect(matched([solo(0), solo(150)])).toEqual([]);
    expect(matched([solo(0, 1_000), solo(150, 1_000)])).toHaveLength(1);
  });
  test('is not played against by somebody whose own window is too narrow', () =>
    expect(matched([solo(0, 60_000), solo(150)])).toEqual([]));
  test('goes into the first of its modes that has opponents', () => {
    expect(matched([solo(100, 0, { modes: ['melee', 'solo'] }), solo(100)])).toEqual([
      { mode: 'solo', teams: [[0], [1]] },
    ]);
  });
  test('that expired is not matched', () => {
    const [one, other] = ticketsOf([solo(100), solo(100)]) as [WaitingTicket, WaitingTicket];
    expect(matchUp([one, { ...other, expiresAt: now }], modes, widening, now)).toEqual([]);
  });
});

describe('a party', () => {
  const party = (players: number, skill: number) => solo(skill, 0, { players, modes: ['squad'] });

  test('stays in one team, whoever fills the rest', () => {
    const [match] = matched([party(3, 100), party(2, 100), party(2, 100), party(1, 100)]);
    expect(match?.teams.map((team) => [...team].sort())).toEqual(
      expect.arrayContaining([
        [0, 3],
        [1, 2],
      ]),
    );
  });
  test('makes room for smaller ones where larger ones leave a gap', () => {
    const [match] = matched([party(2, 100), party(3, 100), party(2, 100), party(2, 100), party(2, 100)]);
    expect(match?.teams.flat().sort()).toEqual([0, 2, 3, 4]);
  });
  test('does not fit into a smaller team', () =>
    expect(matched([solo(1, 0, { players: 2 }), solo(1, 0, { players: 2 })])).toEqual([]));
});

test('teams are about equally strong', () => {
  const [match] = matched([1000, 1010, 1090, 1100].map((skill) => solo(skill, 0, { modes: ['duo'] })));
  expect(match?.teams.map((team) => [...team].sort())).toEqual([
    [0, 3],
    [1, 2],
  ]);
});

test('the window grows with skill and with waiting, and never shrinks', () => {
  expect([skillWindow(0, 0, widening), skillWindow(1000, 0, widening), skillWindow(0, 2_000, widening)]).toEqual([
    100, 200, 200,
  ]);
  expect(skillWindow(0, -5_000, widening)).toBe(100);
});
