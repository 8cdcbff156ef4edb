import { describe, expect, test } from 'vitest';
import {
  decideScore,
  type LeaderboardEntry,
  leaderboardEntry,
  type SubmitScore,
} from '../../src/aggregates/leaderboard-entry.ts';
import { type Season, season } from '../../src/aggregates/season.ts';
import type { LeaderboardEntryEvent } from '../../src/events/leaderboard-entry.ts';
import type { Operator, SeasonEvent } from '../../src/events/season.ts';
import { alice, at, iso, spring } from './examples.ts';
import { eventId, fold, specification } from './specification.ts';

const max = Number.MAX_SAFE_INTEGER;
const seasonData = { season: spring, operator: 'best', opensAt: null, closesAt: null, submitBy: 'players' } as const;
const opened = (changes: Partial<Extract<SeasonEvent, { type: 'SeasonOpened' }>['data']> = {}): SeasonEvent => ({
  type: 'SeasonOpened',
  data: { ...seasonData, ...changes },
});
const closed: SeasonEvent = { type: 'SeasonClosed', data: { season: spring } };

/** Scores of one player while the season stands as it does. */
const inSeason = (...events: readonly SeasonEvent[]) => {
  const state: Season = fold(season, events);
  return specification({
    ...leaderboardEntry,
    decide: (command: SubmitScore, entry: LeaderboardEntry) => decideScore(command, { season: state, entry }),
  });
};
const submit = (score: number, subscore = 0, more: Partial<SubmitScore> = {}): SubmitScore => ({
  type: 'SubmitScore',
  season: spring,
  playerId: alice,
  attempt: { score, subscore },
  metadata: { map: 'dust' },
  by: 'player',
  now: at('11:00'),
  ...more,
});

type Pair = readonly [score: number, subscore: number];
const points = ([score, subscore]: Pair) => ({ score, subscore });
const attempt = (operator: Operator, tried: Pair) => ({
  season: spring,
  playerId: alice,
  operator,
  attempt: points(tried),
  metadata: { map: 'dust' },
});
const attempted = (operator: Operator, tried: Pair): LeaderboardEntryEvent => ({
  type: 'ScoreAttempted',
  data: attempt(operator, tried),
});
/** @param previous the points that stood, and the number of the event that reached them */
const updated = (
  operator: Operator,
  tried: Pair,
  standing: Pair = tried,
  previous: readonly [Pair, number] | null = null,
): LeaderboardEntryEvent => ({
  type: 'LeaderboardUpdated',
  data: {
    ...attempt(operator, tried),
    standing: points(standing),
    previous: previous && { ...points(previous[0]), eventId: eventId(previous[1]) },
  },
});
const withdrawn = (n: number, standing: Pair | null, reachedBy = 1): LeaderboardEntryEvent => ({
  type: 'ScoreWithdrawn',
  data: {
    season: spring,
    playerId: alice,
    withdrawnEventId: eventId(n),
    standing: standing && {
      ...points(standing),
      eventId: eventId(reachedBy),
      reached: { recordedAt: `${reachedBy * 1_000_000}`, partition: 3, position: `${reachedBy * 10}` },
    },
  },
});

