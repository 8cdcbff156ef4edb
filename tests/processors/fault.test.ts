import { expect, test } from 'vitest';
import { StoreOverloaded, StoreUnavailable, VersionConflict } from '../../src/event-store/errors.ts';
import { faultOf } from '../../src/processors/fault.ts';

const failure = (code: string) => Object.assign(new Error('refused'), { code });

test.each(['22003', '23505', '23502', '54000', 'ERR_INVALID_ARG_TYPE'])('blames the event for %s', (code) => {
  expect(faultOf(failure(code))).toBe('event');
});

test.each(['40001', '40P01', '57P01', '08006', '42P01', '53100', 'ECONNRESET', 'EPIPE', 'ECONNREFUSED'])(
  'blames the environment for %s',
  (code) => {
    expect(faultOf(failure(code))).toBe('environment');
  },
);

test('blames the event for what a handler throws, the environment for a connection that ended', () => {
  expect(faultOf(new TypeError('x is undefined'))).toBe('event');
  expect(faultOf(new Error('Connection terminated unexpectedly'))).toBe('environment');
  expect(faultOf('odd')).toBe('event');
});

test.each([new StoreOverloaded(7), new StoreUnavailable(true, null), new VersionConflict('s', 1n, 2n)])(
  'blames the environment for $name of a command',
  (error) => {
    expect(faultOf(error)).toBe('environment');
  },
);
