import { CommandHandler, STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from '@event-driven-io/emmett';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStore } from '../../src/event-store/index.ts';
import { newStream } from './contract.ts';

type Opened = { type: 'Opened'; data: { limit: number } };
type Added = { type: 'Added'; data: { amount: number } };
type AddedV0 = { type: 'Added'; data: { value: number } };

/** Emmett's `EventStore`, as its own command handler and readers use it. */
export function emmettContract(open: () => Promise<EventStore>): void {
  describe("Emmett's interface", () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const opened: Opened = { type: 'Opened', data: { limit: 3 } };
    const added = (amount: number): Added => ({ type: 'Added', data: { amount } });

    test("runs Emmett's command handler, also when commands race", async () => {
      const stream = newStream('cart');
      const handle = CommandHandler<{ sum: number }, Added>({
        evolve: (state, { data }) => ({ sum: state.sum + data.amount }),
        initialState: () => ({ sum: 0 }),
      });
      const retry = { onVersionConflict: 50 };
      await Promise.all(
        Array.from({ length: 10 }, () => handle(store, stream, (state) => added(state.sum + 1), { retry })),
      );
      const { events } = await store.readStream<Added>(stream);
      expect(events.map(({ data }) => data.amount)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
    });

    test('tells versions, existence and positions', async () => {
      const stream = newStream('cart');
      expect(await store.streamExists(stream)).toBe(false);
      const first = await store.appendToStream<Opened | Added>(stream, [opened, added(1)]);
      expect(first).toMatchObject({ nextExpectedStreamVersion: 2n, createdNewStream: true });
      const second = await store.appendToStream(stream, [added(2)], { expectedStreamVersion: 2n });
      expect(second).toMatchObject({ nextExpectedStreamVersion: 3n, createdNewStream: false });
      expect(await store.streamExists(stream)).toBe(true);
      const { events, currentStreamVersion, streamExists } = await store.readStream(stream);
      expect({ currentStreamVersion, streamExists }).toEqual({ currentStreamVersion: 3n, streamExists: true });
      expect(events.map(({ metadata }) => metadata.streamPosition)).toEqual([1n, 2n, 3n]);
      const slice = await store.read(stream);
      expect(events.map(({ metadata }) => metadata.globalPosition)).toEqual(
        slice.events.map(({ position, partition }) => position * 1024n + BigInt(partition)),
      );
    });

    test.each([
      { expected: 5n, existing: 1 },
      { expected: STREAM_EXISTS, existing: 0 },
      { expected: STREAM_DOES_NOT_EXIST, existing: 1 },
    ])('refuses an append that expects $expected on a stream of $existing', async ({ expected, existing }) => {
      const stream = newStream('cart');
      if (existing > 0) await store.appendToStream(stream, [opened]);
      await expect(store.appendToStream(stream, [added(1)], { expectedStreamVersion: expected })).rejects.toMatchObject(
        {
          name: 'Error',
          errorCode: 412,
        },
      );
      await expect(store.readStream(stream, { expectedStreamVersion: expected })).rejects.toThrow();
      expect((await store.readStream(stream)).events).toHaveLength(existing);
    });

    test('reads from, to and at most so many', async () => {
      const stream = newStream('cart');
      await store.appendToStream(stream, [1, 2, 3, 4, 5].map(added));
      const amounts = async (options: Parameters<EventStore['readStream']>[1]) =>
        (await store.readStream<Added>(stream, options as never)).events.map(({ data }) => data.amount);
      expect(await amounts({ from: 2n })).toEqual([2, 3, 4, 5]);
      expect(await amounts({ from: 2n, to: 3n })).toEqual([2, 3]);
      expect(await amounts({ maxCount: 2n })).toEqual([1, 2]);
      expect(await amounts({ from: 3n, maxCount: 1n })).toEqual([3]);
    });

    test('aggregates, upcasting old shapes', async () => {
      const stream = newStream('cart');
      await store.appendToStream<AddedV0>(
        stream,
        [1, 2].map((value) => ({ type: 'Added', data: { value } })),
      );
      const { state, currentStreamVersion } = await store.aggregateStream<number, Added, AddedV0>(stream, {
        initialState: () => 0,
        evolve: (sum: number, event: Added) => sum + event.data.amount,
        read: { schema: { versioning: { upcast: ({ data }) => added(data.value) } } },
      });
      expect({ state, currentStreamVersion }).toEqual({ state: 3, currentStreamVersion: 2n });
    });
  });
}
