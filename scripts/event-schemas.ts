import { readFileSync, writeFileSync } from 'node:fs';
import { schemasOfToday } from '../tests/events/schema-of.ts';

const file = new URL('../tests/events/schemas.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const today = schemasOfToday();
const added = Object.keys(today).filter((name) => !(name in recorded));
const all = Object.entries({ ...today, ...recorded }).sort(([left], [right]) => (left < right ? -1 : 1));
writeFileSync(file, `${JSON.stringify(Object.fromEntries(all), null, 1)}\n`);
console.log(
  added.length === 0 ? 'Every version of every event type is recorded already.' : `Recorded ${added.join(', ')}.`,
);
