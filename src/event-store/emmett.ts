import {
  type AggregateStreamOptions,
  type AggregateStreamResult,
  type AppendToStreamOptions,
  type AppendToStreamResult,
  assertExpectedVersionMatchesCurrent,
  type Event,
  type EventStore,
  ExpectedVersionConflictError,
  NO_CONCURRENCY_CHECK,
  type ReadEvent,
  type ReadEventMetadataWithGlobalPosition,
  type ReadStreamOptions,
  type ReadStreamResult,
  STREAM_DOES_NOT_EXIST,
  STREAM_EXISTS,
} from '@event-driven-io/emmett';
import type { EventMetadata, JsonObject, RecordedEvent } from '../events/envelope.ts';
import { type StreamId, tenantOf } from '../events/ids.ts';
import { InvalidAppend, VersionConflict } from './errors.ts';
import type { EventLog, ExpectedVersion } from './port.ts';

type Metadata = ReadEventMetadataWithGlobalPosition;
export type EmmettEventStore = EventStore<Metadata>;

/** Emmett's single global position does not exist here: this one is comparable only inside a partition. */
const globalPositionOf = ({ position, partition }: RecordedEvent): bigint => position * 1024n + BigInt(partition);

/** Emmett's `EventStore` over the log, so that its command handler, deciders and specifications work on it.
 *
 *  `from` and `to` are inclusive stream positions from 1. Every form of expected version is enforced by the store; a
 *  lost race is Emmett's `ExpectedVersionConflictError`. The only file that sees Emmett. */
export function emmettStore(log: EventLog): EmmettEventStore {
  const readStream = async <E extends Event, Stored extends Event = E>(
    streamName: string,
    options: ReadStreamOptions<bigint, E, Stored> = {},
  ): Promise<ReadStreamResult<E, Metadata>> => {
    const { from, to, maxCount, expectedStreamVersion, schema } = options;
    const slice = await log.read(streamName as StreamId, {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(maxCount === undefined ? {} : { maxCount: Number(maxCount) }),
    });
    assertExpectedVersionMatchesCurrent(slice.version, expectedStreamVersion, 0n);
    const events = slice.events.map((event) => {
      const stored = { type: event.type, data: event.data } as unknown as Stored;
      const upcast = schema?.versioning?.upcast?.(stored) ?? (stored as unknown as E);
      return toReadEvent(upcast, event);
    });
    return { currentStreamVersion: slice.version, events, streamExists: slice.version > 0n };
  };

  return {
    readStream,

    async aggregateStream<State, E extends Event, Stored extends Event = E>(
      streamName: string,
      options: AggregateStreamOptions<State, E, Metadata, Stored>,
    ): Promise<AggregateStreamResult<State, bigint>> {
      const { events, currentStreamVersion, streamExists } = await readStream<E, Stored>(streamName, options.read);
      const evolve = options.evolve as (state: State, event: ReadEvent<E, Metadata>) => State;
      return { currentStreamVersion, state: events.reduce(evolve, options.initialState()), streamExists };
    },

    async appendToStream<E extends Event, Stored extends Event = E>(
      streamName: string,
      events: E[],
      options: AppendToStreamOptions<bigint, E, Stored> = {},
    ): Promise<AppendToStreamResult<bigint>> {
      const expected = options.expectedStreamVersion ?? NO_CONCURRENCY_CHECK;
      const downcast = options.schema?.versioning?.downcast;
      const streamId = streamName as StreamId;
      try {
        const result = await log.append({
          tenant: tenantOf(streamName),
          streams: [
            {
              streamId,
              expectedVersion: toExpectedVersion(expected),
              events: events.map((event) => toNewEvent(downcast?.(event) ?? event)),
            },
          ],
        });
        const last = result.events.at(-1) as RecordedEvent;
        return { nextExpectedStreamVersion: last.version, createdNewStream: last.version === BigInt(events.length) };
      } catch (error) {
        if (error instanceof VersionConflict) throw new ExpectedVersionConflictError(error.actual, expected);
        throw error;
      }
    },

    async streamExists(streamName: string): Promise<boolean> {
      return (await log.read(streamName as StreamId, { maxCount: 1 })).version > 0n;
    },
  } as EmmettEventStore;
}

function toExpectedVersion(expected: bigint | string): ExpectedVersion {
  if (typeof expected === 'bigint') return expected;
  if (expected === NO_CONCURRENCY_CHECK) return 'any';
  if (expected === STREAM_EXISTS) return 'exists';
  if (expected === STREAM_DOES_NOT_EXIST) return 'absent';
  throw new InvalidAppend(`expected version "${expected}" is none of Emmett's`);
}

const toNewEvent = (event: Event) => ({
  type: event.type,
  data: event.data as JsonObject,
  metadata: ('metadata' in event ? event.metadata : {}) as EventMetadata,
});

const toReadEvent = <E extends Event>(event: E, recorded: RecordedEvent): ReadEvent<E, Metadata> =>
  ({
    ...event,
    kind: 'Event',
    metadata: {
      ...recorded.metadata,
      messageId: recorded.eventId,
      streamName: recorded.streamId,
      streamPosition: recorded.version,
      globalPosition: globalPositionOf(recorded),
    },
  }) as unknown as ReadEvent<E, Metadata>;
