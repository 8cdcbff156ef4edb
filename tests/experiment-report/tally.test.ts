import { expect, test } from 'vitest';
import { cohortInput, createTally, metricsOf, PlayerTwice } from '../../src/experiment-report/tally.ts';

function tallied() {
  const tally = createTally();
  tally.add({ player: '1', cohort: 'b', values: { won: 1, rounds: 3 } });
  tally.add({ player: '2', cohort: 'a', values: { won: 0, rounds: 4 } });
  tally.add({ player: '3', cohort: 'b', values: { won: 0, rounds: 5 } });
  return tally;
}

test('rows are added up for each cohort, by name', () => {
  const cohorts = tallied().cohorts();
  expect(cohorts.map(({ cohort, players }) => [cohort, players])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(cohortInput(cohorts[1]!, 50, []).metrics).toEqual({
    won: { sum: 1, sumOfSquares: 1, successes: 1 },
    rounds: { sum: 8, sumOfSquares: 34 },
  });
});

test('a player counts once', () => {
  expect(() => tallied().add({ player: '2', cohort: 'b', values: {} })).toThrow(PlayerTwice);
});

test('numbers that are all 0 or 1 are a share, unless somebody says otherwise', () => {
  const cohorts = tallied().cohorts();
  expect(metricsOf(cohorts, []).map(({ metric, kind }) => [metric, kind])).toEqual([
    ['won', 'share'],
    ['rounds', 'mean'],
  ]);
  expect(
    metricsOf(cohorts, [{ metric: 'won', kind: 'mean', role: 'guardrail', margin: 0.1, better: 'lower' }]),
  ).toEqual([{ metric: 'won', kind: 'mean', role: 'guardrail', margin: 0.1, better: 'lower' }]);
});
