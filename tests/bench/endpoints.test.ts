import { expect, test } from 'vitest';
import { exceptions, operations } from '../../bench/cases/endpoints/operations.ts';
import { rights } from '../http/rights.ts';

const measured = operations.map(({ name }) => name);

// `rights` is held against the routes of the server by tests/http/rights.int.test.ts
test('the load of the benchmark asks for every endpoint, or says why not', () => {
  expect([...measured, ...Object.keys(exceptions)].sort()).toEqual(Object.keys(rights).sort());
});

test('each endpoint is asked for often enough to have percentiles', () => {
  const total = operations.reduce((sum, { weight }) => sum + weight, 0);
  const requests = 500 * 60;
  for (const { name, weight } of operations) expect((requests * weight) / total, name).toBeGreaterThan(15);
});
