import { describe, expect, test } from 'vitest';
import type { Append } from '../../src/event-store/index.ts';
import { prepareAppend } from '../../src/event-store/prepare.ts';
import { maxBatchAppends, takeBatch } from '../../src/event-store/sql/batch.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { event, record, tenant } from './contract.ts';

const options = { partitions: 16, conditionCategories: new Set(['season']) };
type Entry = { readonly name: string; readonly prepared: ReturnType<typeof prepareAppend> };
const entry = (name: string, append: Omit<Append, 'tenant'>): Entry => ({
  name,
  prepared: prepareAppend({ tenant, ...append }, options),
});
const stream = (id: string, expectedVersion: bigint, count = 1) => ({
  streamId: id as StreamId,
  expectedVersion,
  events: Array.from({ length: count }, () => event()),
});
const write = (name: string, id: string, expectedVersion: bigint, count = 1) =>
  entry(name, { streams: [stream(id, expectedVersion, count)] });

/** The names of each batch until the queue is empty. */
const batches = (queue: Entry[]): string[][] => {
  const all: string[][] = [];
  while (queue.length > 0) all.push(takeBatch(queue).map(({ name }) => name));
  return all;
};

describe('a batch', () => {
  test.each<[string, Entry[], string[][]]>([
    ['takes different streams together', [write('a', 'test-1', 0n), write('b', 'test-2', 4n)], [['a', 'b']]],
    [
      'takes appends of one stream that follow each other',
      [write('a', 'test-1', 0n, 2), write('b', 'test-1', 2n), write('c', 'test-1', 3n)],
      [['a', 'b', 'c']],
    ],
    [
      'leaves a rival for the same version to the next',
      [write('a', 'test-1', 0n), write('b', 'test-1', 0n), write('c', 'test-2', 0n)],
      [['a', 'c'], ['b']],
    ],
    [
      'keeps the order of what it leaves of a stream',
      [write('a', 'test-1', 0n), write('b', 'test-1', 5n), write('c', 'test-1', 1n)],
      [['a'], ['b'], ['c']],
    ],
    [
      'leaves a successor that comes before its predecessor',
      [write('b', 'test-1', 1n), write('a', 'test-1', 0n)],
      [['b'], ['a']],
    ],
    [
      'takes one append under a key',
      [
        entry('a', { streams: [stream('test-1', 0n)], record: record('k') }),
        entry('b', { streams: [stream('test-2', 0n)], record: record('k') }),
        entry('c', { streams: [], record: record('other') }),
      ],
      [['a', 'c'], ['b']],
    ],
    [
      'takes keys that only read the same together',
      [
        entry('a', { streams: [], record: { ...record('b c'), scope: 'a' } }),
        entry('b', { streams: [], record: { ...record('c'), scope: 'a b' } }),
      ],
      [['a', 'b']],
    ],
    [
      'makes one first key of a player',
      ['a', 'b'].map((name) =>
        entry(name, {
          streams: [stream(`test-${name}`, 0n)],
          dataKeys: [{ tenant, playerId: 'p', wrappedKey: 'w', kekId: 'k' }],
        }),
      ),
      [['a'], ['b']],
    ],
    [
      'has no write to the condition of another append',
      [
        entry('score', {
          streams: [stream('test-1', 0n)],
          conditions: [{ streamId: 'season-1' as StreamId, expectedVersion: 1n }],
        }),
        write('close', 'season-1', 1n),
        entry('late', {
          streams: [stream('test-2', 0n)],
          conditions: [{ streamId: 'season-1' as StreamId, expectedVersion: 1n }],
        }),
      ],
      [['score'], ['close'], ['late']],
    ],
    [
      'has no condition on what another append writes',
      [
        write('close', 'season-1', 1n),
        entry('late', {
          streams: [stream('test-1', 0n)],
          conditions: [{ streamId: 'season-1' as StreamId, expectedVersion: 1n }],
        }),
      ],
      [['close'], ['late']],
    ],
    [
      'shares a condition',
      ['a', 'b'].map((name) =>
        entry(name, {
          streams: [stream(`test-${name}`, 0n)],
          conditions: [{ streamId: 'season-1' as StreamId, expectedVersion: 1n }],
        }),
      ),
      [['a', 'b']],
    ],
    [
      'leaves every stream of an append that it leaves alone',
      [
        write('a', 'test-1', 0n),
        entry('b', { streams: [stream('test-1', 0n), stream('test-2', 0n)] }),
        write('c', 'test-2', 0n),
      ],
      [['a'], ['b'], ['c']],
    ],
  ])('%s', (_, queue, expected) => {
    expect(batches(queue)).toEqual(expected);
  });

  test('has a bounded number of appends', () => {
    const queue = Array.from({ length: maxBatchAppends + 3 }, (_, n) => write(`${n}`, `test-${n}`, 0n));
    expect(batches(queue).map((names) => names.length)).toEqual([maxBatchAppends, 3]);
  });

  test('has at most 4 MiB as encoded, outbox messages and wide characters included, but always one append', () => {
    const big = (name: string) =>
      entry(name, {
        streams: [
          {
            streamId: `test-${name}` as StreamId,
            expectedVersion: 0n,
            events: [
              {
                ...event('Tested', { text: '語'.repeat(240_000) }),
                messages: [{ aggregateType: 't', aggregateId: 'a', type: 'm', payload: { text: 'x'.repeat(700_000) } }],
              },
            ],
          },
        ],
      });
    expect(batches(['a', 'b', 'c', 'd', 'e'].map(big))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });
});
