import { chiSquareTail } from './distributions.ts';
import { requireCount, requirePositive, StatisticsError } from './errors.ts';

/** @property expected  players that each cohort should have, by its share of all
 *  @property verdict   `mismatched` below p = 0.001: the experiment cannot be trusted; `suspicious` below 0.01: look before you trust it */
export type SampleRatio = {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly expected: readonly number[];
  readonly verdict: 'balanced' | 'suspicious' | 'mismatched';
};

const mismatchedBelow = 0.001;
const suspiciousBelow = 0.01;

/** Whether the cohorts have as many players as was planned: Pearson's goodness of fit.
 *  χ² = Σ (observed − expected)² / expected, with (cohorts − 1) degrees of freedom.
 *
 *  Pearson (1900), "On the criterion that a given system of deviations…", Philosophical Magazine 50. The use for experiments, and why
 *  a small p forbids reading on: Fabijan et al. (2019), "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD.
 *  @param observed  players of each cohort
 *  @param shares    planned shares in the same order, in any unit: only their ratios count
 *  @throws StatisticsError with fewer than 2 cohorts, fewer than 5 players expected in one, or shares that are not above 0 */
export function sampleRatio(observed: readonly number[], shares: readonly number[]): SampleRatio {
  if (observed.length < 2 || observed.length !== shares.length)
    throw new StatisticsError('INVALID_NUMBER', 'Give players and planned shares of at least two cohorts.');
  for (const players of observed) requireCount('The number of players', players);
  for (const share of shares) requirePositive('A planned share', share);
  const players = sum(observed);
  const expected = shares.map((share) => (players * share) / sum(shares));
  if (Math.min(...expected) < 5)
    throw new StatisticsError(
      'TOO_FEW_PLAYERS',
      `The ratio can be judged when 5 players are expected in each cohort; there are ${players} in all.`,
    );
  const chiSquare = sum(observed.map((count, index) => (count - expected[index]!) ** 2 / expected[index]!));
  const degreesOfFreedom = observed.length - 1;
  const p = chiSquareTail(chiSquare, degreesOfFreedom);
  return { chiSquare, degreesOfFreedom, p, expected, verdict: verdictOf(p) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function verdictOf(p: number): SampleRatio['verdict'] {
  if (p < mismatchedBelow) return 'mismatched';
  return p < suspiciousBelow ? 'suspicious' : 'balanced';
}
