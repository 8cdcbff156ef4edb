import { expect, test } from 'vitest';
import { StreamLocks } from '../../src/commands/stream-locks.ts';
import { StoreOverloaded } from '../../src/event-store/errors.ts';
import type { StreamId } from '../../src/events/ids.ts';

const [a, b] = ['a', 'b'] as StreamId[] as [StreamId, StreamId];

/** Work that goes on until it is told to end. */
function longWork() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => done, end: () => end() };
}

test('whose turn comes too late is refused and not begun, and whoever came later goes on', async () => {
  let time = 0;
  const locks = new StreamLocks(100, () => time);
  const work = longWork();
  const first = locks.hold([a], work.run);
  let begun = 0;
  const late = locks.hold([a], async () => {
    begun += 1;
  });
  time = 101;
  const next = locks.hold([a], async () => 'done');
  work.end();
  await first;
  await expect(late).rejects.toBeInstanceOf(StoreOverloaded);
  expect([await next, begun]).toEqual(['done', 0]);
});

test('who is refused holds back nobody on any of their streams', async () => {
  let time = 0;
  const locks = new StreamLocks(100, () => time);
  const work = longWork();
  const first = locks.hold([a], work.run);
  const late = locks.hold([a, b], async () => undefined);
  time = 101;
  const other = locks.hold([b], async () => 'done');
  work.end();
  await first;
  await expect(late).rejects.toBeInstanceOf(StoreOverloaded);
  expect(await other).toBe('done');
});

test('calls on different streams do not wait for each other, and those on one come one after another', async () => {
  const locks = new StreamLocks();
  const work = longWork();
  const order: string[] = [];
  const first = locks.hold([a], work.run);
  const second = locks.hold([a], async () => void order.push('second'));
  await locks.hold([b], async () => void order.push('other'));
  const third = locks.hold([a], async () => void order.push('third'));
  work.end();
  await Promise.all([first, second, third]);
  expect(order).toEqual(['other', 'second', 'third']);
});
