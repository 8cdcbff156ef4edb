import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemasOfToday } from './schema-of.ts';

const recorded = JSON.parse(readFileSync(new URL('schemas.json', import.meta.url), 'utf8')) as Record<string, unknown>;

test.each(Object.entries(schemasOfToday()))(
  'the schema of %s is the one that its version was recorded with',
  (name, schema) => {
    const advice = `${name} accepts other data than events of this version were written with: raise its version, add an upcaster and a golden file, then "npm run event-schemas". A new type or version: "npm run event-schemas" alone. Only where no event of this version was ever written anywhere may its entry in schemas.json be removed first.`;
    expect(recorded[name], advice).toEqual(schema);
  },
);
