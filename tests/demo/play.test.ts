import { expect, test } from 'vitest';
import { lastOf } from '../../demo/play.ts';

test('of many places in the log the last of each partition is waited for', () => {
  expect(lastOf(['log-1.3-9', 'log-1.4-20,3-10', 'log-1.4-9'])).toBe('log-1.3-10,4-20');
  expect(lastOf([])).toBeNull();
});
