import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlayerId } from '../../src/events/ids.ts';
import { createRankIndex, type RankIndex } from '../../src/projections/rank-index.ts';
import { sortedSlots } from '../../src/projections/sorted-slots.ts';
import type { Standing } from '../../src/projections/standing.ts';

const player = (number: number): PlayerId =>
  `${number.toString(16).padStart(8, '0')}-0000-5000-8000-000000000000` as PlayerId;

type Change = { player: number; version: number; standing: Standing | null };

const standing: fc.Arbitrary<Standing> = fc.record({
  score: fc.integer({ min: -3, max: 3 }),
  subscore: fc.integer({ min: 0, max: 1 }),
  reachedAt: fc.bigInt({ min: 1n, max: 3n }),
  partition: fc.integer({ min: 0, max: 1 }),
  position: fc.bigInt({ min: 1n, max: 3n }),
  eventId: fc.constant('e'),
});
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    player: fc.integer({ min: 0, max: 12 }),
    version: fc.integer({ min: 1, max: 6 }),
    standing: fc.option(standing, { freq: 5 }),
  }),
  { maxLength: 60 },
);

/** The same board, sorted anew each time. */
function naiveBoard(all: readonly Change[]) {
  const newest = new Map<number, Change>();
  for (const change of all)
    if (change.version > (newest.get(change.player)?.version ?? 0)) newest.set(change.player, change);
  const entries = [...newest.values()].flatMap((change) =>
    change.standing === null ? [] : [{ id: player(change.player), ...change.standing }],
  );
  return entries.sort(
    (a, b) =>
      b.score - a.score ||
      b.subscore - a.subscore ||
      Number(a.reachedAt - b.reachedAt) ||
      a.partition - b.partition ||
      Number(a.position - b.position) ||
      (a.id < b.id ? -1 : 1),
  );
}

const indexOf = (all: readonly Change[]): RankIndex => {
  const index = createRankIndex();
  for (const change of all) index.apply(player(change.player), BigInt(change.version), change.standing);
  return index;
};

test('ranks, pages and surroundings are those of the sorted entries', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 5 }), (all, from, limit) => {
      const sorted = naiveBoard(all).map(({ id }) => id);
      const index = indexOf(all);
      expect(index.size).toBe(sorted.length);
      expect(index.page(1, 100).map((entry) => entry.playerId)).toEqual(sorted);
      expect(index.page(from, limit).map((entry) => [entry.rank, entry.playerId])).toEqual(
        sorted.slice(from - 1, from - 1 + limit).map((id, at) => [from + at, id]),
      );
      for (const [at, id] of sorted.entries()) {
        expect(index.rankOf(id)).toBe(at + 1);
        const around = index.around(id, limit).map((entry) => entry.playerId);
        expect(around).toHaveLength(Math.min(limit, sorted.length));
        expect(around).toContain(id);
        const first = sorted.indexOf(around[0]!);
        expect(sorted.slice(first, first + around.length)).toEqual(around);
      }
    }),
  );
});

test('the rank of a candidate is the one it gets when it comes last of all', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 0, max: 14 }), standing, (all, who, candidate) => {
      const index = indexOf(all);
      const rank = index.rankWith(player(who), candidate);
      index.apply(player(who), 7n, { ...candidate, reachedAt: 99n });
      expect(index.rankOf(player(who))).toBe(rank);
    }),
  );
});

test('changes of an entry may come in any order, and twice', () => {
  const withoutClashes = changes.map((all) => [...new Map(all.map((c) => [`${c.player}/${c.version}`, c])).values()]);
  fc.assert(
    fc.property(
      withoutClashes.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      ),
      ([all, shuffled]) => {
        expect(indexOf(shuffled).page(1, 100)).toEqual(indexOf(all).page(1, 100));
      },
    ),
  );
});

test('pages by key go over all entries once, whatever their size', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 5 }), (all, limit) => {
      const index = indexOf(all);
      const seen: PlayerId[] = [];
      for (let page = index.page(1, limit); page.length > 0; page = index.pageAfter(page.at(-1)!.key, limit))
        seen.push(...page.map((entry) => entry.playerId));
      expect(seen).toEqual(index.page(1, 100).map((entry) => entry.playerId));
    }),
  );
});

test('a page goes on where it was although its last entry moved to the top', () => {
  const at = (score: number, position: bigint): Standing => ({
    score,
    subscore: 0,
    reachedAt: 1n,
    partition: 0,
    position,
    eventId: 'e',
  });
  const index = createRankIndex();
  for (let number = 1; number <= 4; number += 1) index.apply(player(number), 1n, at(100 - number, BigInt(number)));
  const key = index.page(1, 2).at(-1)!.key;
  index.apply(player(2), 2n, at(1_000, 5n));
  expect(index.pageAfter(key, 10).map((entry) => entry.playerId)).toEqual([player(3), player(4)]);
});

test('blocks split and merge without losing a slot', () => {
  const places = new Float64Array(20_000).map((_, slot) => (slot * 7919) % 20_011);
  const order = sortedSlots((slot, other) => places[slot]! - places[other]!);
  const slots = Array.from(places.keys());
  for (const slot of slots) order.insert(slot);
  const sorted = [...slots].sort((a, b) => places[a]! - places[b]!);
  expect(order.slice(0, slots.length)).toEqual(sorted);
  const kept = sorted.filter((_, index) => index % 17 === 0);
  for (const slot of slots) if (!kept.includes(slot)) order.remove(slot);
  expect(order.slice(0, slots.length)).toEqual(kept);
  expect(order.countBefore((slot) => places[slot]! < 10_000)).toBe(
    kept.filter((slot) => places[slot]! < 10_000).length,
  );
});
