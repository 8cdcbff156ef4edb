import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import vectors from '../../docs/assignment-vectors.json' with { type: 'json' };
import { type AssignableExperiment, assign } from '../../src/aggregates/assignment.ts';
import { bucketOf, murmur3, utf8 } from '../../src/aggregates/bucket.ts';
import { es5Bundle } from '../support/es5-bundle.ts';
import { playerNumber, running } from './experiment-examples.ts';

type Vector = (typeof vectors.assignments)[number];
const inputsOf = ({ experiment, player, attributes, at }: Vector) =>
  [experiment as AssignableExperiment, player, attributes, at] as const;

describe('the vectors', () => {
  test.each(vectors.hash)('MurmurHash3 of "$text" with seed $seed', ({ text, seed, hash }) =>
    expect(murmur3(text, seed)).toBe(hash),
  );
  test.each(vectors.buckets)('bucket of $player for $purpose', ({ purpose, player, bucket }) =>
    expect(bucketOf(purpose, player)).toBe(bucket),
  );
  test.each(vectors.assignments)('assignment: $name, $player', (vector) =>
    expect(assign(...inputsOf(vector))).toEqual(vector.result),
  );
  test('know each reason', () => {
    const reasons = new Set(vectors.assignments.map(({ result }) => result.reason));
    expect([...reasons].sort()).toEqual(
      [
        'assigned',
        'ended',
        'holdout',
        'in_another_slot',
        'not_ramped',
        'not_running',
        'not_started',
        'not_targeted',
      ].sort(),
    );
  });
});

test('UTF-8 is that of everybody else, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8(text)).toEqual([...new TextEncoder().encode(text)]);
    }),
  );
  expect(utf8('a\ud800b\udc00')).toEqual([...new TextEncoder().encode('a\ud800b\udc00')]);
});

describe('in an engine that knows nothing but ES5', () => {
  let script: string;
  beforeAll(async () => {
    script = await es5Bundle('aggregates/assignment.ts', 'assignment');
  });

  test('every vector holds', () => {
    const without = `
      delete Math.imul; delete Array.prototype.includes; delete Array.prototype.find; delete String.prototype.includes;
      delete String.prototype.startsWith; delete String.prototype.padStart; delete Object.entries; delete Object.values;
      var Map, Set, Symbol, Promise, TextEncoder;`;
    expect(script).not.toMatch(/=>|\bconst\b|\blet\b|`/);
    const results = runInNewContext(
      `${without}${script};
       JSON.stringify(vectors.map(function (v) { return assignment.assign(v.experiment, v.player, v.attributes, v.at); }))`,
      { vectors: structuredClone(vectors.assignments) },
    );
    expect(JSON.parse(results)).toEqual(vectors.assignments.map(({ result }) => result));
  });
});

/** Sum of squared distances from what is expected, each in units of it. */
const chiSquare = (counts: readonly number[], expected: readonly number[]): number =>
  counts.reduce((sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!, 0);
const players = Array.from({ length: 100_000 }, (_, n) => playerNumber(n));
/** Beyond them a fair draw comes in 1 of 1,000 cases; by degrees of freedom. */
const critical = { 81: 125.8, 99: 148.2 };

describe('buckets are fair', () => {
  test.each(['cohort/new-shop/1', 'cohort/new-shop/2', 'ramp/new-shop/1', 'layer/shop', 'holdout/shop', 'cohort/a/1'])(
    'over 100,000 players: %s',
    (purpose) => {
      const counts = new Array<number>(100).fill(0);
      for (const player of players) counts[Math.floor(bucketOf(purpose, player) / 100)]! += 1;
      expect(chiSquare(counts, new Array(100).fill(1_000))).toBeLessThan(critical[99]);
    },
  );

  test('shares are what they should be', () => {
    const cohorts = [
      { cohort: 'a', share: 7_000 },
      { cohort: 'b', share: 2_900 },
      { cohort: 'c', share: 100 },
    ];
    const counts = [0, 0, 0];
    for (const player of players) counts['abc'.indexOf(assign(running({ cohorts }), player, {}, 0).cohort ?? '')]! += 1;
    expect(chiSquare(counts, [70_000, 29_000, 1_000])).toBeLessThan(13.82); // 2 degrees of freedom
  });

  test.each([
    ['cohort/new-shop/1', 'cohort/old-shop/1'],
    ['cohort/new-shop/1', 'cohort/new-shop/2'],
    ['cohort/new-shop/1', 'ramp/new-shop/1'],
    ['cohort/new-shop/1', 'layer/shop'],
    ['layer/shop', 'holdout/shop'],
    ['cohort/a/1', 'cohort/b/1'],
  ])('where %s puts a player says nothing of %s', (one, other) => {
    const counts = new Array<number>(100).fill(0);
    for (const player of players)
      counts[Math.floor(bucketOf(one, player) / 1_000) * 10 + Math.floor(bucketOf(other, player) / 1_000)]! += 1;
    const rows = Array.from({ length: 10 }, (_, row) => counts.slice(row * 10, row * 10 + 10).reduce((a, b) => a + b));
    const columns = Array.from({ length: 10 }, (_, column) =>
      counts.filter((_, index) => index % 10 === column).reduce((a, b) => a + b),
    );
    const expected = counts.map((_, index) => (rows[Math.floor(index / 10)]! * columns[index % 10]!) / players.length);
    expect(chiSquare(counts, expected)).toBeLessThan(critical[81]);
  });
});

const bp = fc.integer({ min: 0, max: 10_000 });
const anyPlayer = fc.uuid();

test('a growing ramp lets players in, and never moves or loses one', () => {
  fc.assert(
    fc.property(anyPlayer, bp, bp, (player, one, other) => {
      const small = assign(running({ ramp: Math.min(one, other) }), player, {}, 0);
      const large = assign(running({ ramp: Math.max(one, other) }), player, {}, 0);
      if (small.cohort !== null) expect(large).toEqual(small);
      expect(assign(running({ ramp: 0 }), player, {}, 0).reason).toBe('not_ramped');
      expect(assign(running(), player, {}, 0).reason).toBe('assigned');
    }),
    { numRuns: 1_000 },
  );
});

test('of the experiments of a layer a player is in one at most, and in none of the holdout', () => {
  fc.assert(
    fc.property(anyPlayer, fc.uniqueArray(bp, { minLength: 1, maxLength: 6 }), bp, (player, cuts, holdout) => {
      const ends = [...cuts, 10_000].sort((a, b) => a - b);
      const results = ends.map((to, index) => {
        const layer = { layer: 'shop', from: index === 0 ? 0 : ends[index - 1]!, to, holdout };
        return assign(running({ experiment: `experiment-${index}`, layer }), player, {}, 0);
      });
      const inside = results.filter(({ cohort }) => cohort !== null);
      const held = bucketOf('holdout/shop', player) < holdout;
      expect(inside).toHaveLength(held ? 0 : 1);
      if (held) expect(new Set(results.map(({ reason }) => reason))).toEqual(new Set(['holdout']));
    }),
    { numRuns: 1_000 },
  );
});

test('an assignment depends on nothing but its arguments', () => {
  fc.assert(
    fc.property(anyPlayer, fc.nat(), (player, run) => {
      const experiment = running({ run: run + 1 });
      const first = assign(experiment, player, {}, 0);
      expect(assign(structuredClone(experiment), player, { country: 'de' }, 99)).toEqual(first);
    }),
  );
});
