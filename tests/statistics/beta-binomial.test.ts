import { describe, expect, test } from 'vitest';
import { betaBinomial, densityOf, uniformPrior } from '../../src/statistics/beta-binomial.ts';
import { betaCdf } from '../../src/statistics/distributions.ts';
import { integrate } from '../../src/statistics/quadrature.ts';
import { draws, problemOf, rate } from './simulate.ts';

const proportion = (successes: number, players: number) => ({ successes, players });

/** P(B > A) = Σ_{i < a_B} B(a_A + i, b_A + b_B) / ((b_B + i) B(1 + i, b_B) B(a_A, b_A)), for whole a_B.
 *  Miller (2015), "Formulas for Bayesian A/B Testing", equation 6. */
function millersSum(a: { a: number; b: number }, b: { a: number; b: number }): number {
  const lnBeta = (x: number, y: number) => lnFactorial(x - 1) + lnFactorial(y - 1) - lnFactorial(x + y - 1);
  let total = 0;
  for (let i = 0; i < b.a; i += 1)
    total += Math.exp(lnBeta(a.a + i, a.b + b.b) - Math.log(b.b + i) - lnBeta(1 + i, b.b) - lnBeta(a.a, a.b));
  return total;
}
const lnFactorials = [0];
for (let n = 1; n <= 2_000; n += 1) lnFactorials.push(lnFactorials[n - 1]! + Math.log(n));
const lnFactorial = (n: number) => lnFactorials[n]!;

describe('the beta-binomial model', () => {
  test('starts from the uniform prior: one failure against one success is 5 to 1', () => {
    const { control, treatment, treatmentBetter, expectedLoss } = betaBinomial(proportion(0, 1), proportion(1, 1));
    expect([control.a, control.b, treatment.a, treatment.b]).toEqual([1, 2, 2, 1]);
    expect(treatmentBetter).toBeCloseTo(5 / 6, 12);
    expect(expectedLoss.treatment).toBeCloseTo(1 / 30, 12);
    expect(expectedLoss.control).toBeCloseTo(1 / 30 + 1 / 3, 12);
  });

  test('agrees with the closed sum for whole numbers', () => {
    for (const [x, n, y, m] of [
      [3, 10, 6, 12],
      [0, 5, 0, 50],
      [40, 200, 55, 210],
      [1, 2, 300, 700],
    ] as const) {
      const { control, treatment, treatmentBetter } = betaBinomial(proportion(x, n), proportion(y, m));
      expect(treatmentBetter).toBeCloseTo(millersSum(control, treatment), 9);
    }
  });

  /** SciPy 1.17: adaptive quadrature (scipy.integrate.quad) over scipy.stats.beta in sixty parts, and brentq for the interval. */
  test.each([
    {
      what: '90,000 players',
      ...{ control: proportion(8502, 44_700), treatment: proportion(8279, 45_489), prior: uniformPrior },
      ...{ better: 0.0007773386645752208, losses: [5.478131606408204e-7, 0.008201725960211003] },
      interval: [-0.013281711161907147, -0.0031212100686572467],
    },
    {
      what: "a few, with Jeffreys' prior",
      ...{ control: proportion(2, 100), treatment: proportion(6, 100), prior: { a: 0.5, b: 0.5 } },
      ...{ better: 0.9274621474047817, losses: [0.04055136170811939, 0.0009474013120798477] },
      interval: [-0.014342292939010627, 0.10000986047459015],
    },
    {
      what: 'groups of very different size',
      ...{ control: proportion(11, 100), treatment: proportion(300_000, 2_000_000), prior: uniformPrior },
      ...{ better: 0.8461154519587927, losses: [0.03545985484584428, 0.003106563669723649] },
      interval: [-0.03652135269044904, 0.08707949030554667],
    },
  ])('agrees with adaptive quadrature for $what', ({ control, treatment, prior, better, losses, interval }) => {
    const found = betaBinomial(control, treatment, prior);
    expect(found.treatmentBetter).toBeCloseTo(better, 8);
    expect(found.expectedLoss.control / losses[0]!).toBeCloseTo(1, 6);
    expect(found.expectedLoss.treatment / losses[1]!).toBeCloseTo(1, 6);
    expect(found.difference.interval.low).toBeCloseTo(interval[0]!, 7);
    expect(found.difference.interval.high).toBeCloseTo(interval[1]!, 7);
  });

  test('is the same with the cohorts exchanged', () => {
    const [there, back] = [
      betaBinomial(proportion(30, 100), proportion(50, 120)),
      betaBinomial(proportion(50, 120), proportion(30, 100)),
    ];
    expect(there.treatmentBetter + back.treatmentBetter).toBeCloseTo(1, 10);
    expect(there.expectedLoss.control).toBeCloseTo(back.expectedLoss.treatment, 12);
    expect(there.difference.interval.low).toBeCloseTo(-back.difference.interval.high, 8);
  });

  test('is calibrated: over experiments from the prior, a credible interval holds the difference as often as it says', () => {
    const { random, successes } = draws(10);
    const covered = rate(100, () => {
      const [p, q] = [random(), random()];
      const { low, high } = betaBinomial(successes(20, p), successes(30, q), uniformPrior, 0.8).difference.interval;
      return low <= q - p && q - p <= high;
    });
    expect(Math.abs(covered - 0.8)).toBeLessThan(3 * Math.sqrt(0.16 / 100));
  });

  test('has intervals with equal tails, and a density of area 1', () => {
    const { control } = betaBinomial(proportion(40, 200), proportion(1, 2));
    expect(betaCdf(control.interval.low, control.a, control.b)).toBeCloseTo(0.025, 8);
    expect(betaCdf(control.interval.high, control.a, control.b)).toBeCloseTo(0.975, 8);
    expect(integrate((share) => densityOf(control, share), 0, 1, 40)).toBeCloseTo(1, 10);
  });

  test('is defined for shares of 0 and 1, in groups of every size', () => {
    const { treatmentBetter, expectedLoss, difference } = betaBinomial(proportion(0, 1e6), proportion(1e6, 1e6));
    expect(treatmentBetter).toBe(1);
    expect(expectedLoss.treatment).toBeCloseTo(0, 12);
    expect(difference.interval.low).toBeGreaterThan(0.9999);
    expect(betaBinomial(proportion(0, 1e6), proportion(0, 1e6)).treatmentBetter).toBeCloseTo(0.5, 8);
  });

  test('is refused without players, for a prior below 0.5, and for numbers that are none', () => {
    expect(problemOf(() => betaBinomial(proportion(0, 0), proportion(1, 2)))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => betaBinomial(proportion(1, 2), proportion(1, 2), { a: 0.1, b: 1 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => betaBinomial(proportion(3, 2), proportion(1, 2)))).toBe('INVALID_NUMBER');
    expect(problemOf(() => betaBinomial(proportion(1, 2), proportion(1, 2), uniformPrior, 1))).toBe('INVALID_NUMBER');
  });
});
