import type { Fold } from '../aggregates/decider.ts';
import type { EventLog, StreamSlice } from '../event-store/port.ts';
import { type DomainEvent, parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { StreamId } from '../events/ids.ts';
import type { Known, StateCache } from './state-cache.ts';

/** A stream that a command decides on.
 *  @property mode         `write`: events may be appended to it; `condition`: it must not move before the append commits
 *  @property assumeAbsent true = the id is new, so the first attempt does not read it
 *  @property endOnly      true = its events do not matter to the decision: nothing is read but the version, however long it is */
export type StreamUse<State = unknown> = {
  readonly streamId: StreamId;
  readonly mode: 'write' | 'condition';
  readonly assumeAbsent: boolean;
  readonly endOnly: boolean;
  readonly initial: State;
  evolve(state: State, event: RecordedEvent): State;
  /** As `evolve`, for an event that this very command decided: it needs no parsing. */
  evolveOwn(state: State, event: RecordedEvent): State;
};

/** A stream to decide on, with the fold that gives its state. */
export const using = <State, Event extends DomainEvent>(
  fold: Fold<State, Event>,
  streamId: StreamId,
  mode: 'write' | 'condition' = 'write',
  assumeAbsent = false,
): StreamUse<State> => ({
  streamId,
  mode,
  assumeAbsent,
  endOnly: false,
  initial: fold.initial,
  evolve: (state, event) => fold.evolve(state, parseEventAs<Event>(event)),
  evolveOwn: (state, event) => fold.evolve(state, event as RecordedEvent as RecordedEvent<Event>),
});

/** A stream that is written to whatever it holds. */
export const usingEnd = (streamId: StreamId, assumeAbsent = false): StreamUse<null> => ({
  streamId,
  mode: 'write',
  assumeAbsent,
  endOnly: true,
  initial: null,
  evolve: () => null,
  evolveOwn: () => null,
});

/** States of the used streams, and whether all were read from the database for this command. */
export type KnownStates = { readonly byStream: ReadonlyMap<StreamId, Known>; readonly fresh: boolean };

/** Reads the states: from the cache where allowed, else from the database on top of what the cache knows. At once where
 *  nothing has to be read. */
export function loadStates(
  log: EventLog,
  cache: StateCache,
  uses: readonly StreamUse[],
  mustBeFresh: boolean,
): KnownStates | Promise<KnownStates> {
  const byStream = new Map<StreamId, Known>();
  let fresh = true;
  const reads: Promise<void>[] = [];
  for (const use of uses) {
    const cached = cache.get(use.streamId);
    const known = cached ?? (use.assumeAbsent ? { state: use.initial, version: 0n } : undefined);
    if (known !== undefined && !mustBeFresh) {
      byStream.set(use.streamId, known);
      fresh = false;
      continue;
    }
    const read = async () => {
      const state = use.endOnly
        ? { state: null, version: await log.version(use.streamId) }
        : advance(use, cached, await log.read(use.streamId, cached && { from: cached.version + 1n }));
      byStream.set(use.streamId, state);
      cache.set(use.streamId, state);
    };
    reads.push(read());
  }
  if (reads.length === 0) return { byStream, fresh };
  return Promise.all(reads).then(() => ({ byStream, fresh }));
}

/** State of one stream, from the cache if it is there and may be. */
export async function loadState<State>(
  log: EventLog,
  cache: StateCache,
  use: StreamUse<State>,
  mustBeFresh = false,
): Promise<State> {
  const { byStream } = await loadStates(log, cache, [use], mustBeFresh);
  return byStream.get(use.streamId)?.state as State;
}

/** The state after a slice that begins where `known` ends. */
export function advance(use: StreamUse, known: Known | undefined, slice: Pick<StreamSlice, 'events'>): Known {
  let state = known === undefined ? use.initial : known.state;
  let version = known?.version ?? 0n;
  for (const event of slice.events) {
    if (event.version <= version) continue;
    state = use.evolve(state, event);
    version = event.version;
  }
  return { state, version };
}
