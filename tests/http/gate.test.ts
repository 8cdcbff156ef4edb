import { expect, test } from 'vitest';
import { IdempotencyGate } from '../../src/commands/idempotency.ts';

const gateOf = (options: { waitMs?: number; isCurrent?: (kept: string) => boolean } = {}) =>
  new IdempotencyGate<string>({
    waitMs: options.waitMs ?? 10_000,
    maxFinished: 2,
    isCurrent: options.isCurrent ?? (() => true),
  });

const deferred = <T>() => {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
};
const kept = (value: string) => ({ value, kept: value });

test('calls under one key wait for the first and share what it kept', async () => {
  const gate = gateOf();
  const first = deferred<{ value: string; kept: string }>();
  const calls = [
    gate.run('k', () => first.promise),
    gate.run('k', async () => kept('never')),
    gate.run('k', async () => kept('never')),
  ];
  first.resolve(kept('one'));
  expect(await Promise.all(calls)).toEqual([
    { kind: 'ran', value: 'one' },
    { kind: 'remembered', kept: 'one' },
    { kind: 'remembered', kept: 'one' },
  ]);
});

test('when the first keeps nothing, the next works, and only one at a time', async () => {
  const gate = gateOf();
  const first = deferred<{ value: string; kept: null }>();
  let atWork = 0;
  const work = async () => {
    atWork += 1;
    expect(atWork).toBe(1);
    await Promise.resolve();
    atWork -= 1;
    return { value: 'again', kept: null };
  };
  const calls = [gate.run('k', () => first.promise), gate.run('k', work), gate.run('k', work)];
  first.resolve({ value: 'first', kept: null });
  expect((await Promise.all(calls)).map((each) => each.kind)).toEqual(['ran', 'ran', 'ran']);
});

test('when the first fails, it alone hears of it', async () => {
  const gate = gateOf();
  const first = deferred<never>();
  const calls = [gate.run('k', () => first.promise), gate.run('k', async () => kept('second'))];
  first.reject(new Error('down'));
  await expect(calls[0]).rejects.toThrow('down');
  expect(await calls[1]).toEqual({ kind: 'ran', value: 'second' });
});

test('a call that waited long enough is told so, and the key works on', async () => {
  const gate = gateOf({ waitMs: 1 });
  const first = deferred<{ value: string; kept: string }>();
  const running = gate.run('k', () => first.promise);
  expect(await gate.run('k', async () => kept('never'))).toEqual({ kind: 'busy' });
  first.resolve(kept('one'));
  await running;
  expect(await gate.run('k', async () => kept('never'))).toEqual({ kind: 'remembered', kept: 'one' });
});

test('different keys do not wait for each other', async () => {
  const gate = gateOf();
  const first = deferred<{ value: string; kept: string }>();
  const running = gate.run('a', () => first.promise);
  expect(await gate.run('b', async () => kept('b'))).toEqual({ kind: 'ran', value: 'b' });
  first.resolve(kept('a'));
  await running;
});

test('remembers a bounded number of answers, and none that no longer counts', async () => {
  const gate = gateOf({ isCurrent: (each) => each !== 'stale' });
  for (const name of ['a', 'b', 'c', 'd', 'e']) await gate.run(name, async () => kept(name));
  expect((await gate.run('a', async () => kept('new'))).kind).toBe('ran');
  await gate.run('s', async () => kept('stale'));
  expect((await gate.run('s', async () => kept('fresh'))).kind).toBe('ran');
});
