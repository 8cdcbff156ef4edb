import { expect, test } from 'vitest';
import { changeDeadLetter, readDeadLetter } from '../../src/commands/dead-letter.ts';
import { submitScore } from '../../src/commands/score.ts';
import { changeSeason } from '../../src/commands/season.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { matchStream } from '../../src/events/battle-match.ts';
import { deadLetterIdOf, deadLetterStream } from '../../src/events/dead-letter.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { openskill } from '../../src/matchmaking/openskill.ts';
import type { Ranking } from '../../src/ports/ranking.ts';
import { deadLetters } from '../../src/reactors/dead-letters.ts';
import { matchDeadline } from '../../src/reactors/match-deadline.ts';
import { matchRatings, matchRewards } from '../../src/reactors/match-outcomes.ts';
import { matchScoreSource, matchScores, retryMatchScore } from '../../src/reactors/match-scores.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { now, openLog, openVault, processOn, request, tenant } from '../commands/support.ts';
import { player, spring } from '../processors/log-under-test.ts';
import { completed, matchOf, started } from '../projections/match-events.ts';
import { eventsOf } from './counting.ts';
import { answering, attending, dieEverywhere } from './deaths.ts';

const [alice, bob] = [player(1), player(51)];
const ranking: Ranking = { ready: async () => undefined, rankWith: () => 1, rankOf: () => null };
const runtimeOn = (log: EventLog) => ({ ...processOn(log), ranking, ratings: openskill, vault: openVault });
const scores = (log: EventLog) => matchScores(runtimeOn(log), spring);

const open = (log: EventLog) =>
  changeSeason(
    processOn(log),
    { type: 'OpenSeason', season: spring, operator: 'sum', opensAt: null, closesAt: null, submitBy: 'service' },
    request(),
  );
/** Alice (7 points) beat Bob (−1). */
const played = (log: EventLog) =>
  log.append({
    tenant,
    streams: [
      { streamId: matchStream(tenant, matchOf(1)), expectedVersion: 0n, events: [started(1), completed(1, 1)] },
    ],
  });
const submit = (log: EventLog, score: number, subscore: number) =>
  submitScore(
    runtimeOn(log),
    {
      type: 'SubmitScore',
      season: spring,
      playerId: alice,
      attempt: { score, subscore },
      metadata: {},
      by: 'service',
      now,
    },
    request(),
  );
const standings = async (log: EventLog) =>
  (await eventsOf(log, 'LeaderboardUpdated'))
    .map(({ data }) => [data['playerId'], data['standing']])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

test('a match is rated once, whenever a process dies', async () => {
  const calls = await dieEverywhere(
    async (log) => void (await played(log)),
    answering((log) => matchRatings(runtimeOn(log))),
    async (log, death) => {
      const rated = (await eventsOf(log, 'RatingChanged')).map(({ data }) => [data['playerId'], data['matches']]);
      expect(rated.sort(), death).toEqual([
        [alice, 1],
        [bob, 1],
      ]);
    },
  );
  expect(calls).toBeGreaterThan(1);
});

test('a match counts in its season once, whenever a process dies', async () => {
  const calls = await dieEverywhere(
    async (log) => {
      await open(log);
      await played(log);
    },
    answering(scores),
    async (log, death) =>
      expect(await standings(log), death).toEqual([
        [alice, { score: 3, subscore: 7 }],
        [bob, { score: 0, subscore: -1 }],
      ]),
  );
  expect(calls).toBeGreaterThan(3);
});

test('who won is rewarded once, whenever a process dies', async () => {
  const calls = await dieEverywhere(
    async (log) => void (await played(log)),
    answering((log) => matchRewards(runtimeOn(log), { kind: 'currency', asset: 'coins', amount: 50 })),
    async (log, death) => {
      const paid = await eventsOf(log, 'LedgerEntryPosted');
      expect(
        paid.map(({ data }) => data['playerId']),
        death,
      ).toEqual([alice]);
    },
  );
  expect(calls).toBeGreaterThan(1);
});

test('a match whose time is over ends once, whenever a process dies', async () => {
  const item = { tenant, id: matchOf(1), dueAt: Date.parse('2026-03-01T10:00:00.000Z') };
  const calls = await dieEverywhere(
    async (log) =>
      void (await log.append({
        tenant,
        streams: [{ streamId: matchStream(tenant, matchOf(1)), expectedVersion: 0n, events: [started(1)] }],
      })),
    attending((log) => matchDeadline(processOn(log), async (_, after) => (after === null ? [item] : []))),
    async (log, death) => {
      const ended = await eventsOf(log, 'MatchCompleted');
      expect(
        ended.map(({ data }) => data['end']),
        death,
      ).toEqual(['deadline']);
    },
  );
  expect(calls).toBeGreaterThan(1);
});

test.each([
  ['is not there', async () => undefined],
  [
    'has closed',
    async (log: EventLog) => {
      await open(log);
      await changeSeason(processOn(log), { type: 'CloseSeason', season: spring }, request());
    },
  ],
])('a match counts for nothing in a season that %s', async (_, arrange) => {
  const log = openLog();
  await arrange(log);
  await played(log);
  await answering(scores)(log);
  expect(await standings(log)).toEqual([]);
  expect(await eventsOf(log, 'DeadLetterFiled')).toEqual([]);
});

/** Alice's own scores leave no room for another 7 points. */
async function full(log: EventLog): Promise<void> {
  await open(log);
  await submit(log, 1, Number.MAX_SAFE_INTEGER);
  await played(log);
}

test('a score that a season refuses is left to operators once, whenever a process dies, and others count', async () => {
  const calls = await dieEverywhere(full, answering(scores), async (log, death) => {
    const letters = await eventsOf(log, 'DeadLetterFiled');
    expect(
      letters.map(({ data }) => data['reason']),
      death,
    ).toEqual(['score_out_of_range']);
    expect(
      (await standings(log)).filter(([who]) => who === bob),
      death,
    ).toHaveLength(1);
  });
  expect(calls).toBeGreaterThan(4);
});

test('a refused score counts once when operators made room and asked for it again', async () => {
  const log = openLog();
  await full(log);
  await answering(scores)(log);
  const [completion] = await eventsOf(log, 'MatchCompleted');
  const deadLetterId = deadLetterIdOf(matchScoreSource, `${completion!.eventId}:${alice}`);
  const retry = async () => {
    await changeDeadLetter(processOn(log), { type: 'RetryDeadLetter', deadLetterId }, request());
    const { events } = await log.read(deadLetterStream(tenant, deadLetterId));
    const reactor = deadLetters({
      runtime: processOn(log),
      records: { deleteDataKey: async () => undefined },
      reveal: async ({ ciphertext }) => ciphertext,
      sources: { [matchScoreSource]: retryMatchScore(runtimeOn(log)) },
      onFailure: () => undefined,
    });
    await reactorProcessor(reactor, () => now).handle(events.filter(({ type }) => reactor.types.includes(type)));
    return (await readDeadLetter(processOn(log), tenant, deadLetterId)).phase;
  };
  expect(await retry()).toBe('open');
  await submit(log, 0, -100);
  expect(await retry()).toBe('resolved');
  await answering(scores)(log);
  const entry = await log.read(leaderboardEntryStream(tenant, spring, alice));
  expect(entry.events.map(({ data }) => (data['standing'] as { score: number }).score)).toEqual([1, 1, 4]);
});
