import { describe, expect, test } from 'vitest';
import { appendLoosely, expectsLoosely } from '../../src/event-store/any-version.ts';
import { type Append, type AppendResult, InvalidAppend, VersionConflict } from '../../src/event-store/index.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { event, tenant } from './contract.ts';

const hot = 'test-hot' as StreamId;
const other = 'test-other' as StreamId;
const to = (streamId: StreamId, expectedVersion: bigint | 'any' | 'exists' | 'absent', count = 1): Append => ({
  tenant,
  streams: [{ streamId, expectedVersion, events: Array.from({ length: count }, () => event()) }],
});

/** A log that knows versions only. @param meddle called before each append, as another process would come in between */
function tinyLog(meddle: (versions: Map<StreamId, bigint>) => void = () => undefined) {
  const versions = new Map<StreamId, bigint>();
  const calls: string[] = [];
  const versionOf = (streamId: StreamId) => versions.get(streamId) ?? 0n;
  const write = (append: Append): AppendResult => {
    for (const { streamId, expectedVersion } of append.streams)
      if (expectedVersion !== versionOf(streamId))
        throw new VersionConflict(streamId, expectedVersion, versionOf(streamId));
    for (const { streamId, events } of append.streams)
      versions.set(streamId, versionOf(streamId) + BigInt(events.length));
    return { events: [] };
  };
  const loosely = appendLoosely({
    version: async (streamId) => {
      calls.push('version');
      return versionOf(streamId);
    },
    append: async (append) => {
      calls.push(`append ${append.streams.map(({ expectedVersion }) => expectedVersion).join(' ')}`);
      meddle(versions);
      return write(append);
    },
    appendExclusively: async (reads, decide) => {
      calls.push('exclusive');
      const append = decide(reads.map(({ streamId }) => ({ streamId, version: versionOf(streamId), events: [] })));
      return append === null ? null : write(append);
    },
  });
  return { versions, calls, loosely };
}

describe('appends of any version', () => {
  test('ask for the version once and follow each other', async () => {
    const { versions, calls, loosely } = tinyLog();
    await Promise.all([loosely(to(hot, 'any')), loosely(to(hot, 'any', 3)), loosely(to(hot, 'exists'))]);
    expect(calls).toEqual(['version', 'append 0', 'append 1', 'append 4']);
    expect(versions.get(hot)).toBe(5n);
  });

  test('ask again when nothing is on its way any more', async () => {
    const { versions, calls, loosely } = tinyLog();
    await loosely(to(hot, 'any'));
    versions.set(hot, 7n);
    await loosely(to(hot, 'any'));
    expect(calls).toEqual(['version', 'append 0', 'version', 'append 7']);
  });

  test('lock the partition after two lost races', async () => {
    const { versions, calls, loosely } = tinyLog((all) => all.set(hot, (all.get(hot) ?? 0n) + 1n));
    await loosely(to(hot, 'any'));
    expect(calls).toEqual(['version', 'append 0', 'version', 'append 1', 'exclusive']);
    expect(versions.get(hot)).toBe(3n);
  });

  test('are not lost with a bad append in front of them', async () => {
    let first = true;
    const { versions, loosely } = tinyLog(() => {
      if (!first) return;
      first = false;
      throw new InvalidAppend('bad');
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => loosely(to(hot, 'any'))));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
    expect(versions.get(hot)).toBe(4n);
  });

  test('fail with the look-up of the version, and the next asks again', async () => {
    let reachable = false;
    const loosely = appendLoosely({
      version: async () => {
        if (!reachable) throw new Error('lost');
        return 0n;
      },
      append: async () => ({ events: [] }),
      appendExclusively: async () => null,
    });
    const both = await Promise.allSettled([loosely(to(hot, 'any')), loosely(to(hot, 'any'))]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    reachable = true;
    expect(await loosely(to(hot, 'any'))).toEqual({ events: [] });
  });

  test('report a conflict of a stream whose version was given', async () => {
    const { versions, calls, loosely } = tinyLog();
    versions.set(other, 2n);
    const append = { tenant, streams: [...to(hot, 'any').streams, ...to(other, 1n).streams] };
    await expect(loosely(append)).rejects.toMatchObject({ streamId: other, expected: 1n, actual: 2n });
    expect(calls).toEqual(['version', 'append 0 1']);
  });

  test.each([
    { expected: 'exists' as const, version: 0n, calls: ['version'] },
    { expected: 'absent' as const, version: 1n, calls: ['append 0'] },
  ])('refuse what is expected to be $expected at version $version, without retries', async (example) => {
    const { versions, calls, loosely } = tinyLog();
    versions.set(hot, example.version);
    await expect(loosely(to(hot, example.expected))).rejects.toBeInstanceOf(VersionConflict);
    expect(calls).toEqual(example.calls);
  });

  test('are those that leave a version open', () => {
    expect(expectsLoosely(to(hot, 3n))).toBe(false);
    for (const expected of ['any', 'exists', 'absent'] as const) expect(expectsLoosely(to(hot, expected))).toBe(true);
  });
});
