import { describe, test } from 'vitest';
import { seat } from '../../src/aggregates/seat.ts';
import type { SeatEvent } from '../../src/events/seat.ts';
import { alice, at, duel, iso, ticket } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(seat);
const other = '99999999-9999-4999-8999-999999999999' as typeof ticket;
const rematch = '99999999-9999-4999-8999-999999999999' as typeof duel;

const queued = (ticketId = ticket): SeatEvent => ({
  type: 'SeatQueued',
  data: { playerId: alice, ticketId, until: iso('12:00') },
});
const playing: SeatEvent = {
  type: 'SeatMatched',
  data: { playerId: alice, ticketId: ticket, matchId: duel, until: iso('12:30') },
};
const freed = (matchId: typeof duel | null): SeatEvent => ({
  type: 'SeatFreed',
  data: { playerId: alice, ticketId: ticket, matchId },
});
const take = (time: string, ticketId = ticket) =>
  ({ type: 'TakeSeat', playerId: alice, ticketId, until: iso('12:00'), now: at(time) }) as const;
const move = (ticketId = ticket, matchId = duel) =>
  ({ type: 'MoveSeat', playerId: alice, ticketId, matchId, until: iso('12:30') }) as const;
const free = (of: { ticketId: typeof ticket } | { matchId: typeof duel }) =>
  ({ type: 'FreeSeat', playerId: alice, of }) as const;

describe('taking a seat', () => {
  test('puts a free player into the queue', () => {
    given().when(take('11:00')).then(queued());
    given(queued(other), freed(null)).when(take('11:00')).then(queued());
  });
  test('is refused to who waits with another ticket', () =>
    given(queued(other)).when(take('11:59')).thenRejects('ALREADY_QUEUED'));
  test('is refused to who plays', () =>
    given(queued(), playing).when(take('12:29', other)).thenRejects('ALREADY_IN_MATCH'));
  test('does not wait for news of a ticket or a match whose time is over', () => {
    given(queued(other)).when(take('12:00')).then(queued());
    given(queued(), playing).when(take('12:30', other)).then(queued(other));
  });
});

describe('moving into a match', () => {
  test('takes who waits with the ticket', () => given(queued()).when(move()).then(playing));
  test('leaves who waits with another ticket, plays elsewhere, or left', () => {
    given(queued(other)).when(move()).thenRejects('TICKET_NOT_OPEN');
    given(queued(), playing).when(move(ticket, rematch)).thenRejects('TICKET_NOT_OPEN');
    given(queued(), freed(null)).when(move()).thenRejects('TICKET_NOT_OPEN');
  });
});

describe('giving a seat up', () => {
  test('frees it of the ticket or the match', () => {
    given(queued())
      .when(free({ ticketId: ticket }))
      .then(freed(null));
    given(queued(), playing)
      .when(free({ matchId: duel }))
      .then(freed(duel));
  });
  test('changes nothing when it is that of something else by now', () => {
    given(queued(other))
      .when(free({ ticketId: ticket }))
      .thenNothing();
    given(queued(), playing)
      .when(free({ ticketId: ticket }))
      .thenNothing();
    given(queued())
      .when(free({ matchId: duel }))
      .thenNothing();
    given(queued(), playing)
      .when(free({ matchId: rematch }))
      .thenNothing();
    given()
      .when(free({ matchId: duel }))
      .thenNothing();
  });
});
