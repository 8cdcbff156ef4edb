import { expect, test } from 'vitest';
import { IdempotencyGate } from '../../src/commands/idempotency.ts';

const gateOf = (isCurrent: (kept: string) => boolean = () => true) =>
  new IdempotencyGate<string>({ maxFinished: 2, isCurrent });

test('one call works under a name, those who wait go on when it leaves', async () => {
  const gate = gateOf();
  expect([gate.enter('k'), gate.enter('k')]).toEqual([true, false]);
  const waiting = [gate.wait('k', 10_000), gate.wait('k', 10_000)];
  gate.leave('k', 'one');
  expect(await Promise.all(waiting)).toEqual([true, true]);
  expect(gate.recall('k')).toBe('one');
});

test('when nothing is kept, the next call works again', () => {
  const gate = gateOf();
  gate.enter('k');
  gate.leave('k', undefined);
  expect([gate.recall('k'), gate.enter('k'), gate.enter('k')]).toEqual([undefined, true, false]);
});

test('a call that waited long enough is told so, and the name works on', async () => {
  const gate = gateOf();
  gate.enter('k');
  expect(await gate.wait('k', 1)).toBe(false);
  gate.leave('k', 'one');
  expect([gate.recall('k'), gate.enter('k')]).toEqual(['one', true]);
});

test('waiting for nobody ends at once', async () => {
  expect(await gateOf().wait('k', 10_000)).toBe(true);
});

test('different names do not wait for each other', () => {
  const gate = gateOf();
  expect([gate.enter('a'), gate.enter('b')]).toEqual([true, true]);
});

test('remembers a bounded number of answers, and none that no longer counts', () => {
  const gate = gateOf((kept) => kept !== 'stale');
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    gate.enter(name);
    gate.leave(name, name);
  }
  expect(['a', 'b', 'c', 'd', 'e'].map((name) => gate.recall(name))).toEqual([undefined, undefined, 'c', 'd', 'e']);
  gate.enter('s');
  gate.leave('s', 'stale');
  expect(gate.recall('s')).toBeUndefined();
});
