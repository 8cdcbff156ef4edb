import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/event-store/index.ts';
import type { PartitionRead } from '../../../src/event-store/port.ts';
import { event, newStream, type StoreUnderTest, tenant } from './given.ts';

/** What reading promises. */
export function reading(here: StoreUnderTest): void {
  describe('reading', () => {
    test('a range of a stream tells the whole version', async () => {
      const stream = newStream();
      for (let version = 0n; version < 5n; version += 1n) await here.appendOne(stream, version);
      const versions = async (range: Parameters<EventStore['read']>[1]) => {
        const slice = await here.store().read(stream, range);
        expect(slice.version).toBe(5n);
        return slice.events.map(({ version }) => version);
      };
      expect(await versions({ from: 3n })).toEqual([3n, 4n, 5n]);
      expect(await versions({ to: 2n })).toEqual([1n, 2n]);
      expect(await versions({ from: 2n, to: 4n })).toEqual([2n, 3n, 4n]);
      expect(await versions({ from: 2n, maxCount: 1 })).toEqual([2n]);
      expect(await versions({ from: 9n })).toEqual([]);
    });

    test('an absent stream is empty at version 0', async () => {
      const stream = newStream();
      expect(await here.store().read(stream)).toEqual({ streamId: stream, version: 0n, events: [] });
      expect(await here.store().read(stream, { from: 2n })).toEqual({ streamId: stream, version: 0n, events: [] });
    });

    test('whoever reads at one moment gets the range that they asked for', async () => {
      const [stream, other, absent] = [newStream(), newStream(), newStream()];
      for (let version = 0n; version < 4n; version += 1n) await here.appendOne(stream, version);
      await here.appendOne(other, 0n);
      const asked = [
        [stream, 4n],
        [stream, 2n],
        [stream, 5n],
        [other, 2n],
        [stream, 9n],
        [absent, 3n],
      ] as const;
      const slices = await Promise.all(asked.map(([streamId, from]) => here.store().read(streamId, { from })));
      expect(slices.map(({ streamId }) => streamId)).toEqual(asked.map(([streamId]) => streamId));
      expect(slices.map(({ version }) => version)).toEqual([4n, 4n, 4n, 1n, 4n, 0n]);
      expect(slices.map(({ events }) => events.map(({ version }) => version))).toEqual([
        [4n],
        [2n, 3n, 4n],
        [],
        [],
        [],
        [],
      ]);
    });

    test('versions of streams are told to all who ask at one moment', async () => {
      const [stream, other, absent] = [newStream(), newStream(), newStream()];
      for (let version = 0n; version < 3n; version += 1n) await here.appendOne(stream, version);
      await here.appendOne(other, 0n);
      const asked = [stream, absent, other, stream];
      expect(await Promise.all(asked.map((each) => here.store().version(each)))).toEqual([3n, 0n, 1n, 3n]);
    });

    test('partitions are gapless, in commit order, and hold every event once', async () => {
      await Promise.all(Array.from({ length: 300 }, (_, n) => here.appendOne(newStream(), 0n, { n })));
      let seen = 0n;
      const ids = new Set<string>();
      for (const [partition, last] of await here.store().positions()) {
        let after = 0n;
        let time = 0n;
        for (;;) {
          const events = await here.store().readPartition(partition, { after, limit: 100 });
          if (events.length === 0) break;
          for (const { position, recordedAt, eventId } of events) {
            expect(position).toBe(after + 1n);
            expect(recordedAt).toBeGreaterThanOrEqual(time);
            after = position;
            time = recordedAt;
            ids.add(eventId);
          }
        }
        expect(after).toBe(last);
        seen += last;
      }
      expect(BigInt(ids.size)).toBe(seen);
    });

    test('a partition can be read by type', async () => {
      const stream = newStream();
      const { events } = await here.store().append({
        tenant,
        streams: [
          { streamId: stream, expectedVersion: 0n, events: [event('Wanted'), event('Other'), event('Wanted')] },
        ],
      });
      const first = events[0];
      if (first === undefined) throw new Error('nothing was appended');
      const read = await here.store().readPartition(first.partition, {
        after: first.position - 1n,
        limit: 10,
        types: ['Wanted'],
      });
      expect(read).toEqual([events[0], events[2]]);
    });

    test('metadata is read of the types that it is asked of, and of all when nothing is said', async () => {
      const metadata = { actor: 'operator:ada' };
      const events = ['Wanted', 'Other', 'Unread'].map((type) => ({ ...event(type), metadata }));
      const appended = await here
        .store()
        .append({ tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events }] });
      const { partition, position } = appended.events[0]!;
      const read = async (more: Partial<PartitionRead>) => {
        const found = await here.store().readPartition(partition, { after: position - 1n, limit: 10, ...more });
        return found.map((each) => [each.type, each.metadata]);
      };
      const all = events.map(({ type }) => [type, metadata]);
      expect(await read({})).toEqual(all);
      expect(await read({ metadataOf: [] })).toEqual(all.map(([type]) => [type, {}]));
      expect(await read({ types: ['Wanted', 'Other'], metadataOf: ['Wanted'] })).toEqual([all[0], ['Other', {}]]);
    });

    test('a reader of rare types gets each of their events once, from wherever and whatever its limit', async () => {
      const streamId = newStream();
      const types = Array.from({ length: 100 }, (_, n) => event(n % 17 === 5 || n % 41 === 0 ? 'Rare' : 'Common'));
      const { events } = await here
        .store()
        .append({ tenant, streams: [{ streamId, expectedVersion: 0n, events: types }] });
      const rare = events.filter(({ type }) => type === 'Rare');
      for (const { partition, position: after } of events)
        for (const limit of [1, 2, 3, 50]) {
          const read = await here.store().readPartition(partition, { after, limit, types: ['Rare'] });
          expect(read).toEqual(rare.filter(({ position }) => position > after).slice(0, limit));
        }
    });

    test('commits are announced with their events', async () => {
      const seen: string[] = [];
      const stop = here.store().onCommit((events) => seen.push(...events.map(({ eventId }) => eventId)));
      const { events } = await here.appendOne(newStream(), 0n);
      stop();
      await here.appendOne(newStream(), 0n);
      expect(seen).toEqual([events[0]?.eventId]);
    });
  });
}
