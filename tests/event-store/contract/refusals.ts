import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type EventStore, InvalidAppend } from '../../../src/event-store/index.ts';
import type { JsonObject } from '../../../src/events/envelope.ts';
import type { StreamId } from '../../../src/events/ids.ts';
import { event, newStream, record, type StoreUnderTest, tenant } from './given.ts';

/** What is refused, with nothing written. */
export function refusals(here: StoreUnderTest): void {
  describe('refuses, with nothing written,', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    let deep: unknown = 1;
    for (let level = 0; level < 65; level += 1) deep = { deep };
    const bad: readonly [string, unknown][] = [
      ['NaN', { n: Number.NaN }],
      ['infinity', { n: Number.POSITIVE_INFINITY }],
      ['undefined', { n: undefined }],
      ['a hole in an array', { list: new Array(1) }],
      ['a BigInt', { n: 1n }],
      ['a function', { n: () => 1 }],
      ['a symbol', { n: Symbol('s') }],
      ['a date', { n: new Date(0) }],
      ['a map', { n: new Map() }],
      ['a cycle', cyclic],
      ['65 levels', { deep }],
      ['NUL', { text: 'a\0b' }],
      ['NUL in a key', { 'a\0b': 1 }],
      ['half a surrogate pair', { text: '\ud83d' }],
      ['the other half', { list: ['x\ude00'] }],
      ['an array as data', [1]],
      ['over 1 MiB', { text: 'x'.repeat(1024 * 1024) }],
      ['over 1 MiB of bytes', { text: 'é'.repeat(600_000) }],
    ];
    test.each(bad)('data with %s', async (_, data) => {
      const before = await here.total();
      await expect(here.appendOne(newStream(), 0n, data as JsonObject)).rejects.toBeInstanceOf(InvalidAppend);
      expect(await here.total()).toBe(before);
    });

    const refused = async (append: Parameters<EventStore['append']>[0]) => {
      const before = await here.total();
      await expect(here.store().append(append)).rejects.toBeInstanceOf(InvalidAppend);
      expect(await here.total()).toBe(before);
    };
    test('neither events nor a record', () => refused({ tenant, streams: [] }));
    test('a stream without events', () =>
      refused({ tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events: [] }] }));
    test('a stream twice', () => {
      const stream = { streamId: newStream(), expectedVersion: 0n, events: [event()] };
      return refused({ tenant, streams: [stream, stream] });
    });
    test('101 events', () =>
      refused({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: Array.from({ length: 101 }, () => event()) }],
      }));
    test('over 2 MiB together', () =>
      refused({
        tenant,
        streams: [
          {
            streamId: newStream(),
            expectedVersion: 0n,
            events: Array.from({ length: 3 }, () => event('T', { t: 'x'.repeat(900_000) })),
          },
        ],
      }));
    test.each([
      ['empty', ''],
      ['over-long', `test-${'x'.repeat(400)}`],
      ['with NUL', 'test-a\0b'],
      ['with half a pair', 'test-\ud83d'],
    ])('a stream id that is %s', (_, id) =>
      refused({ tenant, streams: [{ streamId: id as StreamId, expectedVersion: 0n, events: [event()] }] }),
    );
    test('an event id that is no UUID', () =>
      refused({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [{ ...event(), eventId: 'x' }] }],
      }));
    test('a condition on a category without heads', () =>
      refused({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        conditions: [{ streamId: newStream(), expectedVersion: 1n }],
      }));
    test('a condition on an absent stream', () =>
      refused({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        conditions: [{ streamId: newStream('season'), expectedVersion: 0n }],
      }));
    test('a response with NUL', () => refused({ tenant, streams: [], record: record(randomUUID(), 'a\0b') }));
  });
}
