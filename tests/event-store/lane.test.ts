import { describe, expect, test } from 'vitest';
import { prepareAppend } from '../../src/event-store/prepare.ts';
import type { SqlDatabase } from '../../src/event-store/sql/database.ts';
import { Lane } from '../../src/event-store/sql/lane.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { event, newStream, tenant } from './contract.ts';

const never = new Promise<never>(() => undefined);

/** A lane over a database of which only `connect` is used. */
const laneOver = (connect: () => Promise<unknown>) =>
  new Lane({
    database: {
      connect,
      dialect: { appending: [] },
      answerTimeoutMs: 1,
      repeatable: { query: () => never },
    } as unknown as SqlDatabase,
    onBatch: () => undefined,
    onCommit: () => undefined,
  });

const prepared = () =>
  prepareAppend(
    { tenant, streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }] },
    { partitions: 16, conditionCategories: new Set() },
  );

const append = (lane: Lane, deadline: number, one = prepared()) =>
  new Promise<readonly RecordedEvent[]>((resolve, reject) => {
    lane.add({ prepared: one, deadline, outcomeUnknown: false, resolve, reject });
  });

describe('at its deadline an append', () => {
  test('that waits for a connection is refused as surely not written', async () => {
    const lane = laneOver(() => never);
    await expect(append(lane, Date.now())).rejects.toMatchObject({ name: 'StoreUnavailable', outcomeUnknown: false });
  });

  test('whose statement gets no answer is refused as perhaps written, and those behind it as surely not', async () => {
    const started: unknown[] = [];
    const query = (statement: unknown) => {
      started.push(statement);
      return never;
    };
    const client = { query, release: () => undefined };
    const lane = laneOver(async () => client);
    // The first turns of the event loop send the first statement; the rest waits behind it.
    const sent = append(lane, Date.now());
    const seen = expect(sent).rejects.toMatchObject({ name: 'StoreUnavailable', outcomeUnknown: true });
    while (started.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // Many, so that some become late while others are being refused.
    const others = Array.from({ length: 5_000 }, prepared);
    const deadline = Date.now() + 20;
    const behind = await Promise.allSettled(others.map((one, n) => append(lane, deadline + (n % 80), one)));
    for (const outcome of behind)
      expect(outcome).toMatchObject({ reason: { name: 'StoreUnavailable', outcomeUnknown: false } });
    await seen;
    expect(lane.waiting).toBe(0);
    expect(started).toHaveLength(1);
  });
});
