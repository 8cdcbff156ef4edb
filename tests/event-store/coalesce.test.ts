import { expect, test } from 'vitest';
import { coalesce } from '../../src/event-store/coalesce.ts';

/** Loads that end when told to. */
function controlled(options: { maxRunning: number; maxKeys: number }) {
  const loads: { keys: readonly number[]; end(): void; fail(error: unknown): void }[] = [];
  const look = coalesce<number, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        loads.push({ keys, end: () => resolve(keys.map((key) => `value ${key}`)), fail: reject });
      }),
    options,
  );
  return { loads, look };
}
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('calls of one moment share a load', async () => {
  const { loads, look } = controlled({ maxRunning: 1, maxKeys: 10 });
  const values = Promise.all([look(1), look(2), look(1)]);
  await turn();
  expect(loads.map(({ keys }) => keys)).toEqual([[1, 2, 1]]);
  loads[0]?.end();
  expect(await values).toEqual(['value 1', 'value 2', 'value 1']);
});

test('a call made while a load runs is answered by one that starts after it', async () => {
  const { loads, look } = controlled({ maxRunning: 1, maxKeys: 10 });
  const first = look(1);
  await turn();
  const second = look(1);
  await turn();
  expect(loads).toHaveLength(1);
  loads[0]?.end();
  await first;
  await turn();
  expect(loads.map(({ keys }) => keys)).toEqual([[1], [1]]);
  loads[1]?.end();
  expect(await second).toBe('value 1');
});

test('at most so many loads run, of at most so many keys', async () => {
  const { loads, look } = controlled({ maxRunning: 2, maxKeys: 3 });
  const values = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(look));
  await turn();
  expect(loads.map(({ keys }) => keys)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  loads[1]?.end();
  await turn();
  expect(loads.map(({ keys }) => keys).slice(2)).toEqual([[7, 8]]);
  for (const load of loads) load.end();
  expect(await values).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((key) => `value ${key}`));
});

test('a failed load fails its own calls only', async () => {
  const { loads, look } = controlled({ maxRunning: 1, maxKeys: 1 });
  const [first, second] = [look(1), look(2)];
  const failed = expect(first).rejects.toThrow('lost');
  await turn();
  loads[0]?.fail(new Error('lost'));
  await failed;
  await turn();
  loads[1]?.end();
  expect(await second).toBe('value 2');
  const third = look(3);
  await turn();
  loads[2]?.end();
  expect(await third).toBe('value 3');
});
