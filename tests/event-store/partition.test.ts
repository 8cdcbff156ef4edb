import { expect, test } from 'vitest';
import { partitionOf, streamHashName } from '../../src/event-store/partition.ts';

// Every log that exists depends on these numbers: they never change.
test.each([
  ['', 5, 5, 18652613],
  ['a', 12, 44, 1678518572],
  ['test-acme_1', 6, 22, 1403809750],
  ['player-acme_018f3c5e-0000-7000-8000-000000000000', 12, 44, 660706988],
  ['season-acme_spring%5F2026', 7, 23, 1560093335],
  ['entry-acme_spring%5F2026_0b0e', 6, 54, 2114172342],
  ['device-default_ü', 12, 28, 864025436],
  ['match-acme_😀', 9, 57, 2058865593],
  ['x'.repeat(400), 5, 5, 276531717],
])('%j is in partition %i of 16, %i of 64, %i of 2^31', (stream, of16, of64, ofMany) => {
  expect([16, 64, 2 ** 31].map((partitions) => partitionOf(stream, partitions))).toEqual([of16, of64, ofMany]);
});

test('the hash has the name that logs hold', () => expect(streamHashName).toBe('fnv1a32'));

test('streams spread over all partitions', () => {
  const counts = new Array(16).fill(0);
  for (let n = 0; n < 16_000; n += 1) counts[partitionOf(`player-acme_${n.toString(16)}`, 16)] += 1;
  for (const count of counts) expect(count).toBeGreaterThan(800);
});
