import { expect, test } from 'vitest';
import { collectAnalytics, propertiesField, type TellAnalytics } from '../../src/commands/analytics.ts';
import { DataKeyExists } from '../../src/event-store/errors.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import { type AnalyticsEvent, analyticsStream } from '../../src/events/analytics.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { PersonalDataErased, type PersonalDataVault } from '../../src/ports/personal-data.ts';
import { intercepted, now, openLog, processOn, request, tenant, totalEvents } from './support.ts';

const playerId = '11111111-1111-4111-8111-111111111111' as PlayerId;
const vault = (key: string, isNew = false): PersonalDataVault => {
  const sealer = {
    newKey: isNew ? { tenant, playerId, wrappedKey: key, kekId: 'k' } : null,
    encrypt: (field: string, text: string) => `${key} ${field} ${text}`,
  };
  return { forWriting: async () => sealer, forNewPlayer: () => sealer };
};
const telling = (number: number, properties: object | null = { map: 'desert' }): TellAnalytics => ({
  playerId,
  sessionId: null,
  receivedAt: now,
  sentAt: null,
  maxAgeMs: 1,
  events: [
    {
      id: `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      name: 'level_completed',
      deviceAt: now,
      measures: {},
      properties: properties as TellAnalytics['events'][number]['properties'],
      experiment: null,
      cohort: null,
    },
  ],
});
const eventsIn = async (log: EventLog) =>
  (await log.read(analyticsStream(tenant, playerId))).events.map(({ data }) => data as AnalyticsEvent['data']);

test('properties are sealed, and where there are none nothing is', async () => {
  const log = openLog();
  const runtime = { ...processOn(log), vault: vault('key') };
  const { outcome } = await collectAnalytics(runtime, telling(1), request());
  await collectAnalytics(runtime, telling(2, null), request());
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect((await eventsIn(log)).map(({ events }) => events[0]?.properties)).toEqual([
    `key ${propertiesField} {"map":"desert"}`,
    null,
  ]);
});

test('no batch is lost or doubled when processes tell of one player at the same time', async () => {
  const log = openLog();
  const processes = [processOn(log), processOn(log), processOn(log)].map((each) => ({ ...each, vault: vault('key') }));
  const told = Array.from({ length: 60 }, (_, number) =>
    collectAnalytics(processes[number % 3]!, telling(number), request()),
  );
  await Promise.all(told);
  const ids = (await eventsIn(log)).map(({ events }) => events[0]?.id);
  expect(new Set(ids).size).toBe(60);
  expect(ids).toHaveLength(60);
});

test('what a player did before is not read, however much it is', async () => {
  const log = openLog();
  for (let number = 0; number < 50; number += 1)
    await collectAnalytics({ ...processOn(log), vault: vault('key') }, telling(number), request());
  let read = 0;
  const counting = intercepted(log, {
    read: async (stream, range) => {
      const slice = await log.read(stream, range);
      read += slice.events.length;
      return slice;
    },
  });
  await collectAnalytics({ ...processOn(counting), vault: vault('key') }, telling(50), request());
  expect([read, await totalEvents(log)]).toEqual([0, 51]);
});

test('the properties are sealed anew when another process made the first key meanwhile', async () => {
  const log = openLog();
  let asked = 0;
  const changing = {
    ...vault('old'),
    forWriting: () => vault(asked++ === 0 ? 'lost' : 'kept', true).forWriting(tenant, playerId),
  };
  let appends = 0;
  const racing = intercepted(log, {
    append: async (append) => {
      if (appends++ === 0) throw new DataKeyExists(playerId);
      return log.append(append);
    },
  });
  await collectAnalytics({ ...processOn(racing), vault: changing }, telling(1), request());
  expect((await eventsIn(log))[0]?.events[0]?.properties).toMatch(/^kept /);
});

test('of an erased player nothing is taken any more, not even what has no properties', async () => {
  const log = openLog();
  const erased = {
    ...vault('gone'),
    forWriting: async () => {
      throw new PersonalDataErased(tenant, playerId);
    },
  };
  await expect(
    collectAnalytics({ ...processOn(log), vault: erased }, telling(1, null), request()),
  ).rejects.toBeInstanceOf(PersonalDataErased);
  expect(await totalEvents(log)).toBe(0);
});
