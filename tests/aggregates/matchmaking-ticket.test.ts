import { describe, expect, test } from 'vitest';
import { type EnqueueTicket, isOpenAt, matchmakingTicket } from '../../src/aggregates/matchmaking-ticket.ts';
import type { MatchmakingTicketEvent } from '../../src/events/matchmaking-ticket.ts';
import { alice, at, bob, duel, iso, ticket } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(matchmakingTicket);
const carol = '33333333-3333-4333-8333-333333333333' as typeof alice;

const modesKnown = [
  { name: 'solo', teamSize: 1 },
  { name: 'duo', teamSize: 2 },
];
const enqueue = (changes: Partial<EnqueueTicket> = {}): EnqueueTicket => ({
  type: 'EnqueueTicket',
  ticketId: ticket,
  playerId: alice,
  playerIds: [alice, bob],
  partyId: null,
  skill: 1200,
  modes: ['duo'],
  modesKnown,
  expiresAt: iso('12:00'),
  ...changes,
});
const enqueued: MatchmakingTicketEvent = {
  type: 'TicketEnqueued',
  data: {
    ticketId: ticket,
    playerId: alice,
    playerIds: [alice, bob],
    partyId: null,
    skill: 1200,
    modes: ['duo'],
    expiresAt: iso('12:00'),
  },
};
const matched: MatchmakingTicketEvent = {
  type: 'TicketMatched',
  data: { ticketId: ticket, matchId: duel, mode: 'duo' },
};
const cancelled: MatchmakingTicketEvent = { type: 'TicketCancelled', data: { ticketId: ticket } };
const expired: MatchmakingTicketEvent = { type: 'TicketExpired', data: { ticketId: ticket } };
const cancel = (by = alice) => ({ type: 'CancelTicket', ticketId: ticket, by }) as const;
const match = (time: string, matchId = duel) =>
  ({ type: 'MatchTicket', ticketId: ticket, matchId, mode: 'duo', now: at(time) }) as const;
const expire = (time: string) => ({ type: 'ExpireTicket', ticketId: ticket, now: at(time) }) as const;

describe('enqueueing', () => {
  test('opens a ticket of all who play with it', () => given().when(enqueue()).then(enqueued));
  test('refuses a mode that nobody offers', () =>
    given()
      .when(enqueue({ modes: ['duo', 'chess'] }))
      .thenRejects('MODE_UNKNOWN'));
  test('refuses a party that does not fit into a team of each mode', () =>
    given()
      .when(enqueue({ modes: ['duo', 'solo'] }))
      .thenRejects('PARTY_TOO_LARGE'));
});

describe('cancelling', () => {
  test('closes an open ticket, by any of its players', () => {
    given(enqueued).when(cancel()).then(cancelled);
    given(enqueued).when(cancel(bob)).then(cancelled);
  });
  test('leaves an expired ticket as it is', () => given(enqueued, expired).when(cancel()).thenNothing());
  test('comes too late for a matched ticket', () =>
    given(enqueued, matched).when(cancel()).thenRejects('TICKET_ALREADY_MATCHED'));
  test('finds no ticket of others, nor one that never was', () => {
    given(enqueued).when(cancel(carol)).thenRejects('TICKET_NOT_FOUND');
    given(enqueued, matched).when(cancel(carol)).thenRejects('TICKET_NOT_FOUND');
    given().when(cancel()).thenRejects('TICKET_NOT_FOUND');
  });
});

describe('matching', () => {
  test('takes an open ticket', () => given(enqueued).when(match('11:59')).then(matched));
  test('takes no ticket that was closed, is elsewhere, or never was', () => {
    const elsewhere = '99999999-9999-4999-8999-999999999999' as typeof duel;
    given(enqueued, cancelled).when(match('11:59')).thenRejects('TICKET_NOT_OPEN');
    given(enqueued, expired).when(match('11:59')).thenRejects('TICKET_NOT_OPEN');
    given(enqueued, matched).when(match('11:59', elsewhere)).thenRejects('TICKET_NOT_OPEN');
    given().when(match('11:59')).thenRejects('TICKET_NOT_OPEN');
  });
  test('takes no ticket whose time is over, also when nobody has said so yet', () =>
    given(enqueued).when(match('12:00')).thenRejects('TICKET_NOT_OPEN'));
});

describe('expiring', () => {
  test('ends an open ticket when its time is over', () => given(enqueued).when(expire('12:00')).then(expired));
  test('changes nothing before, or when the ticket is closed', () => {
    given(enqueued).when(expire('11:59')).thenNothing();
    given(enqueued, matched).when(expire('12:00')).thenNothing();
    given(enqueued, cancelled).when(expire('12:00')).thenNothing();
    given().when(expire('12:00')).thenNothing();
  });
});

test('a ticket is open until its time is over or it is closed', () => {
  expect(isOpenAt(fold(matchmakingTicket, [enqueued]), at('11:59'))).toBe(true);
  expect(isOpenAt(fold(matchmakingTicket, [enqueued]), at('12:00'))).toBe(false);
  expect(isOpenAt(fold(matchmakingTicket, [enqueued, matched]), at('11:59'))).toBe(false);
});

test('news of a ticket that was never opened leave it absent', () => {
  expect(fold(matchmakingTicket, [matched])).toEqual({ phase: 'absent' });
});
