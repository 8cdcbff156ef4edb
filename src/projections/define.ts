import { type DomainEvent, parseEventAs } from '../events/catalogue.ts';
import type { BareEvent, RecordedEvent } from '../events/envelope.ts';
import type { Projection } from '../ports/projection.ts';
import { rowFold } from './row-fold.ts';
import { physicalTable, type RowChange, type TableDefinition } from './table.ts';

type Answer<Event> = (event: Event) => readonly RowChange[];

/** The rows that an event changes. Its metadata, which costs a rebuild as much as a third of the data, is read only where it is asked for;
 *  `ignored` events are not read at all. */
type AnswerTo<E extends DomainEvent> =
  | Answer<BareEvent<E>>
  | { readonly withMetadata: Answer<RecordedEvent<E>> }
  | 'ignored';

/** What a read model makes of each event of its contexts. A new event type does not compile until each projection answers for it. */
export type Answers<E extends DomainEvent> = { readonly [Type in E['type']]: AnswerTo<Extract<E, { type: Type }>> };

/** Makes a projection of answers to events.
 *  @param definition.version raise it whenever the same events would give other rows */
export function defineProjection<E extends DomainEvent>(definition: {
  readonly name: string;
  readonly about: string;
  readonly version: number;
  readonly tables: readonly TableDefinition[];
  readonly on: Answers<E>;
}): Projection {
  const answers = new Map<string, Answer<RecordedEvent<E>>>();
  const metadataOf: string[] = [];
  for (const [type, answer] of Object.entries(definition.on as Record<string, AnswerTo<E>>)) {
    if (answer === 'ignored') continue;
    if (typeof answer === 'object') metadataOf.push(type);
    answers.set(type, typeof answer === 'object' ? answer.withMetadata : answer);
  }
  const changesOf = (event: RecordedEvent): readonly RowChange[] => {
    const answer = answers.get(event.type);
    return answer === undefined ? [] : answer(parseEventAs<E>(event));
  };
  return {
    name: definition.name,
    about: definition.about,
    version: definition.version,
    types: [...answers.keys()],
    metadataOf,
    tables: (generation) => definition.tables.map((table) => physicalTable(table, generation)),
    fold: (generation) => rowFold(generation, changesOf),
  };
}
