import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  CorruptEvent,
  eventCatalogue,
  isDomainEventType,
  parseEvent,
  parseEventAs,
} from '../../src/events/catalogue.ts';
import type { EventDefinition } from '../../src/events/definition.ts';
import type { JsonObject } from '../../src/events/envelope.ts';
import { folder, goldenOf, goldens, stored } from './golden.ts';

const definitions = Object.entries<EventDefinition>(eventCatalogue);

describe('each version of each event type ever written', () => {
  test.each(
    definitions.flatMap(([type, { version }]) => Array.from({ length: version }, (_, n) => `${type}.v${n + 1}`)),
  )('has a golden file: %s', (name) => {
    const [type, version] = name.split('.v');
    expect(goldenOf(name)).toMatchObject({ type, schemaVersion: Number(version) });
  });

  test.each(definitions)('has an upcaster to the next: %s', (_, { version, upcasters = {} }) => {
    expect(Object.keys(upcasters).map(Number)).toEqual(Array.from({ length: version - 1 }, (_, n) => n + 1));
  });

  test.each(goldens)('is named by its type and version: $name', ({ name, type, schemaVersion }) => {
    expect(name.split('.').slice(0, 2)).toEqual([type, `v${schemaVersion}`]);
    expect(isDomainEventType(type)).toBe(true);
  });

  test('keeps its golden file as it was (a new one is added to golden/checksums.json)', () => {
    const files = readdirSync(folder).filter((file) => file !== 'checksums.json');
    const sums = files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(new URL(file, folder)))
        .digest('hex'),
    ]);
    expect(Object.fromEntries(sums)).toEqual(JSON.parse(readFileSync(new URL('checksums.json', folder), 'utf8')));
  });

  test.each(goldens)('is read in full: $name', (golden) => {
    const event = stored(golden);
    expect(parseEvent(event)).toEqual({ ...event, data: golden.reads ?? golden.data });
  });

  test.each(goldens)('survives being written and read again: $name', (golden) => {
    const once = parseEvent(stored(golden));
    const version = (eventCatalogue as Record<string, EventDefinition>)[golden.type]?.version ?? 0;
    const data: JsonObject = JSON.parse(JSON.stringify(once?.data));
    expect(parseEvent(stored({ type: golden.type, data, schemaVersion: version }))?.data).toEqual(once?.data);
  });
});

describe('an event that this build cannot read', () => {
  const opened = goldenOf('SeasonOpened.v1');
  const reading = (event: Parameters<typeof stored>[0]) => () => parseEvent(stored(event));

  test('is passed over when its type is unknown', () => {
    expect(reading({ type: 'DragonTamed', data: {}, schemaVersion: 1 })()).toBeNull();
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'is passed over when its type is only a property of every object (%s)',
    (type) => expect(reading({ type, data: {}, schemaVersion: 1 })()).toBeNull(),
  );

  test('stops a reader who expects only known types', () => {
    expect(() => parseEventAs(stored({ type: 'DragonTamed', data: {}, schemaVersion: 1 }))).toThrow(CorruptEvent);
  });

  test('stops the reader when a newer build wrote it, and says what to do', () => {
    expect(reading({ ...opened, schemaVersion: 2 })).toThrow(CorruptEvent);
    expect(reading({ ...opened, schemaVersion: 2 })).toThrow(/schema version 2, newer than 1 .*deploy a newer build/);
  });

  test('stops the reader when no upcaster leads to today', () => {
    expect(reading({ ...opened, schemaVersion: 0 })).toThrow(CorruptEvent);
  });

  test('stops the reader with its place in the log', () => {
    const wrong = reading({ ...opened, data: {} });
    expect(wrong).toThrow(/SeasonOpened at partition 7 position 12 \(stream golden-acme_1, version 4\)/);
  });

  test.each(goldens.flatMap(({ name, data }) => Object.keys(data).map((field) => ({ name, field }))))(
    'stops the reader when $field of $name is missing or wrong, and names it',
    ({ name, field }) => {
      const golden = goldenOf(name);
      const { [field]: _, ...without } = golden.data;
      for (const data of [without, { ...golden.data, [field]: [0.5] }]) {
        expect(reading({ ...golden, data })).toThrow(CorruptEvent);
        expect(reading({ ...golden, data })).toThrow(new RegExp(`: .*${field}\\b`));
      }
    },
  );

  test.each([
    { name: 'LeaderboardUpdated.v1', field: 'standing.score', data: { standing: { score: 1.5, subscore: 0 } } },
    { name: 'LeaderboardUpdated.v1', field: 'standing.score', data: { standing: { score: 2 ** 53, subscore: 0 } } },
    { name: 'LeaderboardUpdated.v1', field: 'playerId', data: { playerId: 'alice' } },
    { name: 'LeaderboardUpdated.v1', field: 'season', data: { season: 'a season' } },
    { name: 'SeasonOpened.v1', field: 'operator', data: { operator: 'worst' } },
    { name: 'SeasonOpened.v1', field: 'closesAt', data: { closesAt: 'tomorrow' } },
    { name: 'DeviceLinked.v1', field: 'generation', data: { generation: 0 } },
    { name: 'DisplayNameChanged.v1', field: 'displayName', data: { displayName: '' } },
  ])('stops the reader when $field of $name is $data', ({ name, field, data }) => {
    const golden = goldenOf(name);
    const wrong = reading({ ...golden, data: { ...golden.data, ...data } as JsonObject });
    expect(wrong).toThrow(CorruptEvent);
    expect(wrong).toThrow(`: ${field}: `);
  });
});

test('an older event is lifted version by version before it is checked', () => {
  const golden = goldenOf('SeasonClosed.v1');
  const definition: EventDefinition = eventCatalogue.SeasonClosed;
  const lifted = { ...definition, version: 3, upcasters: { 1: rename('name', 'title'), 2: rename('title', 'season') } };
  const catalogue = eventCatalogue as Record<string, EventDefinition>;
  catalogue['SeasonClosed'] = lifted;
  try {
    const old = { type: golden.type, data: { name: 'spring-2026' }, schemaVersion: 1 };
    expect(parseEvent(stored(old))?.data).toEqual({ season: 'spring-2026' });
    expect(parseEvent(stored({ ...old, data: { title: 'spring-2026' }, schemaVersion: 2 }))?.data).toEqual({
      season: 'spring-2026',
    });
  } finally {
    catalogue['SeasonClosed'] = definition;
  }
});

const rename = (from: string, to: string) => (data: JsonObject) => {
  const { [from]: value, ...rest } = data;
  return { ...rest, [to]: value ?? null };
};
