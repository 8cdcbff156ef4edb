import { afterAll, beforeAll, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { matchStream } from '../../src/events/battle-match.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { ticketStream } from '../../src/events/matchmaking-ticket.ts';
import { ratingStream } from '../../src/events/rating.ts';
import type { Generations } from '../../src/ports/projection.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { matchesOf, overdueMatches } from '../../src/projections/matches.ts';
import { openTicketsPage } from '../../src/projections/matchmaking-tickets.ts';
import { ratingsOf } from '../../src/projections/player-ratings.ts';
import { type LogUnderTest, logUnderTest, player, tenant } from '../processors/log-under-test.ts';
import { commanded, completed, enqueued, matchOf, rated, started, ticketOf } from './match-events.ts';

let here: LogUnderTest;
let generations: Generations;
beforeAll(async () => {
  here = await logUnderTest();
  generations = createGenerations(here.database, projections);
});
afterAll(() => here.close());

/** Folds events into the first generation's rows, twice. */
async function project(events: readonly RecordedEvent[]) {
  for (const projection of projections)
    for (const _ of ['once', 'again']) {
      const fold = projection.fold(1);
      for (const event of events) if (projection.types.includes(event.type)) fold.add(event);
      await here.database.transaction((sql) => fold.write(sql));
    }
}
const openTickets = async () =>
  (await openTicketsPage(here.database, generations, null, 100)).map(({ ticketId }) => ticketId);

test('TicketEnqueued shows an open ticket, counted from when it was asked for', async () => {
  const { events } = await here.append(ticketStream(tenant, ticketOf(1)), [enqueued(1, 1_234)]);
  await project(events);
  const [ticket] = await openTicketsPage(here.database, generations, null, 1);
  expect(ticket).toEqual({
    tenant,
    ticketId: ticketOf(1),
    playerIds: [player(1), player(51)],
    skill: 1_234,
    modes: ['duo', 'squad'],
    since: Date.parse('2026-03-01T09:55:00.000Z'),
    expiresAt: Date.parse('2026-03-01T10:00:00.000Z'),
  });
  expect(await openTicketsPage(here.database, generations, ticket!, 1)).toEqual([]);
});

test.each([
  ['TicketMatched', { matchId: matchOf(2), mode: 'duo' }],
  ['TicketCancelled', {}],
  ['TicketExpired', {}],
])('%s closes the ticket, and its opening seen again does not open it', async (type, more) => {
  const who = 10 + type.length;
  const stream = ticketStream(tenant, ticketOf(who));
  const { events } = await here.append(stream, [enqueued(who), { type, data: { ticketId: ticketOf(who), ...more } }]);
  await project(events.slice(0, 1));
  expect(await openTickets()).toContain(ticketOf(who));
  await project(events);
  await project(events.slice(0, 1));
  expect(await openTickets()).not.toContain(ticketOf(who));
});

test('MatchStarted, MatchCommandAccepted and MatchCompleted show a match to each of its players', async () => {
  const stream = matchStream(tenant, matchOf(3));
  const { events } = await here.append(stream, [started(3), commanded(3, 1)]);
  await project(events);
  const running = { matchId: matchOf(3), mode: 'solo', team: 2, startedAt: events[0]!.recordedAt, status: 'running' };
  const of = (who: number, where = tenant) =>
    matchesOf(here.database, generations, { tenant: where, playerId: player(who) }, null, 10);
  expect(await of(53)).toEqual([{ ...running, outcome: null, score: null }]);
  const dueAt = Date.parse('2026-03-01T10:00:00.000Z');
  const overdue = (now: number) => overdueMatches(here.database, generations, now, null, 10);
  expect(await overdue(dueAt)).toEqual([{ tenant, id: matchOf(3), dueAt }]);
  expect(await overdue(dueAt - 1)).toEqual([]);
  expect(await overdueMatches(here.database, generations, dueAt, { tenant, id: matchOf(3), dueAt }, 10)).toEqual([]);
  await project((await here.append(stream, [completed(3, 1)])).events);
  expect(await of(53)).toEqual([{ ...running, status: 'ended', outcome: 'lost', score: -1 }]);
  expect((await of(3))[0]).toMatchObject({ team: 1, outcome: 'won', score: 7 });
  expect(await overdue(dueAt)).toEqual([]);
  expect(await of(3, 'other' as TenantId)).toEqual([]);
});

test('RatingChanged sets the rating of a mode', async () => {
  const stream = ratingStream(tenant, 'solo', player(4));
  const { events } = await here.append(stream, [rated(4, 1_658, 1), rated(4, 1_700, 2)]);
  await project(events);
  await project(events.slice(0, 1));
  expect(await ratingsOf(here.database, generations, tenant, player(4))).toEqual([
    { mode: 'solo', rating: 1_700, matches: 2 },
  ]);
  expect(await ratingsOf(here.database, generations, 'other' as TenantId, player(4))).toEqual([]);
});
