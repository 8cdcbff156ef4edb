import { type DomainEvent, parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Projection } from '../ports/projection.ts';
import { rowFold } from './row-fold.ts';
import { physicalTable, type RowChange, type TableDefinition } from './table.ts';

type Answer<E extends DomainEvent, Type extends E['type']> = (
  event: RecordedEvent<Extract<E, { type: Type }>>,
) => readonly RowChange[];

/** What a read model makes of each event of its contexts: the rows that the event changes, or `ignored`, which is not even read.
 *  A new event type does not compile until each projection answers for it. */
export type Answers<E extends DomainEvent> = { readonly [Type in E['type']]: Answer<E, Type> | 'ignored' };

/** Makes a projection of answers to events.
 *  @param definition.version raise it whenever the same events would give other rows */
export function defineProjection<E extends DomainEvent>(definition: {
  readonly name: string;
  readonly about: string;
  readonly version: number;
  readonly tables: readonly TableDefinition[];
  readonly on: Answers<E>;
}): Projection {
  const answers = new Map<string, Answer<E, E['type']>>();
  for (const [type, answer] of Object.entries(definition.on as Record<string, Answer<E, E['type']> | 'ignored'>))
    if (answer !== 'ignored') answers.set(type, answer);
  const changesOf = (event: RecordedEvent): readonly RowChange[] => {
    const answer = answers.get(event.type);
    return answer === undefined ? [] : answer(parseEventAs<E>(event) as Parameters<typeof answer>[0]);
  };
  return {
    name: definition.name,
    about: definition.about,
    version: definition.version,
    types: [...answers.keys()],
    tables: (generation) => definition.tables.map((table) => physicalTable(table, generation)),
    fold: (generation) => rowFold(generation, changesOf),
  };
}
