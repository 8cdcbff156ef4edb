import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '../../src/statistics/multiplicity.ts';
import { twoProportionTest } from '../../src/statistics/two-proportions.ts';
import { draws, problemOf } from './simulate.ts';

/** Benjamini & Hochberg (1995), §3.2: fifteen comparisons of a trial of thrombolysis. Their procedure rejects four at 0.05, Bonferroni's and
 *  Holm's three. Adjusted values: statsmodels 0.14, multipletests; the same as R's p.adjust. */
const thrombolysis = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];
const close = (values: readonly number[], expected: readonly number[]) => {
  expect(values).toHaveLength(expected.length);
  for (const [index, value] of values.entries()) expect(value, `p ${index}`).toBeCloseTo(expected[index]!, 10);
};

describe('many comparisons', () => {
  test('are adjusted by Holm as published', () => {
    const adjusted = holm(thrombolysis);
    close(adjusted.slice(0, 10), [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1]);
    expect(adjusted.filter((p) => p < 0.05)).toHaveLength(3);
  });

  test('are adjusted by Benjamini and Hochberg as published', () => {
    const adjusted = benjaminiHochberg(thrombolysis);
    close(adjusted.slice(0, 6), [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286]);
    close(adjusted.slice(9), [0.486, 0.5811818181818182, 0.714875, 0.7532307692307693, 0.8132142857142857, 1]);
    expect(adjusted.filter((p) => p < 0.05)).toHaveLength(4);
  });

  test('come back in the order given', () => {
    close(holm([0.03, 0.01, 0.04, 0.02]), [0.06, 0.04, 0.06, 0.06]);
    close(benjaminiHochberg([0.03, 0.01, 0.04, 0.02]), [0.04, 0.04, 0.04, 0.04]);
    close(holm([0.5]), [0.5]);
    expect([holm([]), benjaminiHochberg([])]).toEqual([[], []]);
  });

  test('never make a p-value smaller, keep their order, and Holm is the stricter one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        const [strict, mild] = [holm(ps), benjaminiHochberg(ps)];
        for (const [index, p] of ps.entries()) {
          expect(mild[index]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(strict[index]).toBeGreaterThanOrEqual(mild[index]! * (1 - 1e-12));
          for (const [other, q] of ps.entries())
            if (p < q) expect(strict[index]! <= strict[other]! && mild[index]! <= mild[other]!).toBe(true);
        }
      }),
    );
  });

  test('keep their promises: of twenty metrics, five differ', () => {
    const { successes } = draws(7);
    let [families, falseShares] = [0, 0];
    const runs = 200;
    for (let run = 0; run < runs; run += 1) {
      const ps = Array.from({ length: 20 }, (_, metric) => {
        const treatment = metric < 5 ? 0.36 : 0.3;
        return twoProportionTest(successes(800, 0.3), successes(800, treatment)).p;
      });
      if (holm(ps).some((p, metric) => metric >= 5 && p < 0.05)) families += 1;
      const found = benjaminiHochberg(ps).flatMap((p, metric) => (p < 0.05 ? [metric] : []));
      if (found.length > 0) falseShares += found.filter((metric) => metric >= 5).length / found.length;
    }
    expect(families / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(falseShares / runs).toBeLessThan(0.05 + 0.02);
  });

  test('are refused when one is no p-value', () => {
    expect(problemOf(() => holm([0.5, Number.NaN]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => benjaminiHochberg([1.5]))).toBe('INVALID_NUMBER');
  });
});
