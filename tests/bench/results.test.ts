import { expect, test } from 'vitest';
import type { Benchmark, Surroundings, Values } from '../../bench/benchmark.ts';
import { parseOptions } from '../../bench/options.ts';
import { tableOf } from '../../bench/report.ts';
import { failedResults, median, runBenchmark } from '../../bench/run.ts';

const surroundings = {} as Surroundings;

function benchmark(ours: readonly number[], theirs: readonly number[] | null, calls: string[] = []): Benchmark {
  const rounds = { sandai: [...ours], peer: [...(theirs ?? [])] };
  const measure = (who: 'sandai' | 'peer') => async (): Promise<Values> => {
    calls.push(who);
    const value = rounds[who].shift()!;
    return { rate: value, time: 1000 / value };
  };
  return {
    name: 'example',
    measures: [
      { name: 'rate', unit: 'appends/s', better: 'higher', floor: { timesPeer: 7 } },
      { name: 'time', unit: 'ms', better: 'lower', floor: { value: 5 } },
    ],
    prepare: async () => ({
      sandai: measure('sandai'),
      peer: theirs === null ? null : { name: 'peer 1.0', measure: measure('peer') },
      close: async () => void calls.push('close'),
    }),
  };
}

test('the median of an even number of values lies between the middle two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('ours and the peer take turns, whoever was second being first in the next round', async () => {
  const calls: string[] = [];
  await runBenchmark(benchmark([1, 1, 1], [1, 1, 1], calls), surroundings, 3);
  expect(calls).toEqual(['sandai', 'peer', 'peer', 'sandai', 'sandai', 'peer', 'close']);
});

test('medians are compared, and floors are given in the unit of the result', async () => {
  const [rate, time] = await runBenchmark(benchmark([900, 1_500, 800], [100, 200, 50]), surroundings, 3);
  expect(rate).toEqual({
    name: 'rate',
    unit: 'appends/s',
    sandai: 900,
    peer: { name: 'peer 1.0', value: 100 },
    ratio: 9,
    floor: 700,
    met: true,
  });
  expect(time).toMatchObject({ sandai: 1.11, floor: 5, met: true });
});

test('a floor is missed from above where less is better', async () => {
  const [rate, time] = await runBenchmark(benchmark([150], [100]), surroundings, 1);
  expect(rate).toMatchObject({ floor: 700, met: false });
  expect(time).toMatchObject({ sandai: 6.67, floor: 5, met: false });
});

test('without a peer there is nothing to be a multiple of', async () => {
  const [rate] = await runBenchmark(benchmark([150], null), surroundings, 1);
  expect(rate).toMatchObject({ peer: null, ratio: null, floor: null, met: null });
});

test('a benchmark that fails has no numbers and meets no floor', () => {
  expect(failedResults(benchmark([], null)).map(({ sandai, met }) => [sandai, met])).toEqual([
    [null, false],
    [null, false],
  ]);
});

test('the table has a line for each result, of the same columns', async () => {
  const lines = tableOf(await runBenchmark(benchmark([1_500], [100]), surroundings, 1)).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^rate +appends\/s +1,500 +100 \(peer 1\.0\) +15× +700 +yes$/);
});

test('options that make no sense are refused with what is wrong', () => {
  expect(() => parseOptions(['--rounds', '0'], {})).toThrow('--rounds');
  expect(() => parseOptions(['--fast'], {})).toThrow('--fast');
  expect(
    parseOptions(['--only', 'append', '--only', 'http', '--json'], { BENCH_DATABASE_URL: 'postgres://h' }),
  ).toEqual({
    json: true,
    full: false,
    only: ['append', 'http'],
    rounds: 3,
    help: false,
    databaseUrl: 'postgres://h',
  });
});
