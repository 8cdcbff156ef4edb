import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectPartition } from '../../src/event-store/sql/reads.ts';
import type { Sql } from '../../src/ports/database.ts';

const packedEvent = (position: number, type: string) =>
  JSON.stringify(['id', 'acme', 's', '1', type, 1, {}, {}, 0, `${position}`, '1']);

/** A partition with these types from position 1 on, null being a hole; tells how wide the windows are that statements look at. */
function partitionOf(types: readonly (string | null)[]) {
  const widths: number[] = [];
  const sql: Sql = {
    async query(_text, params = []) {
      const [, from, through, limit, wanted] = params as [number, string, string, number, string[] | null];
      widths.push(Number(through) - Number(from));
      const found = types
        .map((type, index) => ({ type, position: index + 1 }))
        .slice(Number(from), Number(through))
        .flatMap(({ type, position }) =>
          type !== null && (wanted === null || wanted.includes(type)) ? [packedEvent(position, type)] : [],
        );
      const events = found.length === 0 ? null : found.slice(0, limit).join(',');
      return { rows: [{ head: `${types.length}`, events }], rowCount: 1 };
    },
  };
  return { sql, widths };
}

const type = fc.oneof({ weight: 30, arbitrary: fc.constant('common') }, fc.constant('rare'), fc.constant(null));

test('a page holds the next events of the wanted types, past holes too', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(type, { maxLength: 300 }),
      fc.nat(300),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom<(string[] | undefined)[]>(undefined, ['rare'], ['rare', 'common'], ['absent']),
      async (types, after, limit, wanted) => {
        const { sql } = partitionOf(types);
        const read = { after: BigInt(after), limit, ...(wanted === undefined ? {} : { types: wanted }) };
        const events = await selectPartition(sql, 0, read);
        const expected = types.flatMap((each, index) =>
          index + 1 > after && each !== null && (wanted === undefined || wanted.includes(each))
            ? [BigInt(index + 1)]
            : [],
        );
        expect(events.map(({ position }) => position)).toEqual(expected.slice(0, limit));
      },
    ),
  ));

test.each([1, 2, 20])('who wants %i events of a rare type passes the others in few statements', async (limit) => {
  const types = Array.from({ length: 100_000 }, (_, n) => (n === 99_999 ? 'rare' : 'common'));
  const { sql, widths } = partitionOf(types);
  const events = await selectPartition(sql, 0, { after: 0n, limit, types: ['rare'] });
  expect(events.map(({ position }) => position)).toEqual([100_000n]);
  expect(widths.length).toBeLessThan(12);
});

test('events are found on both sides of where windows meet', async () => {
  const rare = new Set([0, 999, 1_000, 1_001, 4_999, 5_000, 20_998, 20_999, 21_000, 29_999]);
  const { sql, widths } = partitionOf(Array.from({ length: 30_000 }, (_, n) => (rare.has(n) ? 'rare' : null)));
  for (const limit of [1, 3, 7, 10, 11]) {
    const events = await selectPartition(sql, 0, { after: 0n, limit, types: ['rare'] });
    expect(events.map(({ position }) => Number(position) - 1)).toEqual([...rare].slice(0, limit));
  }
  expect(widths.length).toBeGreaterThan(5);
});

test('no statement looks at more than 20,000 positions, however rare the types are', async () => {
  const types = Array.from({ length: 100_000 }, (_, n) => (n === 99_999 ? 'rare' : 'common'));
  const { sql, widths } = partitionOf(types);
  const events = await selectPartition(sql, 0, { after: 0n, limit: 500, types: ['rare'] });
  expect(events.map(({ position }) => position)).toEqual([100_000n]);
  expect(Math.max(...widths)).toBe(20_000);
  expect(widths.length).toBeLessThan(10);
});

test('where each event is wanted, a statement looks at as many as a page takes', async () => {
  const { sql, widths } = partitionOf(Array.from({ length: 1_000 }, () => 'common'));
  await selectPartition(sql, 0, { after: 0n, limit: 500, types: ['common'] });
  expect(widths).toEqual([500]);
});
