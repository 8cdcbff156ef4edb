import { expect } from 'vitest';
import {
  type Append,
  ConditionFailed,
  DataKeyExists,
  type EventStore,
  InvalidAppend,
  RecordExists,
  VersionConflict,
} from '../../src/event-store/index.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { record } from './contract.ts';
import type { ModelRun, Sent } from './model-run.ts';

/** Every event of the log, partition by partition; refuses gaps and steps back in time. */
export async function wholeLogOf(store: EventStore): Promise<readonly RecordedEvent[]> {
  const log: RecordedEvent[] = [];
  for (let partition = 0; partition < store.info.partitions; partition += 1) {
    const tail = new PartitionReader(store, partition);
    log.push(...(await tail.next()));
  }
  return log;
}

/** Follows one partition by position alone, as a processor does. */
export class PartitionReader {
  #after = 0n;
  #micros = 0n;
  readonly #store: EventStore;
  readonly #partition: number;
  constructor(store: EventStore, partition: number) {
    this.#store = store;
    this.#partition = partition;
  }

  async next(): Promise<readonly RecordedEvent[]> {
    const all: RecordedEvent[] = [];
    for (;;) {
      const events = await this.#store.readPartition(this.#partition, { after: this.#after, limit: 200 });
      for (const event of events) {
        expect(event.position).toBe(this.#after + 1n);
        expect(event.recordedAt >= this.#micros).toBe(true);
        this.#after = event.position;
        this.#micros = event.recordedAt;
      }
      all.push(...events);
      if (events.length < 200) return all;
    }
  }
}

/** Checks a round against the log after it. `before` and `run.versions`: as they were when the round began.
 *  @returns versions after the round */
export async function checkRound(
  run: ModelRun,
  sent: readonly Sent[],
  log: readonly RecordedEvent[],
  store: EventStore,
) {
  const after = run.streams.map((stream) => BigInt(log.filter(({ streamId }) => streamId === stream).length));
  for (const one of sent) {
    if (one.command.kind === 'read') {
      if ('error' in one.outcome) throw one.outcome.error;
      continue;
    }
    const own = log.filter(({ data }) => data['id'] === one.id);
    if ('error' in one.outcome) {
      expect(own).toEqual([]);
      await checkRefusal(run, after, one, one.outcome.error, store);
    } else checkCommitted(one, one.outcome.events, own, log);
  }
  for (const stream of run.streams) {
    const versions = log.filter(({ streamId }) => streamId === stream).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, n) => BigInt(n + 1)));
  }
  return after;
}

function checkCommitted(
  { append }: Sent,
  answered: readonly RecordedEvent[],
  own: readonly RecordedEvent[],
  log: readonly RecordedEvent[],
): void {
  expect([...answered].sort(byPlace)).toEqual([...own].sort(byPlace));
  const { streams, conditions = [] } = append as Append;
  for (const { streamId, expectedVersion, events } of streams) {
    const written = own.filter((event) => event.streamId === streamId);
    expect(written.map(({ data }) => data['n'])).toEqual(events.map((_, n) => n));
    const first = written[0]?.version as bigint;
    expect(written.map(({ version }) => version)).toEqual(written.map((_, n) => first + BigInt(n)));
    if (typeof expectedVersion === 'bigint') expect(first).toBe(expectedVersion + 1n);
    if (expectedVersion === 'absent') expect(first).toBe(1n);
    if (expectedVersion === 'exists') expect(first > 1n).toBe(true);
  }
  for (const { streamId, expectedVersion } of conditions)
    for (const condition of log.filter((event) => event.streamId === streamId))
      for (const { recordedAt } of own)
        expect(
          condition.version <= expectedVersion
            ? condition.recordedAt <= recordedAt
            : condition.recordedAt >= recordedAt,
        ).toBe(true);
}

/** A refusal must have a reason in what the round may have seen. */
async function checkRefusal(run: ModelRun, after: readonly bigint[], one: Sent, error: unknown, store: EventStore) {
  const append = one.append as Append;
  const range = (stream: StreamId) => {
    const n = run.streams.indexOf(stream);
    return { low: run.versions[n] as bigint, high: after[n] as bigint };
  };
  if (error instanceof VersionConflict) {
    const { low, high } = range(error.streamId as StreamId);
    const expected = append.streams.find(({ streamId }) => streamId === error.streamId)?.expectedVersion;
    expect(expected).not.toBe('any');
    if (typeof expected === 'bigint')
      expect({ expected, low, high }).not.toEqual({ expected, low: expected, high: expected });
    if (expected === 'exists') expect(low).toBe(0n);
    if (expected === 'absent') expect(high > 0n).toBe(true);
  } else if (error instanceof ConditionFailed) {
    const { low, high } = range(error.streamId as StreamId);
    expect([low, high]).not.toEqual([error.expected, error.expected]);
  } else if (error instanceof RecordExists) {
    expect(error.record.key).toBe(append.record?.key);
    expect(error.record.response).not.toBe(one.id);
    expect(await store.findRecord(error.record)).toEqual(error.record);
  } else if (error instanceof DataKeyExists) {
    expect(error.playerId).toBe(append.dataKeys?.[0]?.playerId);
  } else {
    expect(error).toBeInstanceOf(InvalidAppend);
    expect(append.streams.length + (append.record === undefined ? 0 : 1)).toBe(0);
  }
}

/** Each key has one outcome that lasts, that of the append which committed it. */
export async function checkKeys(run: ModelRun, all: readonly Sent[], store: EventStore): Promise<void> {
  for (const key of run.keys) {
    const lasting = all.filter(
      ({ append, outcome }) =>
        !('error' in outcome) && append?.record?.key === key && append.record.expiresAt > Date.now(),
    );
    expect(lasting.length <= 1).toBe(true);
    expect((await store.findRecord(record(key)))?.response).toBe(lasting[0]?.id);
  }
}

const byPlace = (a: RecordedEvent, b: RecordedEvent): number =>
  a.partition - b.partition || Number(a.position - b.position);
