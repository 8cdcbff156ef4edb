import { beforeEach, describe, expect, test } from 'vitest';
import type { SubmitScore } from '../../src/aggregates/leaderboard-entry.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { submitScore, withdrawScore } from '../../src/commands/score.ts';
import { changeSeason } from '../../src/commands/season.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import type { Operator } from '../../src/events/season.ts';
import type { Ranking } from '../../src/ports/ranking.ts';
import { alice, bob, spring } from '../aggregates/examples.ts';
import { intercepted, keyed, now, openLog, processOn, request, tenant, totalEvents } from './support.ts';

/** Ranks among fixed scores of others; remembers which seasons were asked for. */
const rankingAmong = (others: readonly number[], standing: number | null = null) => {
  const asked: string[] = [];
  const rank = (score: number) => 1 + others.filter((other) => other >= score).length;
  const ranking: Ranking = {
    ready: async (_, name) => void asked.push(name),
    rankWith: (_tenant, _season, _player, { score }) => rank(score),
    rankOf: () => (standing === null ? null : rank(standing)),
  };
  return { ranking, asked };
};

type Process = CommandRuntime & { readonly ranking: Ranking };
let log: EventLog;
let here: Process;
let elsewhere: Process;
beforeEach(() => {
  log = openLog();
  here = { ...processOn(log), ...rankingAmong([10, 20, 30]) };
  elsewhere = { ...processOn(log), ...rankingAmong([10, 20, 30]) };
});

const openSeason = (operator: Operator = 'best') =>
  changeSeason(
    elsewhere,
    { type: 'OpenSeason', season: spring, operator, opensAt: null, closesAt: null, submitBy: 'players' },
    request(),
  );
const closeSeason = () => changeSeason(elsewhere, { type: 'CloseSeason', season: spring }, request());
const score = (points: number, playerId: PlayerId = alice): SubmitScore => ({
  type: 'SubmitScore',
  season: spring,
  playerId,
  attempt: { score: points, subscore: 0 },
  metadata: {},
  by: 'player',
  now,
});
const entry = (playerId: PlayerId = alice) => log.read(leaderboardEntryStream(tenant, spring, playerId));

describe('a score', () => {
  test('that counts answers with the rank it leads to', async () => {
    await openSeason();
    expect((await submitScore(here, score(20), request())).outcome).toEqual({ ok: true, value: { rank: 3 } });
    expect((await submitScore(here, score(40), request())).outcome).toEqual({ ok: true, value: { rank: 1 } });
  });

  test('that changes nothing answers with the rank of what stands', async () => {
    await openSeason();
    await submitScore(here, score(40), request());
    const indexed = { ...here, ...rankingAmong([10, 20, 30], 40) };
    expect((await submitScore(indexed, score(5), request())).outcome).toEqual({ ok: true, value: { rank: 1 } });
    expect((await entry()).events.map(({ type }) => type)).toEqual(['LeaderboardUpdated', 'ScoreAttempted']);
  });

  test('that changes nothing ranks what stands also where the index does not have it yet', async () => {
    await openSeason();
    await submitScore(here, score(40), request());
    expect((await submitScore(elsewhere, score(5), request())).outcome).toEqual({ ok: true, value: { rank: 1 } });
  });

  test('of no season is refused, and nothing is ranked for it', async () => {
    const { ranking, asked } = rankingAmong([]);
    const { outcome } = await submitScore({ ...here, ranking }, score(5), request());
    expect(outcome).toEqual({ ok: false, code: 'SEASON_NOT_FOUND' });
    expect(asked).toEqual([]);
    expect(await totalEvents(log)).toBe(0);
  });

  test('of a season that was opened elsewhere after a refusal is taken', async () => {
    await submitScore(here, score(5), request());
    await openSeason();
    expect((await submitScore(here, score(5), request())).outcome.ok).toBe(true);
  });

  test('with its key is counted once', async () => {
    await openSeason('sum');
    await submitScore(here, score(5), keyed('score-1'));
    await expect(submitScore(elsewhere, score(5), keyed('score-1'))).rejects.toMatchObject({
      name: 'RecordExists',
      record: { response: '{"ok":true,"value":{"rank":4}}' },
    });
    expect((await entry()).version).toBe(1n);
  });

  test('outside of the range leaves nothing', async () => {
    await openSeason();
    const { outcome } = await submitScore(here, score(0.5), request());
    expect(outcome).toEqual({ ok: false, code: 'SCORE_OUT_OF_RANGE' });
    expect((await entry()).version).toBe(0n);
  });
});

describe('the end of a season', () => {
  test('in another process is seen by the next score', async () => {
    await openSeason();
    await submitScore(here, score(5), request());
    await closeSeason();
    expect((await submitScore(here, score(50), request())).outcome).toEqual({ ok: false, code: 'SEASON_CLOSED' });
    expect((await entry()).version).toBe(1n);
  });

  test('between decision and append refuses the score', async () => {
    await openSeason();
    let closes = 0;
    const racing = intercepted(log, {
      append: async (append) => {
        closes += 1;
        if (closes === 1) await closeSeason();
        return log.append(append);
      },
    });
    const { outcome } = await submitScore({ ...here, log: racing }, score(5), keyed('score-1'));
    expect(outcome).toEqual({ ok: false, code: 'SEASON_CLOSED' });
    expect((await entry()).version).toBe(0n);
  });
});

describe('withdrawing a score', () => {
  const withdraw = (runtime: Process, eventId: string, playerId = alice) =>
    withdrawScore(runtime, { type: 'WithdrawScore', season: spring, playerId, eventId }, request());

  test('gives back the one before, for the next score to meet', async () => {
    await openSeason('sum');
    await submitScore(here, score(5), request());
    const second = await submitScore(here, score(7), request());
    expect((await withdraw(here, second.events[0]?.eventId ?? '')).outcome).toEqual({ ok: true, value: null });
    await submitScore(here, score(1), request());
    const { events } = await entry();
    expect(events.map(({ type }) => type)).toEqual([
      'LeaderboardUpdated',
      'LeaderboardUpdated',
      'ScoreWithdrawn',
      'LeaderboardUpdated',
    ]);
    expect(events[3]?.data).toMatchObject({ standing: { score: 6, subscore: 0 } });
  });

  test('twice does it once', async () => {
    await openSeason();
    const { events } = await submitScore(here, score(5), request());
    const id = events[0]?.eventId ?? '';
    await Promise.all([withdraw(here, id), withdraw(here, id), withdraw(elsewhere, id)]);
    expect((await entry()).version).toBe(2n);
  });

  test("of another player's entry is refused", async () => {
    await openSeason();
    const { events } = await submitScore(here, score(5), request());
    const { outcome } = await withdraw(here, events[0]?.eventId ?? '', bob);
    expect(outcome).toEqual({ ok: false, code: 'SCORE_NOT_FOUND' });
  });

  test('works after the season has closed', async () => {
    await openSeason();
    const { events } = await submitScore(here, score(5), request());
    await closeSeason();
    expect((await withdraw(here, events[0]?.eventId ?? '')).outcome.ok).toBe(true);
  });
});
