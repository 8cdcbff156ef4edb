import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ConditionFailed,
  DataKeyExists,
  type EventStore,
  InvalidAppend,
  type NewEvent,
  RecordExists,
  VersionConflict,
} from '../../src/event-store/index.ts';
import type { JsonObject, RecordedEvent } from '../../src/events/envelope.ts';
import { type StreamId, streamId, type TenantId } from '../../src/events/ids.ts';

export const tenant = 'acme' as TenantId;
export const conditionCategories = ['season'];
export const newStream = (category = 'test'): StreamId => streamId(category, tenant, randomUUID());
export const event = (type = 'Tested', data: JsonObject = { n: 1 }): NewEvent => ({ type, data });
export const record = (key: string, response = '{"ok":true}', expiresAt = Date.now() + 60_000) => ({
  tenant,
  scope: 'player|POST /test',
  key,
  requestHash: 'hash',
  status: 200,
  response,
  expiresAt,
});

/** What every store promises. */
export function storeContract(open: () => Promise<EventStore>): void {
  let store: EventStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const total = async () => [...(await store.positions()).values()].reduce((sum, position) => sum + position, 0n);
  const appendOne = (stream: StreamId, expectedVersion: bigint | 'any' | 'exists' | 'absent', data?: JsonObject) =>
    store.append({ tenant, streams: [{ streamId: stream, expectedVersion, events: [event('Tested', data)] }] });

  describe('append', () => {
    test('gives each event its version, position and time, and reads it back', async () => {
      const stream = newStream();
      const data = {
        text: 'a "quoted" \\ line\n\u2028',
        list: [1, -2.5, null, true, { deep: {} }],
        big: 9007199254740991,
      };
      const metadata = { occurredAt: '2026-01-02T03:04:05.678Z', actor: 'operator:eve' };
      const { events } = await store.append({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [{ ...event('A', data), metadata }, event('B')] }],
      });
      expect(events.map(({ type, version }) => [type, version])).toEqual([
        ['A', 1n],
        ['B', 2n],
      ]);
      const slice = await store.read(stream);
      expect(slice).toEqual({ streamId: stream, version: 2n, events });
      expect(slice.events[0]).toMatchObject({ data, metadata, tenant, schemaVersion: 1 });
      expect(slice.events[1]?.recordedAt).toBe(slice.events[0]?.recordedAt);
    });

    test('writes several streams or none of them', async () => {
      const [first, second] = [newStream(), newStream()];
      await appendOne(second, 0n);
      const before = await total();
      const both = {
        tenant,
        streams: [first, second].map((id) => ({ streamId: id, expectedVersion: 0n, events: [event()] })),
      };
      await expect(store.append(both)).rejects.toMatchObject({
        name: 'VersionConflict',
        streamId: second,
        expected: 0n,
        actual: 1n,
      });
      expect((await store.read(first)).version).toBe(0n);
      expect(await total()).toBe(before);
    });

    test.each([
      { expected: 0n, existing: 0, ok: true },
      { expected: 0n, existing: 1, ok: false },
      { expected: 1n, existing: 1, ok: true },
      { expected: 1n, existing: 2, ok: false },
      { expected: 7n, existing: 1, ok: false },
      { expected: 'absent' as const, existing: 0, ok: true },
      { expected: 'absent' as const, existing: 1, ok: false },
      { expected: 'exists' as const, existing: 0, ok: false },
      { expected: 'exists' as const, existing: 2, ok: true },
      { expected: 'any' as const, existing: 0, ok: true },
      { expected: 'any' as const, existing: 3, ok: true },
    ])('enforces expected version $expected on a stream of $existing', async ({ expected, existing, ok }) => {
      const stream = newStream();
      for (let version = 0n; version < existing; version += 1n) await appendOne(stream, version);
      if (ok) await appendOne(stream, expected);
      else await expect(appendOne(stream, expected)).rejects.toBeInstanceOf(VersionConflict);
      expect((await store.read(stream)).events.map(({ version }) => version)).toEqual(
        Array.from({ length: existing + (ok ? 1 : 0) }, (_, index) => BigInt(index + 1)),
      );
    });

    test('lets one of many writers with the same expected version win', async () => {
      const stream = newStream();
      const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => appendOne(stream, 0n, { n })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(VersionConflict);
      expect((await store.read(stream)).version).toBe(1n);
    });

    test('loses nothing of many writers that accept any version', async () => {
      const stream = newStream();
      await Promise.all(Array.from({ length: 200 }, (_, n) => appendOne(stream, 'any', { n })));
      const { events } = await store.read(stream);
      expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 200 }, (_, n) => BigInt(n + 1)));
      expect(new Set(events.map(({ data }) => data['n'])).size).toBe(200);
    });

    test('leaves the neighbours of a conflict alone', async () => {
      const taken = newStream();
      await appendOne(taken, 0n);
      const streams = Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? taken : newStream()));
      const outcomes = await Promise.allSettled(streams.map((stream) => appendOne(stream, 0n)));
      expect(outcomes.map(({ status }) => status)).toEqual(
        streams.map((stream) => (stream === taken ? 'rejected' : 'fulfilled')),
      );
    });
  });

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
      const before = await total();
      await expect(appendOne(newStream(), 0n, data as JsonObject)).rejects.toBeInstanceOf(InvalidAppend);
      expect(await total()).toBe(before);
    });

    const refused = async (append: Parameters<EventStore['append']>[0]) => {
      const before = await total();
      await expect(store.append(append)).rejects.toBeInstanceOf(InvalidAppend);
      expect(await total()).toBe(before);
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

  describe('conditions', () => {
    test('hold while their stream stands still, and fail when it has moved', async () => {
      const season = newStream('season');
      await appendOne(season, 0n);
      const score = (condition: bigint) =>
        store.append({
          tenant,
          streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
          conditions: [{ streamId: season, expectedVersion: condition }],
        });
      await score(1n);
      await expect(score(2n)).rejects.toBeInstanceOf(ConditionFailed);
      await appendOne(season, 1n);
      await expect(score(1n)).rejects.toMatchObject({
        name: 'ConditionFailed',
        streamId: season,
        expected: 1n,
        actual: 2n,
      });
      await score(2n);
    });

    test('never let a write through after the stream they watch has moved', async () => {
      for (let round = 0; round < 10; round += 1) {
        const season = newStream('season');
        await appendOne(season, 0n, { open: true });
        const scores = Array.from({ length: 60 }, async (_, n) => {
          const outcome = store.append({
            tenant,
            streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event('Scored', { n })] }],
            conditions: [{ streamId: season, expectedVersion: 1n }],
          });
          return outcome
            .then((result) => result.events[0])
            .catch((error) => {
              if (error instanceof ConditionFailed) return null;
              throw error;
            });
        });
        const close = appendOne(season, 1n, { open: false });
        const closedAt = (await close).events[0]?.recordedAt as bigint;
        for (const scored of await Promise.all(scores))
          if (scored) expect(scored.recordedAt).toBeLessThanOrEqual(closedAt);
      }
    });
  });

  describe('idempotency records', () => {
    test('commit with their events and are found again', async () => {
      const key = randomUUID();
      const response = '{"b":1,"a":"ü"}';
      await store.append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        record: record(key, response),
      });
      expect(await store.findRecord(record(key))).toMatchObject({ key, response, status: 200, requestHash: 'hash' });
    });

    test('may stand alone', async () => {
      const key = randomUUID();
      await store.append({ tenant, streams: [], record: record(key) });
      expect(await store.findRecord(record(key))).not.toBeNull();
    });

    test('keep control characters and empty responses, in one statement with others', async () => {
      const odd = ['a\x1fb', '\x1f', '\x1f0\x1e', 'tab\tand "quotes" \\'].map((text) => {
        const stream = `test-${randomUUID()}${text}` as StreamId;
        const own = { ...record(randomUUID() + text, text === '\x1f' ? '' : text), requestHash: text };
        return { stream, own };
      });
      await Promise.all(
        odd.map(({ stream, own }) =>
          store.append({
            tenant,
            streams: [{ streamId: stream, expectedVersion: 0n, events: [event('Tested', { text: own.key })] }],
            record: own,
          }),
        ),
      );
      for (const { stream, own } of odd) {
        expect((await store.read(stream)).events[0]?.data).toEqual({ text: own.key });
        expect(await store.findRecord(own)).toMatchObject({ response: own.response, requestHash: own.requestHash });
      }
      const alone = record(randomUUID(), '');
      await store.append({ tenant, streams: [], record: alone });
      expect(await store.findRecord(alone)).toMatchObject({ response: '' });
    });

    test('refuse a second append under their key and hand out the first outcome', async () => {
      const key = randomUUID();
      const stream = newStream();
      await store.append({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [event()] }],
        record: record(key, '"first"'),
      });
      const again = store.append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        record: record(key, '"second"'),
      });
      await expect(again).rejects.toMatchObject({ name: 'RecordExists', record: { response: '"first"' } });
    });

    test('let one of many parallel appends under a key through', async () => {
      const key = randomUUID();
      const before = await total();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, n) =>
          store.append({
            tenant,
            streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
            record: record(key, `${n}`),
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RecordExists);
      expect(await total()).toBe(before + 1n);
    });

    test('are not written with a refused append', async () => {
      const [key, stream] = [randomUUID(), newStream()];
      await appendOne(stream, 0n);
      const refused = store.append({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [event()] }],
        record: record(key),
      });
      await expect(refused).rejects.toBeInstanceOf(VersionConflict);
      expect(await store.findRecord(record(key))).toBeNull();
    });

    test('free their key when they have expired', async () => {
      const key = randomUUID();
      await store.append({ tenant, streams: [], record: record(key, '"old"', Date.now() - 1000) });
      expect(await store.findRecord(record(key))).toBeNull();
      await store.append({ tenant, streams: [], record: record(key, '"new"') });
      expect(await store.findRecord(record(key))).toMatchObject({ response: '"new"' });
    });

    test('keep keys apart that only look alike', async () => {
      const id = randomUUID();
      for (const key of [`${id}, x`, `${id}`, `${id})=(`, `'${id}'`, `${id}"\\`, `{${id}}`])
        await store.append({ tenant, streams: [], record: record(key) });
      for (const key of [`${id}, x`, `${id})=(`, `${id}"\\`])
        await expect(store.append({ tenant, streams: [], record: record(key) })).rejects.toBeInstanceOf(RecordExists);
    });
  });

  test('a player gets one data key', async () => {
    const playerId = randomUUID();
    const append = () =>
      store.append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        dataKeys: [{ tenant, playerId, wrappedKey: 'wrapped', kekId: 'k1' }],
      });
    const outcomes = await Promise.allSettled([append(), append(), append()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DataKeyExists);
  });

  describe('exclusive appends', () => {
    test('decide on what the stream holds at that moment, however many race', async () => {
      const stream = newStream();
      const add = () =>
        store.appendExclusively([{ streamId: stream, from: 1n }], ([slice]) => ({
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
      expect((await store.read(stream)).events.map(({ data }) => data['n'])).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
    });

    test('may decide to append nothing', async () => {
      const before = await total();
      expect(await store.appendExclusively([{ streamId: newStream(), from: 1n }], () => null)).toBeNull();
      expect(await total()).toBe(before);
    });

    test('replay the outcome of a key that exists', async () => {
      const key = randomUUID();
      await store.append({ tenant, streams: [], record: record(key, '"first"') });
      const stream = newStream();
      const again = store.appendExclusively([{ streamId: stream, from: 1n }], () => ({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [event()] }],
        record: record(key),
      }));
      await expect(again).rejects.toMatchObject({ name: 'RecordExists', record: { response: '"first"' } });
    });
  });

  describe('reading', () => {
    test('a range of a stream tells the whole version', async () => {
      const stream = newStream();
      for (let version = 0n; version < 5n; version += 1n) await appendOne(stream, version);
      const versions = async (range: Parameters<EventStore['read']>[1]) => {
        const slice = await store.read(stream, range);
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
      expect(await store.read(stream)).toEqual({ streamId: stream, version: 0n, events: [] });
      expect(await store.read(stream, { from: 2n })).toEqual({ streamId: stream, version: 0n, events: [] });
    });

    test('whoever reads at one moment gets the range that they asked for', async () => {
      const [stream, other, absent] = [newStream(), newStream(), newStream()];
      for (let version = 0n; version < 4n; version += 1n) await appendOne(stream, version);
      await appendOne(other, 0n);
      const asked = [
        [stream, 4n],
        [stream, 2n],
        [stream, 5n],
        [other, 2n],
        [stream, 9n],
        [absent, 3n],
      ] as const;
      const slices = await Promise.all(asked.map(([streamId, from]) => store.read(streamId, { from })));
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
      for (let version = 0n; version < 3n; version += 1n) await appendOne(stream, version);
      await appendOne(other, 0n);
      const asked = [stream, absent, other, stream];
      expect(await Promise.all(asked.map((each) => store.version(each)))).toEqual([3n, 0n, 1n, 3n]);
    });

    test('partitions are gapless, in commit order, and hold every event once', async () => {
      await Promise.all(Array.from({ length: 300 }, (_, n) => appendOne(newStream(), 0n, { n })));
      let seen = 0n;
      const ids = new Set<string>();
      for (const [partition, last] of await store.positions()) {
        let after = 0n;
        let time = 0n;
        for (;;) {
          const events = await store.readPartition(partition, { after, limit: 100 });
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
      const { events } = await store.append({
        tenant,
        streams: [
          { streamId: stream, expectedVersion: 0n, events: [event('Wanted'), event('Other'), event('Wanted')] },
        ],
      });
      const first = events[0];
      if (first === undefined) throw new Error('nothing was appended');
      const read = await store.readPartition(first.partition, {
        after: first.position - 1n,
        limit: 10,
        types: ['Wanted'],
      });
      expect(read).toEqual([events[0], events[2]]);
    });

    test('a reader of rare types gets each of their events once, whatever its limit', async () => {
      const partition = (await appendOne(newStream(), 0n)).events[0]!.partition;
      const after = (await store.positions()).get(partition)!;
      const streams = Array.from({ length: 2_000 }, () => newStream());
      await Promise.all(
        streams.map((streamId, n) =>
          store.append({
            tenant,
            streams: [{ streamId, expectedVersion: 0n, events: [event(n % 37 === 0 ? 'Rare' : 'Common')] }],
          }),
        ),
      );
      const all = await store.readPartition(partition, { after, limit: 10_000 });
      const rare = all.filter(({ type }) => type === 'Rare');
      for (const limit of [1, 2, 3, 50]) {
        const read: RecordedEvent[] = [];
        for (let at = after; ; at = read.at(-1)!.position) {
          const page = await store.readPartition(partition, { after: at, limit, types: ['Rare'] });
          read.push(...page);
          if (page.length < limit) break;
        }
        expect(read).toEqual(rare);
      }
    });

    test('commits are announced with their events', async () => {
      const seen: string[] = [];
      const stop = store.onCommit((events) => seen.push(...events.map(({ eventId }) => eventId)));
      const { events } = await appendOne(newStream(), 0n);
      stop();
      await appendOne(newStream(), 0n);
      expect(seen).toEqual([events[0]?.eventId]);
    });
  });

  // Last, because it puts a partition's clock ahead.
  test('is never recorded before the event that caused it', async () => {
    const causedAt = BigInt(Date.now() + 1_000) * 1000n + 7n;
    const [effect] = (
      await store.append({
        tenant,
        causedAt,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
      })
    ).events;
    expect(effect?.recordedAt).toBeGreaterThanOrEqual(causedAt);
  });
}
