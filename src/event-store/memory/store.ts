import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '../../events/envelope.ts';
import type { StreamId } from '../../events/ids.ts';
import { appendLoosely, expectsLoosely } from '../any-version.ts';
import { ConditionFailed, DataKeyExists, RecordExists, VersionConflict } from '../errors.ts';
import type { Append, AppendResult, EventLog, IdempotencyRecord, ReadRange, RecordKey, StreamSlice } from '../port.ts';
import { type PreparedAppend, prepareAppend, recordedEvent } from '../prepare.ts';

type Options = { readonly partitions?: number; readonly conditionCategories?: readonly string[] };

/** A log in memory: appends happen one at a time, each in one turn of the event loop. */
export function createMemoryLog(options: Options): EventLog {
  const partitions = options.partitions ?? 16;
  const conditionCategories = new Set(options.conditionCategories ?? []);
  const log = Array.from({ length: partitions }, () => [] as RecordedEvent[]);
  const streams = new Map<StreamId, RecordedEvent[]>();
  const records = new Map<string, IdempotencyRecord>();
  const dataKeys = new Set<string>();
  const listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  let lastMoment = 0n;

  const versionOf = (streamId: StreamId) => BigInt(streams.get(streamId)?.length ?? 0);
  const nameOf = ({ tenant, scope, key }: RecordKey) => JSON.stringify([tenant, scope, key]);
  const findRecord = (key: RecordKey) => {
    const record = records.get(nameOf(key));
    return record === undefined || record.expiresAt <= Date.now() ? null : record;
  };

  const refuse = (append: PreparedAppend) => {
    const existing = append.record && findRecord(append.record);
    if (existing) throw new RecordExists(existing);
    for (const { streamId, version } of firstEvents(append))
      if (versionOf(streamId) !== version - 1n) throw new VersionConflict(streamId, version - 1n, versionOf(streamId));
    for (const { streamId, expectedVersion } of append.conditions)
      if (versionOf(streamId) !== expectedVersion)
        throw new ConditionFailed(streamId, expectedVersion, versionOf(streamId));
    for (const { tenant, playerId } of append.dataKeys)
      if (dataKeys.has(JSON.stringify([tenant, playerId]))) throw new DataKeyExists(playerId);
  };

  const write = (input: Append): AppendResult => {
    const append = prepareAppend(input, { partitions, conditionCategories });
    refuse(append);
    const now = BigInt(Date.now()) * 1000n;
    lastMoment = [lastMoment, now, append.causedAt ?? 0n].reduce((a, b) => (a > b ? a : b));
    const events = append.events.map((event) => {
      const partition = log[event.partition] as RecordedEvent[];
      // A copy, as a database would give back: later changes of the caller's objects are not history.
      const source = { ...event.source, data: JSON.parse(event.data), metadata: JSON.parse(event.metadata) };
      const recorded = recordedEvent(append.tenant, { ...event, source }, BigInt(partition.length + 1), lastMoment);
      partition.push(recorded);
      const stream = streams.get(event.streamId) ?? [];
      stream.push(recorded);
      streams.set(event.streamId, stream);
      return recorded;
    });
    if (append.record) records.set(nameOf(append.record), append.record);
    for (const { tenant, playerId } of append.dataKeys) dataKeys.add(JSON.stringify([tenant, playerId]));
    for (const listener of listeners) listener(events);
    return { events };
  };

  const read = (streamId: StreamId, range: ReadRange = {}): StreamSlice => {
    const { from = 1n, to = versionOf(streamId), maxCount = Number.MAX_SAFE_INTEGER } = range;
    const events = (streams.get(streamId) ?? []).filter(({ version }) => version >= from && version <= to);
    return { streamId, version: versionOf(streamId), events: events.slice(0, maxCount) };
  };

  const exclusively: EventLog['appendExclusively'] = async (reads, decide) => {
    const append = decide(reads.map(({ streamId, from }) => read(streamId, { from })));
    return append === null ? null : write(append);
  };
  const concretely = async (append: Append) => write(append);
  const loosely = appendLoosely({
    append: concretely,
    appendExclusively: exclusively,
    version: async (streamId) => versionOf(streamId),
  });

  return {
    info: { logId: randomUUID(), partitions },
    append: (append) => (expectsLoosely(append) ? loosely(append) : concretely(append)),
    appendExclusively: exclusively,
    version: async (streamId) => versionOf(streamId),
    read: async (streamId, range) => read(streamId, range),
    findRecord: async (key) => findRecord(key),
    readPartition: async (partition, { after, limit, types, metadataOf }) =>
      (log[partition] ?? [])
        .slice(Number(after))
        .filter(({ type }) => types?.includes(type) ?? true)
        .slice(0, limit)
        .map((event) => ((metadataOf?.includes(event.type) ?? true) ? event : { ...event, metadata: {} })),
    positions: async () => new Map(log.map((events, partition) => [partition, BigInt(events.length)])),
    onCommit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => undefined,
  };

  function* firstEvents(append: PreparedAppend) {
    const seen = new Set<StreamId>();
    for (const event of append.events) {
      if (!seen.has(event.streamId)) yield event;
      seen.add(event.streamId);
    }
  }
}
