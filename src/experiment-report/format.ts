import type { Interval } from '../statistics/samples.ts';
import type { MetricDefinition } from './input.ts';

type Kind = MetricDefinition['kind'];

const grouped = (digits: number) => {
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value: number) => format.format(value).replace('-', '−');
};
const whole = grouped(0);
const hundredths = grouped(2);

export const formatCount = whole;

/** `44.82 %` */
export const formatPercent = (share: number): string => `${hundredths(share * 100)} %`;

/** `= 0.074`, `= 0.0016`, `< 0.0001`: to stand behind a `p`. */
export function formatP(p: number): string {
  if (p < 0.0001) return '< 0.0001';
  return `= ${plainP(p)}`;
}

/** `0.074`, `0.0016`, `<0.0001` */
export function plainP(p: number): string {
  if (p < 0.0001) return '<0.0001';
  if (p >= 0.995) return '1';
  return p >= 0.1 ? p.toFixed(2) : p.toPrecision(2);
}

/** A share in per cent, a mean with three or more digits. */
export const formatValue = (kind: Kind, value: number): string =>
  kind === 'share' ? formatPercent(value) : signless(value);

/** With its sign; shares in percentage points. */
export function formatDifference(kind: Kind, value: number): string {
  const size = kind === 'share' ? hundredths(Math.abs(value) * 100) : signless(Math.abs(value));
  return `${signOf(value)}${size}${kind === 'share' ? ' pp' : ''}`;
}

/** `−1.24 to +0.06 pp` */
export function formatInterval(kind: Kind, { low, high }: Interval): string {
  return `${formatDifference(kind, low).replace(' pp', '')} to ${formatDifference(kind, high)}`;
}

/** A change of the value of control, with its sign: `−1.3 %`. */
export const formatRelative = (change: number): string => `${signOf(change)}${grouped(1)(Math.abs(change) * 100)} %`;

/** A probability in per cent that is neither 0 nor 100 unless it is. */
export function formatProbability(probability: number): string {
  if (probability > 0.9999) return '>99.99 %';
  return probability < 0.0001 ? '<0.01 %' : `${hundredths(probability * 100)} %`;
}

/** A loss of share in percentage points; what rounds to nothing says so. */
export const formatLoss = (loss: number): string => (loss < 0.00005 ? '<0.01 pp' : `${hundredths(loss * 100)} pp`);

/** z or t. */
export const formatStatistic = hundredths;

function signless(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  const size = Math.abs(value);
  if (size >= 1000) return whole(value);
  return size >= 1 || size === 0 ? hundredths(value) : value.toPrecision(3).replace('-', '−');
}

const signOf = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '±');
