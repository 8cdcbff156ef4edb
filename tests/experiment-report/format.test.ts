import { expect, test } from 'vitest';
import {
  formatDifference,
  formatInterval,
  formatLoss,
  formatP,
  formatProbability,
  formatRelative,
  formatStatistic,
  formatValue,
  plainP,
} from '../../src/experiment-report/format.ts';

test('a p-value has two digits that count, and never is 0', () => {
  expect([0.38, 0.1, 0.074, 0.0086, 0.0016, 0.00005, 0, 1].map(plainP)).toEqual([
    ...['0.38', '0.10', '0.074', '0.0086', '0.0016', '<0.0001', '<0.0001', '1'],
  ]);
  expect([formatP(0.074), formatP(1e-9)]).toEqual(['= 0.074', '< 0.0001']);
});

test('shares are per cent, their differences percentage points with a sign', () => {
  expect(formatValue('share', 0.44822)).toBe('44.82 %');
  expect(formatDifference('share', -0.0059)).toBe('−0.59 pp');
  expect(formatInterval('share', { low: -0.0124, high: 0.0006 })).toBe('−1.24 to +0.06 pp');
  expect(formatRelative(-0.0132)).toBe('−1.3 %');
});

test('means have three digits at least', () => {
  expect([0, 52.456, 0.0123456, 12_345.6].map((value) => formatValue('mean', value))).toEqual([
    ...['0.00', '52.46', '0.0123', '12,346'],
  ]);
  expect(formatDifference('mean', -1.157)).toBe('−1.16');
  expect(formatInterval('mean', { low: -Infinity, high: Infinity })).toBe('−∞ to +∞');
});

test('what rounds to nothing or to everything says that it does not', () => {
  expect([formatLoss(0.0082), formatLoss(5e-7)]).toEqual(['0.82 pp', '<0.01 pp']);
  expect([0.5, 0.99999, 0.00001].map(formatProbability)).toEqual(['50.00 %', '>99.99 %', '<0.01 %']);
  expect(formatStatistic(-3.164)).toBe('−3.16');
});
