import { expect, test } from 'vitest';
import type { TenantId } from '../../src/events/ids.ts';
import type { Job } from '../../src/ports/jobs.ts';
import { createLocalQueue } from '../../src/workers/local-queue.ts';

const job = (updateId: number, attempts = 0): Job => ({
  kind: 'bot_command',
  tenant: 'acme' as TenantId,
  bot: 'main',
  updateId,
  attempts,
});
const due = (updateId: number, dueAt = 0) => ({ job: job(updateId), dueAt });
const numberOf = (each: Job) => (each.kind === 'bot_command' ? each.updateId : -1);

/** A queue whose jobs end when the test says so. */
function queueUnderTest(concurrency = 2, maxWaiting = 100) {
  const started: number[] = [];
  const errors: unknown[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  const queue = createLocalQueue({
    concurrency,
    maxWaiting,
    now: () => 1_000,
    onError: (error) => errors.push(error),
    handle: (each) =>
      new Promise<void>((resolve, reject) => {
        started.push(numberOf(each));
        ends.set(numberOf(each), (error) => (error === undefined ? resolve() : reject(error)));
      }),
  });
  const end = async (updateId: number, error?: Error) => {
    ends.get(updateId)!(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, started, errors, end };
}

test('does so many jobs at once, in the order in which they came', async () => {
  const { queue, started, end } = queueUnderTest();
  await queue.add([due(1), due(2), due(3), due(4)]);
  expect(started).toEqual([1, 2]);
  await end(2);
  expect(started).toEqual([1, 2, 3]);
  expect(queue.size()).toBe(3);
});

test('takes a job once while it has it, and again afterwards', async () => {
  const { queue, started, end } = queueUnderTest();
  await queue.add([due(1), due(1)]);
  await queue.add([due(1)]);
  expect(started).toEqual([1]);
  await queue.add([{ job: job(1, 1), dueAt: 0 }]);
  expect(started).toEqual([1, 1]);
  await end(1); // the later attempt
  expect(queue.size()).toBe(1);
  await queue.add([{ job: job(1, 1), dueAt: 0 }]);
  expect(started).toEqual([1, 1, 1]);
});

test('leaves out what is more than it may keep', async () => {
  const { queue } = queueUnderTest(1, 2);
  await queue.add([due(1), due(2), due(3)]);
  expect(queue.size()).toBe(2);
});

test('goes on after a job that breaks off, and tells of it', async () => {
  const { queue, started, errors, end } = queueUnderTest(1);
  await queue.add([due(1), due(2)]);
  await end(1, new Error('database away'));
  expect(errors).toEqual([new Error('database away')]);
  expect(started).toEqual([1, 2]);
});

test('does a job at its time, not before', async () => {
  const { queue, started } = queueUnderTest();
  await queue.add([due(1, 1_005), due(2, 1_000)]);
  expect(started).toEqual([2]);
  while (started.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(started).toEqual([2, 1]);
});

test('ends after the jobs in hand, and begins no other', async () => {
  const { queue, started, end } = queueUnderTest(1);
  await queue.add([due(1), due(2), due(3, 999_999)]);
  let stopped = false;
  const stopping = queue.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  await end(1);
  await stopping;
  await queue.add([due(4)]);
  expect(started).toEqual([1]);
});