describe('under each operator', () => {
  test.each(['best', 'latest', 'sum'] as const)('a first score stands (%s)', (operator) =>
    inSeason(opened({ operator }))()
      .when(submit(7, 2))
      .thenEachTime(updated(operator, [7, 2])),
  );

  const cases: { operator: Operator; stood: Pair; tried: Pair; stands: Pair | null }[] = [
    { operator: 'best', stood: [5, 5], tried: [6, 0], stands: [6, 0] },
    { operator: 'best', stood: [5, 5], tried: [5, 6], stands: [5, 6] },
    { operator: 'best', stood: [5, 5], tried: [5, 5], stands: null },
    { operator: 'best', stood: [5, 5], tried: [5, 4], stands: null },
    { operator: 'best', stood: [5, 5], tried: [4, 9], stands: null },
    { operator: 'best', stood: [-5, 0], tried: [-4, 0], stands: [-4, 0] },
    { operator: 'latest', stood: [5, 5], tried: [4, 9], stands: [4, 9] },
    { operator: 'latest', stood: [5, 5], tried: [5, 6], stands: [5, 6] },
    { operator: 'latest', stood: [5, 5], tried: [5, 5], stands: null },
    { operator: 'sum', stood: [5, 5], tried: [3, 1], stands: [8, 6] },
    { operator: 'sum', stood: [5, 5], tried: [-3, 0], stands: [2, 5] },
    { operator: 'sum', stood: [5, 5], tried: [0, 1], stands: [5, 6] },
    { operator: 'sum', stood: [5, 5], tried: [0, 0], stands: null },
  ];
  test.each(cases)('$operator: $tried after $stood leaves $stands', ({ operator, stood, tried, stands }) => {
    const event = stands === null ? attempted(operator, tried) : updated(operator, tried, stands, [stood, 1]);
    inSeason(opened({ operator }))(updated(operator, stood))
      .when(submit(...tried))
      .thenEachTime(event);
  });

  test('what stands is remembered with the event that reached it', () =>
    inSeason(opened())(updated('best', [5, 0]), attempted('best', [4, 0]), updated('best', [6, 0], [6, 0], [[5, 0], 1]))
      .when(submit(7))
      .thenEachTime(updated('best', [7, 0], [7, 0], [[6, 0], 3])));

  test('a score after a withdrawal meets what stands then', () =>
    inSeason(opened({ operator: 'sum' }))(
      updated('sum', [5, 0]),
      updated('sum', [3, 0], [8, 0], [[5, 0], 1]),
      withdrawn(2, [5, 0]),
    )
      .when(submit(2))
      .thenEachTime(updated('sum', [2, 0], [7, 0], [[5, 0], 1])));

  test('a score after the withdrawal of all is a first one', () =>
    inSeason(opened())(updated('best', [9, 0]), withdrawn(1, null))
      .when(submit(1))
      .thenEachTime(updated('best', [1, 0])));
});

describe('a score is refused', () => {
  test('without a season', () => inSeason()().when(submit(1)).thenRejects('SEASON_NOT_FOUND'));
  test('in a closed season', () => inSeason(opened(), closed)().when(submit(1)).thenRejects('SEASON_CLOSED'));
  test('when the season has ended by time', () =>
    inSeason(opened({ closesAt: iso('11:00') }))()
      .when(submit(1))
      .thenRejects('SEASON_CLOSED'));
  test('before the season opens', () =>
    inSeason(opened({ opensAt: iso('11:01') }))()
      .when(submit(1))
      .thenRejects('SEASON_NOT_OPEN'));
  test('from a player where services submit', () =>
    inSeason(opened({ submitBy: 'service' }))()
      .when(submit(1))
      .thenRejects('SUBMISSION_NOT_ALLOWED'));

  test.each([
    [max + 1, 0],
    [-max - 1, 0],
    [0, max + 1],
    [0.5, 0],
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
  ])('outside of the whole numbers that travel safely: %d, %d', (score, subscore) =>
    inSeason(opened())().when(submit(score, subscore)).thenRejects('SCORE_OUT_OF_RANGE'),
  );

  test.each([
    [1, 0],
    [0, 1],
  ])('when the sum would leave them: + %d, %d', (score, subscore) =>
    inSeason(opened({ operator: 'sum' }))(updated('sum', [max, max]))
      .when(submit(score, subscore))
      .thenRejects('SCORE_OUT_OF_RANGE'),
  );
});

describe('a score is taken', () => {
  test('at the ends of the range', () =>
    inSeason(opened())()
      .when(submit(-max, max))
      .thenEachTime(updated('best', [-max, max])));
  test('from a service where services submit', () =>
    inSeason(opened({ submitBy: 'service' }))()
      .when(submit(1, 0, { by: 'service' }))
      .thenEachTime(updated('best', [1, 0])));
  test('from a service where players submit', () =>
    inSeason(opened())()
      .when(submit(1, 0, { by: 'service' }))
      .thenEachTime(updated('best', [1, 0])));
});

test('the place in the log of an update is when its points were reached', () => {
  const { standing } = fold(leaderboardEntry, [updated('best', [5, 0]), updated('best', [6, 1], [6, 1], [[5, 0], 1])]);
  expect(standing).toEqual({
    score: 6,
    subscore: 1,
    eventId: eventId(2),
    reached: { recordedAt: 2_000_000n, partition: 3, position: 20n },
  });
});

test('a withdrawal gives back the points with the place where they were reached', () => {
  const events = [updated('best', [5, 0]), updated('best', [6, 1], [6, 1], [[5, 0], 1]), withdrawn(2, [5, 0])];
  expect(fold(leaderboardEntry, events)).toEqual({
    standing: {
      score: 5,
      subscore: 0,
      eventId: eventId(1),
      reached: { recordedAt: 1_000_000n, partition: 3, position: 10n },
    },
  });
});
