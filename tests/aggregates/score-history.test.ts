import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideScore, leaderboardEntry, type Points } from '../../src/aggregates/leaderboard-entry.ts';
import { scoreHistory } from '../../src/aggregates/score-history.ts';
import type { Season } from '../../src/aggregates/season.ts';
import type { LeaderboardEntryEvent } from '../../src/events/leaderboard-entry.ts';
import type { Operator } from '../../src/events/season.ts';
import { alice, spring } from './examples.ts';
import { eventId, fold, recorded, specification } from './specification.ts';

const given = specification(scoreHistory);
const max = Number.MAX_SAFE_INTEGER;
const withdraw = (n: number) =>
  ({ type: 'WithdrawScore', season: spring, playerId: alice, eventId: eventId(n) }) as const;

/** The events that these scores leave, one after another. */
function scores(operator: Operator, ...tried: readonly number[]): LeaderboardEntryEvent[] {
  const events: LeaderboardEntryEvent[] = [];
  for (const score of tried) events.push(...submitted(operator, { score, subscore: 0 }, events));
  return events;
}

function submitted(operator: Operator, attempt: Points, history: readonly LeaderboardEntryEvent[]) {
  const season: Season = {
    phase: 'open',
    operator,
    submitBy: 'players',
    opensAt: null,
    closesAt: null,
    rewards: [],
    awarded: false,
    archived: false,
    entry: null,
  };
  const entry = fold(leaderboardEntry, history);
  const command = { type: 'SubmitScore', season: spring, playerId: alice, attempt } as const;
  return decideScore({ ...command, metadata: {}, by: 'player', now: 0 }, { season, entry }).events;
}

/** @param score what stands then; @param reachedBy number of the event that first reached it */
const withdrawn = (n: number, score: number | null, reachedBy = 0): LeaderboardEntryEvent => ({
  type: 'ScoreWithdrawn',
  data: {
    season: spring,
    playerId: alice,
    withdrawnEventId: eventId(n),
    standing:
      score === null
        ? null
        : {
            score,
            subscore: 0,
            eventId: eventId(reachedBy),
            reached: { recordedAt: `${reachedBy * 1_000_000}`, partition: 3, position: `${reachedBy * 10}` },
          },
  },
});

describe('withdrawing', () => {
  test('the only score leaves no entry', () =>
    given(...scores('best', 5))
      .when(withdraw(1))
      .then(withdrawn(1, null)));

  test('the standing score gives back the one before', () =>
    given(...scores('best', 5, 9))
      .when(withdraw(2))
      .then(withdrawn(2, 5, 1)));

  test('the standing score gives back one that did not stand before', () =>
    given(...scores('best', 5, 9, 7))
      .when(withdraw(2))
      .then(withdrawn(2, 7, 3)));

  test('an older score leaves the standing one where it was reached', () =>
    given(...scores('best', 5, 9))
      .when(withdraw(1))
      .then(withdrawn(1, 9, 2)));

  test('the score that reached a tie first leaves it to the second', () =>
    given(...scores('best', 9, 9))
      .when(withdraw(1))
      .then(withdrawn(1, 9, 2)));

  test('the latest score gives back the one before', () =>
    given(...scores('latest', 5, 9, 7))
      .when(withdraw(3))
      .then(withdrawn(3, 9, 2)));

  test('a score between two equal ones makes them one', () =>
    given(...scores('latest', 5, 9, 5))
      .when(withdraw(2))
      .then(withdrawn(2, 5, 1)));

  test('a part of a sum takes it off', () =>
    given(...scores('sum', 5, 9, 7))
      .when(withdraw(2))
      .then(withdrawn(2, 12, 3)));

  test('a second score counts the first as gone', () =>
    given(...scores('best', 5, 9, 7), withdrawn(2, 7, 3))
      .when(withdraw(3))
      .then(withdrawn(3, 5, 1)));

  test('a withdrawn score changes nothing', () =>
    given(...scores('best', 5, 9), withdrawn(2, 5, 1))
      .when(withdraw(2))
      .thenNothing());

  test('what is no score of this entry is refused', () =>
    given(...scores('best', 5))
      .when(withdraw(2))
      .thenRejects('SCORE_NOT_FOUND'));

  test('a withdrawal is refused', () =>
    given(...scores('best', 5, 9), withdrawn(2, 5, 1))
      .when(withdraw(3))
      .thenRejects('SCORE_NOT_FOUND'));

  test('in an empty entry is refused', () => given().when(withdraw(1)).thenRejects('SCORE_NOT_FOUND'));

  test('a part is refused when the others would add up beyond the range', () =>
    given(...scores('sum', -10, max, 5))
      .when(withdraw(1))
      .thenRejects('SCORE_OUT_OF_RANGE'));

  test('a part is refused when the others would leave the range on the way', () =>
    given(...scores('sum', -10, max, 5, -20))
      .when(withdraw(1))
      .thenRejects('SCORE_OUT_OF_RANGE'));
});

