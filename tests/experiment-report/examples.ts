import type { CohortInput, ExperimentInput } from '../../src/experiment-report/input.ts';

/** Three cohorts with shares, a mean with a covariate, and a guardrail; `old` is control. */
export function shop(players: readonly [number, number, number] = [10_000, 5_050, 4_990]): ExperimentInput {
  return {
    experiment: 'new <shop> & "friends"',
    control: 'old',
    plannedPlayers: 20_000,
    cohorts: [
      cohort('old', 50, players[0], { bought: 0.05, revenue: 1.2, crashed: 0.02 }),
      cohort('blue', 25, players[1], { bought: 0.068, revenue: 1.3, crashed: 0.021 }),
      cohort('red', 25, players[2], { bought: 0.048, revenue: 1.18, crashed: 0.04 }),
    ],
    metrics: [
      { metric: 'bought', kind: 'share', role: 'goal', better: 'higher' },
      { metric: 'revenue', kind: 'mean', role: 'goal', better: 'higher' },
      { metric: 'crashed', kind: 'share', role: 'guardrail', better: 'lower', margin: 0.01 },
    ],
  };
}

/** Deviations 3 and 2, correlation 0.7. */
function cohort(
  name: string,
  share: number,
  players: number,
  { bought, revenue, crashed }: { bought: number; revenue: number; crashed: number },
): CohortInput {
  const covariate = { sum: players * 5, sumOfSquares: players * 29, sumOfProducts: players * (5 * revenue + 4.2) };
  return {
    ...{ cohort: name, share, players },
    metrics: {
      bought: { successes: Math.round(players * bought) },
      revenue: { sum: players * revenue, sumOfSquares: players * (revenue ** 2 + 9), covariate },
      crashed: { successes: Math.round(players * crashed) },
    },
    daily: [
      { day: '2026-01-06', players: Math.floor(players / 2) },
      { day: '2026-01-05', players: Math.ceil(players / 2) },
    ],
  };
}
