import { describe, expect, test } from 'vitest';
import { integrate, whereReached } from '../../src/statistics/quadrature.ts';

describe('quadrature', () => {
  test('is exact for polynomials up to degree 31', () => {
    for (const degree of [0, 1, 2, 15, 30, 31])
      expect(integrate((x) => x ** degree, 0, 2, 1) / (2 ** (degree + 1) / (degree + 1))).toBeCloseTo(1, 12);
  });

  test('converges for smooth functions', () => {
    expect(integrate(Math.exp, 0, 1, 2)).toBeCloseTo(Math.E - 1, 14);
    expect(integrate((x) => Math.exp(-(x ** 2)), -8, 8, 8)).toBeCloseTo(Math.sqrt(Math.PI), 12);
  });
});

describe('where a rising function reaches a value', () => {
  test('is found between the ends', () => {
    expect(whereReached((x) => x ** 3, 8, 0, 10)).toBeCloseTo(2, 8);
    expect(whereReached((x) => 1 / (1 + Math.exp(-40 * x)), 0.999, -1, 1)).toBeCloseTo(Math.log(999) / 40, 8);
  });

  test('is an end where it lies outside', () => {
    expect(whereReached((x) => x, -5, 0, 1)).toBe(0);
    expect(whereReached((x) => x, 5, 0, 1)).toBe(1);
  });
});
