import { expect } from 'vitest';
import type { Decider } from '../../src/aggregates/decider.ts';
import type { EventShape, RecordedEvent } from '../../src/events/envelope.ts';
import type { StreamId, TenantId } from '../../src/events/ids.ts';

/** Id of the n-th event of a specification, from 1. */
export const eventId = (n: number): string => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`;

/** An event as the n-th of its stream: id, version, position and time follow from n. */
export const recorded = <Event extends EventShape>(event: Event, n: number): RecordedEvent<Event> => ({
  ...event,
  eventId: eventId(n),
  tenant: 'acme' as TenantId,
  streamId: 'spec-acme_1' as StreamId,
  version: BigInt(n),
  schemaVersion: 1,
  metadata: {},
  partition: 3,
  position: BigInt(n * 10),
  recordedAt: BigInt(n * 1_000_000),
});

export const fold = <State, Event extends EventShape>(
  { initial, evolve }: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: readonly Event[],
): State => events.reduce((state, event, index) => evolve(state, recorded(event, index + 1)), initial);

/** Given events, when a command, then events or a refusal. What a retry of the command must do is part of each `then`. */
export const specification =
  <State, Command, Event extends EventShape, Code extends string>(decider: Decider<State, Command, Event, Code>) =>
  (...history: readonly Event[]) => ({
    when: (command: Command) => {
      const decision = decider.decide(command, fold(decider, history));
      const again = () => decider.decide(command, fold(decider, [...history, ...decision.events]));
      const accepts = (events: readonly Event[]) => expect(decision).toEqual({ events });
      return {
        /** These events, and nothing on a retry. */
        // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits it
        then(...events: readonly Event[]) {
          accepts(events);
          expect(again()).toEqual({ events: [] });
        },
        /** These events, and a refusal on a retry. */
        thenOnce(code: Code, ...events: readonly Event[]) {
          accepts(events);
          expect(again().rejected).toBe(code);
        },
        /** These events, and more on a retry: idempotent by its key only. */
        thenEachTime(...events: readonly Event[]) {
          accepts(events);
          expect(again().events).not.toEqual([]);
        },
        /** These events; a retry is told from a new command by its key only, or refused by what came of them. */
        accepts: (...events: readonly Event[]) => accepts(events),
        thenNothing: () => accepts([]),
        /** A refusal, with the events that it leaves. */
        thenRejects: (rejected: Code, ...events: readonly Event[]) => expect(decision).toEqual({ events, rejected }),
      };
    },
  });
