import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DataKeyExists, VersionConflict } from '../../../src/event-store/index.ts';
import { event, newStream, type StoreUnderTest, tenant } from './given.ts';

/** What appending promises. */
export function appends(here: StoreUnderTest): void {
  describe('append', () => {
    test('gives each event its version, position and time, and reads it back', async () => {
      const stream = newStream();
      const data = {
        text: 'a "quoted" \\ line\n\u2028',
        list: [1, -2.5, null, true, { deep: {} }],
        big: 9007199254740991,
      };
      const metadata = { occurredAt: '2026-01-02T03:04:05.678Z', actor: 'operator:eve' };
      const { events } = await here.store().append({
        tenant,
        streams: [{ streamId: stream, expectedVersion: 0n, events: [{ ...event('A', data), metadata }, event('B')] }],
      });
      expect(events.map(({ type, version }) => [type, version])).toEqual([
        ['A', 1n],
        ['B', 2n],
      ]);
      const slice = await here.store().read(stream);
      expect(slice).toEqual({ streamId: stream, version: 2n, events });
      expect(slice.events[0]).toMatchObject({ data, metadata, tenant, schemaVersion: 1 });
      expect(slice.events[1]?.recordedAt).toBe(slice.events[0]?.recordedAt);
    });

    test('writes several streams or none of them', async () => {
      const [first, second] = [newStream(), newStream()];
      await here.appendOne(second, 0n);
      const before = await here.total();
      const both = {
        tenant,
        streams: [first, second].map((id) => ({ streamId: id, expectedVersion: 0n, events: [event()] })),
      };
      await expect(here.store().append(both)).rejects.toMatchObject({
        name: 'VersionConflict',
        streamId: second,
        expected: 0n,
        actual: 1n,
      });
      expect((await here.store().read(first)).version).toBe(0n);
      expect(await here.total()).toBe(before);
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
      for (let version = 0n; version < existing; version += 1n) await here.appendOne(stream, version);
      if (ok) await here.appendOne(stream, expected);
      else await expect(here.appendOne(stream, expected)).rejects.toBeInstanceOf(VersionConflict);
      expect((await here.store().read(stream)).events.map(({ version }) => version)).toEqual(
        Array.from({ length: existing + (ok ? 1 : 0) }, (_, index) => BigInt(index + 1)),
      );
    });

    test('lets one of many writers with the same expected version win', async () => {
      const stream = newStream();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) => here.appendOne(stream, 0n, { n })),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(VersionConflict);
      expect((await here.store().read(stream)).version).toBe(1n);
    });

    test('loses nothing of many writers that accept any version', async () => {
      const stream = newStream();
      await Promise.all(Array.from({ length: 200 }, (_, n) => here.appendOne(stream, 'any', { n })));
      const { events } = await here.store().read(stream);
      expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 200 }, (_, n) => BigInt(n + 1)));
      expect(new Set(events.map(({ data }) => data['n'])).size).toBe(200);
    });

    test('leaves the neighbours of a conflict alone', async () => {
      const taken = newStream();
      await here.appendOne(taken, 0n);
      const streams = Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? taken : newStream()));
      const outcomes = await Promise.allSettled(streams.map((stream) => here.appendOne(stream, 0n)));
      expect(outcomes.map(({ status }) => status)).toEqual(
        streams.map((stream) => (stream === taken ? 'rejected' : 'fulfilled')),
      );
    });
  });

  test('a player gets one data key', async () => {
    const playerId = randomUUID();
    const append = () =>
      here.store().append({
        tenant,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
        dataKeys: [{ tenant, playerId, wrappedKey: 'wrapped', kekId: 'k1' }],
      });
    const outcomes = await Promise.allSettled([append(), append(), append()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DataKeyExists);
  });
}

/** Comes last, because it puts a partition's clock ahead. */
export function recordedTimes(here: StoreUnderTest): void {
  test('is never recorded before the event that caused it', async () => {
    const causedAt = BigInt(Date.now() + 1_000) * 1000n + 7n;
    const [effect] = (
      await here.store().append({
        tenant,
        causedAt,
        streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
      })
    ).events;
    expect(effect?.recordedAt).toBeGreaterThanOrEqual(causedAt);
  });
}
