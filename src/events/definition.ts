import type { z } from 'zod';
import type { EventShape, JsonObject } from './envelope.ts';

/** Lifts data of one older schema version to the next. Pure; new meaning is a new event, not an upcaster. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** What the outside world is told of an event: own schema (snake_case), no personal data. */
export type PublicMessage = {
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly payload: JsonObject;
};

/** How one event type is stored.
 *  @property version   schema version written today, from 1
 *  @property schema    shape of today's data
 *  @property upcasters `upcasters[n]` lifts version n to n + 1; one for each version below today's
 *  @property message   its public message; absent = the event is nobody's business outside */
export type EventDefinition<Data extends JsonObject = JsonObject> = {
  readonly version: number;
  readonly schema: z.ZodType<Data>;
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
  message?(data: Data): PublicMessage;
};

/** A definition whose message is given the data of its schema. */
export const define = <Data extends JsonObject>(definition: EventDefinition<Data>): EventDefinition<Data> => definition;

/** Union of `{ type, data }` over a record of definitions. */
export type EventsOf<Definitions extends Record<string, EventDefinition>> = {
  [Type in keyof Definitions & string]: EventShape & {
    readonly type: Type;
    readonly data: z.infer<Definitions[Type]['schema']>;
  };
}[keyof Definitions & string];
