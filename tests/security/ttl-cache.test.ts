import { expect, test } from 'vitest';
import { createTtlCache } from '../../src/security/ttl-cache.ts';

function setUp({ maxEntries = 4, keepAbsent = false } = {}) {
  let time = 0;
  const loads: string[] = [];
  const cache = createTtlCache<string>({ ttlMs: 100, maxEntries, keepAbsent, now: () => time });
  const load = async (keys: readonly string[]) => {
    loads.push(...keys);
    return new Map(keys.filter((key) => key !== 'absent').map((key) => [key, `value of ${key}`]));
  };
  const get = async (...keys: string[]) => cache.getMany(keys, load);
  return { cache, loads, get, pass: (ms: number) => (time += ms) };
}

test('a value is loaded once while it is fresh, and again when it is not', async () => {
  const { loads, get, pass } = setUp();
  expect(await get('a', 'b', 'a')).toEqual(['value of a', 'value of b', 'value of a']);
  pass(99);
  await get('a');
  expect(loads).toEqual(['a', 'b']);
  pass(1);
  await get('a');
  expect(loads).toEqual(['a', 'b', 'a']);
});

test('calls for a key that is being loaded share the load', async () => {
  const { loads, get } = setUp();
  await Promise.all([get('a'), get('a', 'b')]);
  expect(loads).toEqual(['a', 'b']);
});

test('never more entries are remembered than allowed, and the newest half always is', async () => {
  const { loads, get } = setUp({ maxEntries: 4 });
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await get(key);
  loads.length = 0;
  await get('f', 'e');
  expect(loads).toEqual([]);
  await get('a', 'b');
  expect(loads).toEqual(['a', 'b']);
});

test('what is forgotten is loaded again, from either half', async () => {
  const { cache, loads, get } = setUp({ maxEntries: 4 });
  for (const key of ['a', 'b', 'c']) await get(key);
  cache.forget('a');
  cache.forget('c');
  loads.length = 0;
  await get('a', 'b', 'c');
  expect(loads).toEqual(['a', 'c']);
});

test('that a key has no value is remembered only where wanted', async () => {
  for (const keepAbsent of [true, false]) {
    const { loads, get } = setUp({ keepAbsent });
    expect(await get('absent')).toEqual([undefined]);
    await get('absent');
    expect(loads).toHaveLength(keepAbsent ? 1 : 2);
  }
});

test('a failed load is not remembered', async () => {
  const { cache, get } = setUp();
  await expect(cache.getMany(['a'], () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await get('a')).toEqual(['value of a']);
});
