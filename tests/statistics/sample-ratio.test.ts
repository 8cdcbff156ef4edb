import { describe, expect, test } from 'vitest';
import { sampleRatio } from '../../src/statistics/sample-ratio.ts';
import { draws, problemOf, rate } from './simulate.ts';

describe('the ratio of the samples', () => {
  /** Mendel (1866), seeds of peas, 9:3:3:1; χ² = 0.47, p = 0.925 in Fisher (1936), "Has Mendel's work been rediscovered?". */
  test('of Mendel’s peas is as planned', () => {
    const peas = sampleRatio([315, 108, 101, 32], [9, 3, 3, 1]);
    expect(peas.chiSquare).toBeCloseTo(0.47, 3);
    expect(peas.p).toBeCloseTo(0.9254, 4);
    expect(peas).toMatchObject({ degreesOfFreedom: 3, verdict: 'balanced' });
    expect(peas.expected).toEqual([312.75, 104.25, 104.25, 34.75]);
  });

  /** Kohavi, Tang & Xu (2020), "Trustworthy Online Controlled Experiments", chapter 21, scenario 1: p = 1.8E-6. */
  test('of 821,588 to 815,482 players is not that of halves', () => {
    const { p, verdict } = sampleRatio([821_588, 815_482], [1, 1]);
    expect(p).toBeCloseTo(1.8e-6, 7);
    expect(verdict).toBe('mismatched');
  });

  test('is suspicious between 0.001 and 0.01', () => {
    expect(sampleRatio([44_700, 45_489], [50, 50])).toMatchObject({ verdict: 'suspicious' });
    expect(sampleRatio([44_700, 45_489], [50, 50]).p).toBeCloseTo(0.0086, 4);
  });

  test('has a uniform p where players are drawn as planned', () => {
    const { random } = draws(1);
    const p = () => {
      const players = [0, 0, 0];
      for (let player = 0; player < 300; player += 1) {
        const u = random();
        players[u < 0.2 ? 0 : u < 0.5 ? 1 : 2]! += 1;
      }
      return sampleRatio(players, [0.2, 0.3, 0.5]).p;
    };
    const ps = Array.from({ length: 2_000 }, p);
    for (const level of [0.01, 0.1, 0.5, 0.9])
      expect(Math.abs(rateBelow(ps, level) - level)).toBeLessThan(3.5 * Math.sqrt((level * (1 - level)) / 2_000));
  });

  test('that is off by two in a hundred is found with 20,000 players', () => {
    const { successes } = draws(2);
    const found = () => {
      const treatment = successes(20_000, 0.52).successes;
      return sampleRatio([20_000 - treatment, treatment], [1, 1]).verdict === 'mismatched';
    };
    expect(rate(50, found)).toBeGreaterThan(0.95);
  });

  test('is refused for one cohort, too few players, and numbers that are none', () => {
    expect(problemOf(() => sampleRatio([10], [1]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sampleRatio([10, 10], [1]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sampleRatio([0, 0], [1, 1]))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => sampleRatio([90, 4], [99, 1]))).toBe('TOO_FEW_PLAYERS');
    expect(problemOf(() => sampleRatio([10, Number.NaN], [1, 1]))).toBe('INVALID_NUMBER');
    expect(problemOf(() => sampleRatio([10, 10], [1, 0]))).toBe('INVALID_NUMBER');
  });
});

const rateBelow = (values: readonly number[], level: number) =>
  values.filter((value) => value < level).length / values.length;
