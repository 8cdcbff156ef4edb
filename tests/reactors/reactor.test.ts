import { expect, test } from 'vitest';
import { receive } from '../../src/commands/inbox.ts';
import { once } from '../../src/commands/once.ts';
import { changeSeason } from '../../src/commands/season.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { seasonStream } from '../../src/events/season.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { now, openLog, processOn, request, tenant, totalEvents } from '../commands/support.ts';
import { player, scored, spring } from '../processors/log-under-test.ts';
import { answersTo, countingReactor, eventsOf } from './counting.ts';

const cause = async (log = openLog()) => {
  const { events } = await log.append({
    tenant,
    streams: [
      {
        streamId: leaderboardEntryStream(tenant, spring, player(1)),
        expectedVersion: 0n,
        events: [
          { ...scored(1, 5), metadata: { correlationId: 'request-7', actor: player(1), traceparent: '00-1-1-00' } },
          scored(1, 6),
        ],
      },
    ],
  });
  return { log, events };
};

test('the answer names its reactor, its cause, the first request of the conversation, and is not recorded before its cause', async () => {
  const { log, events } = await cause();
  await reactorProcessor(countingReactor(processOn(log)), () => now).handle(events);
  const answers = (await log.read(answersTo(events[0]!))).events;
  expect(answers.map(({ metadata }) => metadata)).toEqual([
    {
      occurredAt: new Date(now).toISOString(),
      actor: 'reactor:counting',
      correlationId: 'request-7',
      causationId: events[0]!.eventId,
      traceparent: '00-1-1-00',
    },
    {
      occurredAt: new Date(now).toISOString(),
      actor: 'reactor:counting',
      correlationId: events[1]!.eventId,
      causationId: events[1]!.eventId,
    },
  ]);
  expect(answers[0]!.recordedAt).toBeGreaterThanOrEqual(events[0]!.recordedAt);
});

test('a cause of the future, by the clock of another node, takes the time of its answer along', async () => {
  const log = openLog();
  const future = BigInt(Date.now() + 3_600_000) * 1000n;
  const { events } = await cause(log);
  const late = events.map((event) => ({ ...event, recordedAt: future }));
  await reactorProcessor(countingReactor(processOn(log)), () => now).handle(late);
  for (const { recordedAt } of await eventsOf(log, 'ScoreAttempted')) expect(recordedAt).toBeGreaterThanOrEqual(future);
});

test('events of one stream are answered in their order, and one that fails ends its stream only', async () => {
  const { log, events } = await cause();
  const other = await log.append({
    tenant,
    streams: [
      { streamId: leaderboardEntryStream(tenant, spring, player(2)), expectedVersion: 0n, events: [scored(2, 1)] },
    ],
  });
  const failing = countingReactor(processOn(log), async ({ version, streamId }) => {
    if (version === 1n && streamId === events[0]!.streamId) throw new TypeError('cannot be answered');
  });
  const handled = reactorProcessor(failing, () => now).handle([...events, ...other.events]);
  await expect(handled).rejects.toThrow('cannot be answered');
  const answered = await eventsOf(log, 'ScoreAttempted');
  expect(answered.map(({ data }) => data['playerId'])).toEqual([player(2)]);
});

test('a message from outside is taken once for ever, and the first outcome is told again', async () => {
  const log = openLog();
  const runtime = processOn(log);
  const message = { source: 'psp', id: 'evt_1' };
  const take = (season: typeof spring) =>
    receive(message, request(), (context) =>
      changeSeason(
        runtime,
        { type: 'OpenSeason', season, operator: 'best', opensAt: null, closesAt: null, submitBy: 'players' },
        context,
      ),
    );
  expect(await take(spring)).toMatchObject({ repeated: false, events: [{ type: 'SeasonOpened' }] });
  expect(await take('other' as typeof spring)).toEqual({
    outcome: { ok: true, value: null },
    events: [],
    repeated: true,
  });
  expect(await totalEvents(log)).toBe(1);
  const record = await log.findRecord({ tenant, scope: 'inbox psp', key: 'evt_1' });
  expect(record!.expiresAt).toBe(Date.parse('9999-12-31T00:00:00Z'));
});

test('a refusal is not remembered: what becomes possible later is done', async () => {
  const log = openLog();
  const runtime = processOn(log);
  const place = { tenant, scope: 'agenda closing', key: 'spring' };
  const close = () =>
    once(place, request(), (context) => changeSeason(runtime, { type: 'CloseSeason', season: spring }, context));
  expect((await close()).outcome).toEqual({ ok: false, code: 'SEASON_NOT_FOUND' });
  await changeSeason(
    runtime,
    { type: 'OpenSeason', season: spring, operator: 'best', opensAt: null, closesAt: null, submitBy: 'players' },
    request(),
  );
  expect(await close()).toMatchObject({ outcome: { ok: true }, repeated: false });
  expect(await close()).toMatchObject({ outcome: { ok: true }, repeated: true });
  expect((await log.read(seasonStream(tenant, spring))).version).toBe(2n);
});
