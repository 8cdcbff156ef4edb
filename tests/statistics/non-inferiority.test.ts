import { describe, expect, test } from 'vitest';
import { guardrailTest } from '../../src/statistics/non-inferiority.ts';
import { twoProportionTest } from '../../src/statistics/two-proportions.ts';
import { draws, problemOf, rate } from './simulate.ts';

const guardrail = { difference: 0, standardError: 1, margin: 3, better: 'higher' } as const;

describe('a guardrail', () => {
  /** statsmodels 0.14, test_proportions_2indep(80, 100, 85, 100, value=-0.1, alternative='larger', method='wald'): 0.9325048, p = 0.1755379. */
  test('has the p-value of the test of non-inferiority', () => {
    const { difference, standardError } = twoProportionTest(
      { successes: 85, players: 100 },
      { successes: 80, players: 100 },
    );
    const { p, verdict } = guardrailTest({ difference, standardError, margin: 0.1, better: 'higher' });
    expect(p).toBeCloseTo(0.17553785147775103, 10);
    expect(verdict).toBe('unclear');
  });

  test('holds where harm beyond the margin is ruled out, also when nothing is shown to differ', () => {
    const { p, bound, verdict } = guardrailTest(guardrail);
    expect(p).toBeCloseTo(0.00135, 5);
    expect(bound).toBeCloseTo(-1.96, 2);
    expect(verdict).toBe('holds');
    expect(guardrailTest({ ...guardrail, difference: -1 })).toMatchObject({ verdict: 'holds' });
  });

  test('is unclear where there are too few players to rule it out', () => {
    expect(guardrailTest({ ...guardrail, difference: -2 })).toMatchObject({ verdict: 'unclear' });
  });

  test('is broken where harm beyond the margin is shown', () => {
    expect(guardrailTest({ ...guardrail, difference: -5 })).toMatchObject({ verdict: 'broken' });
    expect(guardrailTest({ ...guardrail, difference: -4.9 })).toMatchObject({ verdict: 'unclear' });
  });

  test('mirrors a metric of which less is better', () => {
    const lower = { ...guardrail, better: 'lower' } as const;
    expect(guardrailTest({ ...lower, difference: 5 })).toMatchObject({ verdict: 'broken' });
    expect(guardrailTest({ ...lower, difference: -5 })).toMatchObject({ verdict: 'holds' });
    expect(guardrailTest({ ...lower, difference: 0.5 }).bound).toBeCloseTo(2.46, 2);
  });

  test('asks more of few players, by the t distribution', () => {
    expect(guardrailTest({ ...guardrail, degreesOfFreedom: 5 }).p).toBeCloseTo(0.01505, 5);
    expect(guardrailTest({ ...guardrail, degreesOfFreedom: 5 }).bound).toBeCloseTo(-2.5706, 4);
  });

  test('lets harm of just the margin pass at most with α', () => {
    const { successes } = draws(13);
    const passed = rate(2_000, () => {
      const { difference, standardError } = twoProportionTest(successes(1_000, 0.4), successes(1_000, 0.37));
      return guardrailTest({ difference, standardError, margin: 0.03, better: 'higher' }).verdict === 'holds';
    });
    expect(passed).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / 2_000));
  });

  test('is refused without a margin, without chance, and for numbers that are none', () => {
    expect(problemOf(() => guardrailTest({ ...guardrail, margin: 0 }))).toBe('INVALID_NUMBER');
    expect(problemOf(() => guardrailTest({ ...guardrail, standardError: 0 }))).toBe('NO_VARIANCE');
    expect(problemOf(() => guardrailTest({ ...guardrail, difference: Number.NaN }))).toBe('INVALID_NUMBER');
  });
});
