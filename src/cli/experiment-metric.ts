import { InvalidArgumentError } from 'commander';
import { addMetric } from '../experiment-report/metric-text.ts';
import type { AskedMetric } from '../experiment-report/tally.ts';

/** Reads a metric from the command line, and adds it to those before. */
export function parseMetric(text: string, before: readonly AskedMetric[] = []): AskedMetric[] {
  try {
    return addMetric(before, text);
  } catch (error) {
    throw error instanceof RangeError ? new InvalidArgumentError(error.message) : error;
  }
}
