import { afterAll, beforeAll, expect, test } from 'vitest';
import { matchStream } from '../../src/events/battle-match.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { ticketStream } from '../../src/events/matchmaking-ticket.ts';
import { ratingStream } from '../../src/events/rating.ts';
import { matchesOf, overdueMatches } from '../../src/projections/matches.ts';
import { openTicketsPage } from '../../src/projections/matchmaking-tickets.ts';
import { ratingsOf } from '../../src/projections/player-ratings.ts';
import { player, tenant } from '../processors/log-under-test.ts';
import { commanded, completed, enqueued, matchOf, rated, started, ticketOf } from './match-events.ts';
import { type RowsUnderTest, rowsUnderTest } from './rows-under-test.ts';

let here: RowsUnderTest;
beforeAll(async () => {
  here = await rowsUnderTest();
});
afterAll(() => here.close());

const openTickets = async () =>
  (await openTicketsPage(here.database, here.generations, null, 100)).map(({ ticketId }) => ticketId);

test('TicketEnqueued shows an open ticket, counted from when it was asked for', async () => {
  const { events } = await here.append(ticketStream(tenant, ticketOf(1)), [enqueued(1, 1_234)]);
  await here.project(events);
  const [ticket] = await openTicketsPage(here.database, here.generations, null, 1);
  expect(ticket).toEqual({
    tenant,
    ticketId: ticketOf(1),
    playerIds: [player(1), player(51)],
    skill: 1_234,
    modes: ['duo', 'squad'],
    since: Date.parse('2026-03-01T09:55:00.000Z'),
    expiresAt: Date.parse('2026-03-01T10:00:00.000Z'),
  });
  expect(await openTicketsPage(here.database, here.generations, ticket!, 1)).toEqual([]);
});

test.each([
  ['TicketMatched', { matchId: matchOf(2), mode: 'duo' }],
  ['TicketCancelled', {}],
  ['TicketExpired', {}],
])('%s closes the ticket, and its opening seen again does not open it', async (type, more) => {
  const who = 10 + type.length;
  const stream = ticketStream(tenant, ticketOf(who));
  const { events } = await here.append(stream, [enqueued(who), { type, data: { ticketId: ticketOf(who), ...more } }]);
  await here.project(events.slice(0, 1));
  expect(await openTickets()).toContain(ticketOf(who));
  await here.project(events);
  await here.project(events.slice(0, 1));
  expect(await openTickets()).not.toContain(ticketOf(who));
});

test('MatchStarted, MatchCommandAccepted and MatchCompleted show a match to each of its players', async () => {
  const stream = matchStream(tenant, matchOf(3));
  const { events } = await here.append(stream, [started(3), commanded(3, 1)]);
  await here.project(events);
  const running = { matchId: matchOf(3), mode: 'solo', team: 2, startedAt: events[0]!.recordedAt, status: 'running' };
  const of = (who: number, where = tenant) =>
    matchesOf(here.database, here.generations, { tenant: where, playerId: player(who) }, null, 10);
  expect(await of(53)).toEqual([{ ...running, outcome: null, score: null }]);
  const dueAt = Date.parse('2026-03-01T10:00:00.000Z');
  const overdue = (now: number) => overdueMatches(here.database, here.generations, now, null, 10);
  expect(await overdue(dueAt)).toEqual([{ tenant, id: matchOf(3), dueAt }]);
  expect(await overdue(dueAt - 1)).toEqual([]);
  expect(await overdueMatches(here.database, here.generations, dueAt, { tenant, id: matchOf(3), dueAt }, 10)).toEqual(
    [],
  );
  await here.project((await here.append(stream, [completed(3, 1)])).events);
  expect(await of(53)).toEqual([{ ...running, status: 'ended', outcome: 'lost', score: -1 }]);
  expect((await of(3))[0]).toMatchObject({ team: 1, outcome: 'won', score: 7 });
  expect(await overdue(dueAt)).toEqual([]);
  expect(await of(3, 'other' as TenantId)).toEqual([]);
});

test('RatingChanged sets the rating of a mode', async () => {
  const stream = ratingStream(tenant, 'solo', player(4));
  const { events } = await here.append(stream, [rated(4, 1_658, 1), rated(4, 1_700, 2)]);
  await here.project(events);
  await here.project(events.slice(0, 1));
  expect(await ratingsOf(here.database, here.generations, tenant, player(4))).toEqual([
    { mode: 'solo', rating: 1_700, matches: 2 },
  ]);
  expect(await ratingsOf(here.database, here.generations, 'other' as TenantId, player(4))).toEqual([]);
});
