import { expect, test } from 'vitest';
import { projectionProcessor } from '../../src/processors/projection-source.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';

test('a read model takes as many events in one step as is configured, or fewer where it says so', () => {
  const stepOf = (maxEvents: number | undefined, configured: number) =>
    projectionProcessor({ ...leaderboards, ...(maxEvents !== undefined && { maxEvents }) }, 1, configured).batchSize;
  expect([stepOf(undefined, 2_000), stepOf(100, 2_000), stepOf(100, 50)]).toEqual([2_000, 100, 50]);
});
