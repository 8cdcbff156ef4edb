import type { StreamId } from '../events/ids.ts';
import { VersionConflict } from './errors.ts';
import type { Append, AppendResult, EventLog } from './port.ts';

/** True when the append leaves a version open for the store to find. */
export const expectsLoosely = ({ streams }: Append): boolean =>
  streams.some(({ expectedVersion }) => typeof expectedVersion !== 'bigint');

type ConcreteStore = Pick<EventLog, 'append' | 'appendExclusively' | 'version'>;

const optimisticAttempts = 2;
const unread = 9223372036854775807n;

/** Appends with versions left open: `any` and `exists` take the stream's version at the time, `absent` is version 0.
 *
 *  While earlier appends to the stream are on their way, the next one follows them at once, so a hot stream commits
 *  many appends in one statement. After two lost races the append locks its partition. */
export function appendLoosely(store: ConcreteStore): (append: Append) => Promise<AppendResult> {
  const tails = new Map<StreamId, { users: number; version: Promise<bigint> }>();

  /** Takes the next `count` versions after the appends on their way. */
  const reserve = (streamId: StreamId, count: number) => {
    const tail = tails.get(streamId) ?? { users: 0, version: store.version(streamId) };
    tails.set(streamId, tail);
    const version = tail.version;
    tail.users += 1;
    tail.version = version.then((before) => before + BigInt(count));
    tail.version.catch(() => undefined);
    return {
      version,
      release: (failed: boolean) => {
        tail.users -= 1;
        if ((failed || tail.users === 0) && tails.get(streamId) === tail) tails.delete(streamId);
      },
    };
  };

  const optimistic = async (append: Append): Promise<AppendResult> => {
    const reserved = append.streams.map(({ streamId, expectedVersion, events }) =>
      expectedVersion === 'any' || expectedVersion === 'exists' ? reserve(streamId, events.length) : null,
    );
    let failed = true;
    try {
      const found = await Promise.all(reserved.map((reservation) => reservation?.version ?? 0n));
      const result = await store.append(withVersions(append, found));
      failed = false;
      return result;
    } finally {
      for (const reservation of reserved) reservation?.release(failed);
    }
  };

  const exclusive = async (append: Append): Promise<AppendResult> => {
    const reads = append.streams.map(({ streamId }) => ({ streamId, from: unread }));
    const versionsOf = (slices: readonly { readonly version: bigint }[]) => slices.map((slice) => slice.version);
    const result = await store.appendExclusively(reads, (slices) => withVersions(append, versionsOf(slices)));
    return result as AppendResult;
  };

  return async (append) => {
    for (let attempt = 0; attempt < optimisticAttempts; attempt += 1) {
      try {
        return await optimistic(append);
      } catch (error) {
        if (!(error instanceof VersionConflict) || !isOpen(append, error)) throw error;
      }
    }
    return exclusive(append);
  };
}

const isOpen = (append: Append, { streamId, expected }: VersionConflict): boolean =>
  expected !== 'exists' &&
  append.streams.some(
    (stream) =>
      stream.streamId === streamId && (stream.expectedVersion === 'any' || stream.expectedVersion === 'exists'),
  );

function withVersions(append: Append, found: readonly bigint[]): Append {
  const streams = append.streams.map((stream, index) => {
    const { streamId, expectedVersion } = stream;
    if (typeof expectedVersion === 'bigint') return stream;
    if (expectedVersion === 'absent') return { ...stream, expectedVersion: 0n };
    const version = found[index] as bigint;
    if (expectedVersion === 'exists' && version === 0n) throw new VersionConflict(streamId, 'exists', 0n);
    return { ...stream, expectedVersion: version };
  });
  return { ...append, streams };
}
