import type { PreparedAppend } from '../prepare.ts';

/** Bounds of one statement. */
export const maxBatchAppends = 512;
const maxBatchBytes = 4 * 1024 * 1024;

/** Takes from the front of the queue what may share a statement; what may not keeps its place and order.
 *
 *  Kept apart: appends to a stream that do not follow each other, two records under one key, two first data keys of
 *  one player, and a write to a stream that another append of the statement has as its condition (they would commit
 *  at the same moment, so neither would be before the other). */
export function takeBatch<T extends { readonly prepared: PreparedAppend }>(queue: T[]): T[] {
  const batch: T[] = [];
  const kept: T[] = [];
  const tails = new Map<string, bigint>();
  const keys = new Set<string>();
  const conditions = new Set<string>();
  const blocked = new Set<string>();
  let bytes = 0;
  let index = 0;
  for (; index < queue.length && batch.length < maxBatchAppends; index += 1) {
    const entry = queue[index] as T;
    const { prepared } = entry;
    if (batch.length > 0 && bytes + prepared.bytes > maxBatchBytes) break;
    const uniques = uniqueNames(prepared);
    const fits =
      prepared.events.every(
        ({ streamId, version }) =>
          !conditions.has(streamId) &&
          !blocked.has(streamId) &&
          follows(tails.get(streamId), version, prepared, streamId),
      ) &&
      prepared.conditions.every(({ streamId }) => !tails.has(streamId) && !blocked.has(streamId)) &&
      uniques.every((name) => !keys.has(name));
    if (!fits) {
      kept.push(entry);
      for (const { streamId } of prepared.events) blocked.add(streamId);
      continue;
    }
    batch.push(entry);
    bytes += prepared.bytes;
    for (const { streamId, version } of prepared.events) tails.set(streamId, version);
    for (const { streamId } of prepared.conditions) conditions.add(streamId);
    for (const name of uniques) keys.add(name);
  }
  queue.splice(0, index, ...kept);
  return batch;
}

function follows(tail: bigint | undefined, version: bigint, prepared: PreparedAppend, streamId: string): boolean {
  if (tail === undefined) return true;
  const first = prepared.events.find((event) => event.streamId === streamId);
  return first?.version === version ? version === tail + 1n : true;
}

// No text that is stored has a NUL character, so it only separates.
const uniqueNames = ({ record, dataKeys }: PreparedAppend): string[] => [
  ...(record === undefined ? [] : [['record', record.tenant, record.scope, record.key].join('\0')]),
  ...dataKeys.map(({ tenant, playerId }) => ['data key', tenant, playerId].join('\0')),
];
