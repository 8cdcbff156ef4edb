import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RecordExists, VersionConflict } from '../../../src/event-store/index.ts';
import type { StreamId } from '../../../src/events/ids.ts';
import { event, newStream, record, type StoreUnderTest, tenant } from './given.ts';

/** What idempotency records promise. */
export function records(here: StoreUnderTest): void {
  describe('idempotency records', () => {
    test('commit with their events and are found again', async () => {
      const key = randomUUID();
      const response = '{"b":1,"a":"ü"}';
      await here.store().append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        record: record(key, response),
      });
      expect(await here.store().findRecord(record(key))).toMatchObject({
        key,
        response,
        status: 200,
        requestHash: 'hash',
      });
    });

    test('may stand alone', async () => {
      const key = randomUUID();
      await here.store().append({ tenant, streams: [], record: record(key) });
      expect(await here.store().findRecord(record(key))).not.toBeNull();
    });

    test('keep control characters and empty responses, in one statement with others', async () => {
      const odd = ['a\x1fb', '\x1f', '\x1f0\x1e', 'tab\tand "quotes" \\'].map((text) => {
        const stream = `test-${randomUUID()}${text}` as StreamId;
        const own = { ...record(randomUUID() + text, text === '\x1f' ? '' : text), requestHash: text };
        return { stream, own };
      });
      await Promise.all(
        odd.map(({ stream, own }) =>
          here.store().append({
            tenant,
            streams: [{ streamId: stream, expectedVersion: 0n, events: [event('Tested', { text: own.key })] }],
            record: own,
          }),
        ),
      );
      for (const { stream, own } of odd) {
        expect((await here.store().read(stream)).events[0]?.data).toEqual({ text: own.key });
        expect(await here.store().findRecord(own)).toMatchObject({
          response: own.response,
          requestHash: own.requestHash,
        });
      }
      const alone = record(randomUUID(), '');
      await here.store().append({ tenant, streams: [], record: alone });
      expect(await here.store().findRecord(alone)).toMatchObject({ response: '' });
    });

    test('refuse a second append under their key and hand out the first outcome', async () => {
      const key = randomUUID();
      const stream = newStream();
      await here.store().append({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [event()] }],
        record: record(key, '"first"'),
      });
      const again = here.store().append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        record: record(key, '"second"'),
      });
      await expect(again).rejects.toMatchObject({ name: 'RecordExists', record: { response: '"first"' } });
    });

    test('let one of many parallel appends under a key through', async () => {
      const key = randomUUID();
      const before = await here.total();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, n) =>
          here.store().append({
            tenant,
            streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
            record: record(key, `${n}`),
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RecordExists);
      expect(await here.total()).toBe(before + 1n);
    });

    test('are not written with a refused append', async () => {
      const [key, stream] = [randomUUID(), newStream()];
      await here.appendOne(stream, 0n);
      const refused = here.store().append({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [event()] }],
        record: record(key),
      });
      await expect(refused).rejects.toBeInstanceOf(VersionConflict);
      expect(await here.store().findRecord(record(key))).toBeNull();
    });

    test('free their key when they have expired', async () => {
      const key = randomUUID();
      await here.store().append({ tenant, streams: [], record: record(key, '"old"', Date.now() - 1000) });
      expect(await here.store().findRecord(record(key))).toBeNull();
      await here.store().append({ tenant, streams: [], record: record(key, '"new"') });
      expect(await here.store().findRecord(record(key))).toMatchObject({ response: '"new"' });
    });

    test('keep keys apart that only look alike', async () => {
      const id = randomUUID();
      for (const key of [`${id}, x`, `${id}`, `${id})=(`, `'${id}'`, `${id}"\\`, `{${id}}`])
        await here.store().append({ tenant, streams: [], record: record(key) });
      for (const key of [`${id}, x`, `${id})=(`, `${id}"\\`])
        await expect(here.store().append({ tenant, streams: [], record: record(key) })).rejects.toBeInstanceOf(
          RecordExists,
        );
    });
  });
}
