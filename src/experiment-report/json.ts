import type { ExperimentReport } from './report.ts';

/** The report as JSON: names as in the façade (`sample_ratio`), numbers in full, ±Infinity (an open end of an interval) as null. */
export const reportJson = (report: ExperimentReport): unknown => snake(report);

/** Keys that are names of the user's own, not of ours. */
const named = new Set(['players']);

function snake(value: unknown, keepsKeys = false): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((each) => snake(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [keepsKeys ? key : snakeCase(key), snake(each, named.has(key))]),
  );
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
