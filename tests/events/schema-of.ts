import { z } from 'zod';
import { eventCatalogue } from '../../src/events/catalogue.ts';
import type { EventDefinition } from '../../src/events/definition.ts';

/** What each event type accepts today as data, as JSON Schema, by type and version. */
export function schemasOfToday(): Readonly<Record<string, unknown>> {
  const entries = Object.entries<EventDefinition>(eventCatalogue).map(([type, { version, schema }]) => {
    const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return [`${type}.v${version}`, shape] as const;
  });
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
