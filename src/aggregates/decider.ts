import type { EventShape, RecordedEvent } from '../events/envelope.ts';

/** An expected refusal: a value, with the stable code that the client sees. */
export type Rejection<Code extends string = string> = { readonly rejected: Code };

/** Events to append, none = the command changes nothing; or a refusal, which may leave events of its own. */
export type Decision<Event extends EventShape, Code extends string = string> =
  | { readonly events: readonly Event[]; readonly rejected?: undefined }
  | { readonly events: readonly Event[]; readonly rejected: Code };

export const accept = <Event extends EventShape>(...events: readonly Event[]): Decision<Event, never> => ({ events });
export const reject = <Code extends string, Event extends EventShape = never>(
  code: Code,
  ...events: readonly Event[]
): Decision<Event, Code> => ({ events, rejected: code });

/** How the state of a stream follows from its events.
 *  @property evolve accepts all history, also what `decide` would refuse today */
export type Fold<State, Event extends EventShape> = {
  readonly initial: State;
  evolve(state: State, event: RecordedEvent<Event>): State;
};

/** Pure rules of one aggregate: no I/O, clock or randomness; time and ids arrive in the command. */
export type Decider<State, Command, Event extends EventShape, Code extends string = string> = Fold<State, Event> & {
  decide(command: Command, state: State): Decision<Event, Code>;
};
