import { describe, expect, test } from 'vitest';
import { breaksConnection, type Failure, failureOf } from '../../src/event-store/sql/failure.ts';

const coded = (code: string) => Object.assign(new Error('failed'), { code });

describe('a failed statement', () => {
  test.each<[Failure, string, readonly string[]]>([
    ['unique', 'a key that is taken', ['23505']],
    ['retry', 'serialization failures, deadlocks and locks', ['40001', '40P01', '55P03']],
    ['retry', 'a statement or a transaction that the server gave up', ['57014', '25P03', '25P04']],
    ['retry', 'a server that takes no connection', ['53300', '57P03', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']],
    ['unknown', 'an ambiguous commit', ['40003']],
    ['unknown', 'a server that went away', ['57P01', '57P02', '08000', '08003', '08006', '08P01']],
    [
      'unknown',
      'a connection that went away',
      ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETDOWN'],
    ],
    [
      'fatal',
      'a wrong statement',
      ['42601', '42P01', '42501', '22P02', '22003', '23502', '25P02', 'XX000', 'ERR_INVALID_ARG_TYPE'],
    ],
  ])('is %s for %s', (failure, _, codes) => {
    expect(codes.map((code) => [code, failureOf(coded(code))])).toEqual(codes.map((code) => [code, failure]));
  });

  // As the driver words them.
  test.each<[Failure, string]>([
    ['unknown', 'Connection terminated unexpectedly'],
    ['unknown', 'Connection terminated'],
    ['unknown', 'Query read timeout'],
    ['unknown', 'timeout expired'],
    ['unknown', 'timeout exceeded when trying to connect'],
    ['retry', 'Client has encountered a connection error and is not queryable'],
    ['retry', 'Client was closed and is not queryable'],
    ['fatal', 'Cannot read properties of undefined'],
  ])('is %s when the driver says: %s', (failure, message) => {
    expect(failureOf(new Error(message))).toBe(failure);
  });

  test.each([null, undefined, 'timeout', 7, {}])('is fatal when it is no error but %j', (thrown) => {
    expect(failureOf(thrown)).toBe('fatal');
  });
});

test('only an ordinary error of the server leaves the connection usable', () => {
  expect(breaksConnection({ code: '23505', severity: 'ERROR' })).toBe(false);
  expect(breaksConnection({ code: '57P01', severity: 'FATAL' })).toBe(true);
  expect(breaksConnection({ code: 'XX000', severity: 'PANIC' })).toBe(true);
  expect(breaksConnection(coded('ECONNRESET'))).toBe(true);
  expect(breaksConnection(new Error('Query read timeout'))).toBe(true);
});
