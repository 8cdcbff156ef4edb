import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { event, newStream, record, type StoreUnderTest, tenant } from './given.ts';

/** What appending under the partitions' locks promises. */
export function exclusiveAppends(here: StoreUnderTest): void {
  describe('exclusive appends', () => {
    test('decide on what the stream holds at that moment, however many race', async () => {
      const stream = newStream();
      const add = () =>
        here.store().appendExclusively([{ streamId: stream, from: 1n }], ([slice]) => ({
          tenant,
          streams: [
            {
              streamId: stream,
              expectedVersion: slice?.version ?? 0n,
              events: [event('Counted', { n: (slice?.events.length ?? 0) + 1 })],
            },
          ],
        }));
      await Promise.all(Array.from({ length: 20 }, add));
      expect((await here.store().read(stream)).events.map(({ data }) => data['n'])).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
    });

    test('may decide to append nothing', async () => {
      const before = await here.total();
      expect(await here.store().appendExclusively([{ streamId: newStream(), from: 1n }], () => null)).toBeNull();
      expect(await here.total()).toBe(before);
    });

    test('replay the outcome of a key that exists', async () => {
      const key = randomUUID();
      await here.store().append({ tenant, streams: [], record: record(key, '"first"') });
      const stream = newStream();
      const again = here.store().appendExclusively([{ streamId: stream, from: 1n }], () => ({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [event()] }],
        record: record(key),
      }));
      await expect(again).rejects.toMatchObject({ name: 'RecordExists', record: { response: '"first"' } });
    });
  });
}
