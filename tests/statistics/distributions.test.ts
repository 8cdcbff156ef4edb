import { describe, expect, test } from 'vitest';
import {
  betaCdf,
  betaDensity,
  betaQuantile,
  chiSquareTail,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  studentCdf,
  studentQuantile,
  studentTwoSided,
} from '../../src/statistics/distributions.ts';

/** Expected values: SciPy 1.17 (scipy.stats). */
describe('a distribution agrees with SciPy', () => {
  const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

  test('in the middle', () => {
    expect(normalCdf(-1.96)).toBeCloseTo(0.0249978951482, 12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.95996398454, 10);
    expect(studentCdf(-1.8608, 17.776)).toBeCloseTo(0.07939657813977984 / 2, 10);
    expect(studentTwoSided(1.8608, 17.776)).toBeCloseTo(0.07939657813977984, 10);
    expect(studentQuantile(0.975, 10)).toBeCloseTo(2.22813885196, 9);
    expect(studentQuantile(0.975, 90_000)).toBeCloseTo(1.95999034346, 9);
    expect(studentQuantile(0.975, 1.5)).toBeCloseTo(6.01666310443, 8);
    expect(chiSquareTail(6.9, 1)).toBeCloseTo(0.008619574960601723, 12);
    expect(chiSquareTail(12.6, 3)).toBeCloseTo(0.005586546097302402, 12);
  });

  test('with the parameters of large experiments', () => {
    expect(betaCdf(0.445, 20_035, 24_667)).toBeCloseTo(0.08745452241435712, 10);
    expect(relative(betaDensity(0.445, 20_035, 24_667), 67.64214156642822)).toBeLessThan(1e-9);
    expect(betaQuantile(0.025, 20_035, 24_667)).toBeCloseTo(0.44358241, 8);
    expect(betaQuantile(0.975, 20_035, 24_667)).toBeCloseTo(0.45280246, 8);
    expect(betaCdf(0.4501, 4_500_000, 5_500_000)).toBeCloseTo(0.7374991297902779, 8);
    expect(betaQuantile(0.025, 1, 1001)).toBeCloseTo(2.529219561584832e-5, 12);
  });

  test('in tails so far out that 1 minus the cumulative probability would be 0', () => {
    expect(relative(normalTwoSided(20), 2 * 2.7536241186062337e-89)).toBeLessThan(1e-9);
    expect(relative(studentTwoSided(30, 50), 1.238002279598724e-33)).toBeLessThan(1e-9);
    expect(relative(chiSquareTail(900, 1), 9.813427854296455e-198)).toBeLessThan(1e-9);
    expect(chiSquareTail(900, 3)).toBe(0);
  });
});