/** What stands after these attempts, oldest first, told without the code under test. */
function expectedStanding(operator: Operator, attempts: readonly (Points & { readonly n: number })[]) {
  if (attempts.length === 0) return null;
  const reached = ({ score, subscore }: Points, n: number) => ({ score, subscore, eventId: eventId(n) });
  if (operator === 'best') {
    const [best] = [...attempts].sort((a, b) => b.score - a.score || b.subscore - a.subscore || a.n - b.n);
    return best === undefined ? null : reached(best, best.n);
  }
  const total = (upTo: number) =>
    attempts
      .slice(0, upTo + 1)
      .reduce((sum, { score, subscore }) => ({ score: sum.score + score, subscore: sum.subscore + subscore }), {
        score: 0,
        subscore: 0,
      });
  const after = attempts.map((attempt, index) => (operator === 'latest' ? attempt : total(index)));
  const last = after[after.length - 1] as Points;
  const different = after.findLastIndex(({ score, subscore }) => score !== last.score || subscore !== last.subscore);
  return reached(last, (attempts[different + 1] as { n: number }).n);
}

const points = fc.record({ score: fc.integer({ min: -3, max: 3 }), subscore: fc.integer({ min: -1, max: 1 }) });
const steps = fc.array(
  fc.oneof({ arbitrary: points, weight: 3 }, { arbitrary: fc.record({ take: fc.nat() }), weight: 1 }),
  { maxLength: 20 },
);

test.each(['best', 'latest', 'sum'] as const)(
  'after any scores and withdrawals there stands what the remaining scores give (%s)',
  (operator) => {
    fc.assert(
      fc.property(steps, (each) => {
        const events: LeaderboardEntryEvent[] = [];
        let attempts: (Points & { n: number })[] = [];
        for (const step of each) {
          if ('score' in step) {
            events.push(...submitted(operator, step, events));
            attempts.push({ ...step, n: events.length });
          } else {
            const target = attempts[step.take % Math.max(1, attempts.length)];
            if (target === undefined) continue;
            events.push(...scoreHistory.decide(withdraw(target.n), fold(scoreHistory, events)).events);
            attempts = attempts.filter((attempt) => attempt !== target);
          }
          const { standing } = fold(leaderboardEntry, events);
          const expected = expectedStanding(operator, attempts);
          expect(standing && { score: standing.score, subscore: standing.subscore, eventId: standing.eventId }).toEqual(
            expected,
          );
          if (standing === null) continue;
          const n = events.findIndex((event, index) => recorded(event, index + 1).eventId === standing.eventId) + 1;
          expect(standing.reached).toEqual({
            recordedAt: BigInt(n * 1_000_000),
            partition: 3,
            position: BigInt(n * 10),
          });
        }
      }),
      { numRuns: 500 },
    );
  },
);
