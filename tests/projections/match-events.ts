import type { NewEvent } from '../../src/event-store/port.ts';
import type { MatchId, TicketId } from '../../src/events/ids.ts';
import { player } from '../processors/log-under-test.ts';

/** Events of matchmaking for tests of read models, in any order: rows follow whatever history they are given. */

export const ticketOf = (who: number) => player(200 + who) as string as TicketId;
export const matchOf = (who: number) => player(300 + who) as string as MatchId;

const chosen = (events: readonly NewEvent[], next: number): NewEvent => events[next % events.length]!;
const at = '2026-03-01T10:00:00.000Z';

export const enqueued = (who: number, skill = 1_000): NewEvent => ({
  type: 'TicketEnqueued',
  data: {
    ticketId: ticketOf(who),
    playerId: player(who),
    playerIds: [player(who), player(who + 50)],
    partyId: null,
    skill,
    modes: ['duo', 'squad'],
    expiresAt: at,
  },
  metadata: { occurredAt: '2026-03-01T09:55:00.000Z' },
});

export function ticketEvent(who: number, next: number): NewEvent {
  const ticketId = ticketOf(who);
  return chosen(
    [
      enqueued(who, next),
      { type: 'TicketMatched', data: { ticketId, matchId: matchOf(who), mode: 'duo' } },
      { type: 'TicketCancelled', data: { ticketId } },
      { type: 'TicketExpired', data: { ticketId } },
    ],
    next,
  );
}

export const started = (who: number): NewEvent => ({
  type: 'MatchStarted',
  data: {
    matchId: matchOf(who),
    mode: 'solo',
    teams: [
      { team: 1, players: [player(who)] },
      { team: 2, players: [player(who + 50)] },
    ],
    endsBy: at,
  },
});
export const commanded = (who: number, tick: number): NewEvent => ({
  type: 'MatchCommandAccepted',
  data: { matchId: matchOf(who), playerId: player(who), command: 'attack', payload: {}, tick },
});
export const completed = (who: number, tick: number): NewEvent => ({
  type: 'MatchCompleted',
  data: {
    matchId: matchOf(who),
    mode: 'solo',
    end: 'surrender',
    tick,
    result: [
      { team: 1, place: 1, outcome: 'won', players: [{ playerId: player(who), score: 7 }] },
      { team: 2, place: 2, outcome: 'lost', players: [{ playerId: player(who + 50), score: -1 }] },
    ],
  },
});
export const matchEvent = (who: number, next: number): NewEvent =>
  chosen([started(who), commanded(who, next + 1), completed(who, next + 1)], next);

export const rated = (who: number, rating: number, matches: number): NewEvent => ({
  type: 'RatingChanged',
  data: {
    playerId: player(who),
    mode: 'solo',
    matchId: matchOf(who),
    belief: { mu: rating / 60, sigma: 8 },
    previous: null,
    rating,
    matches,
  },
});
