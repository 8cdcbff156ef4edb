import { expect, test } from 'vitest';
import { StateCache } from '../../src/commands/state-cache.ts';
import type { StreamId } from '../../src/events/ids.ts';

const [first, second, third] = ['a-1', 'a-2', 'a-3'] as StreamId[] as [StreamId, StreamId, StreamId];
const known = (version: bigint) => ({ state: {}, version });

test('the state unused for longest leaves first', () => {
  const cache = new StateCache(2);
  cache.set(first, known(1n));
  cache.set(second, known(2n));
  cache.get(first);
  cache.set(third, known(3n));
  expect([first, second, third].map((id) => cache.get(id)?.version)).toEqual([1n, undefined, 3n]);
});

test('a newer state replaces the one before without pushing another out', () => {
  const cache = new StateCache(2);
  cache.set(first, known(1n));
  cache.set(second, known(2n));
  cache.set(first, known(5n));
  expect([first, second].map((id) => cache.get(id)?.version)).toEqual([5n, 2n]);
});

test('a deleted state is gone', () => {
  const cache = new StateCache(2);
  cache.set(first, known(1n));
  cache.delete(first);
  expect(cache.get(first)).toBeUndefined();
});
