import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBotCommand, queueBotCommand } from '../../src/commands/bot-command.ts';
import { addressNotification, changeDelivery, playersInOneAppend } from '../../src/commands/notification.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import type { ContactId, NotificationId, PlayerId } from '../../src/events/ids.ts';
import type { NotificationEvent } from '../../src/events/notification.ts';
import type { PersonalDataVault } from '../../src/ports/personal-data.ts';
import { intercepted, openLog, processOn, request, totalEvents } from './support.ts';

const id = (number: number) => `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const notificationId = id(1) as NotificationId;
const queuedFor = (players: number): NotificationEvent['data'] => ({
  notificationId,
  template: null,
  channels: ['in_app', 'email', 'push'],
  expiresAt: '2999-01-01T00:00:00.000Z',
  recipients: Array.from({ length: players }, (_, n) => ({
    playerId: id(100 + n) as PlayerId,
    title: 'pd1.t',
    content: 'pd1.c',
  })),
});
const eventsOf = async (log: EventLog, type: string) => {
  const partitions = Array.from({ length: log.info.partitions }, (_, partition) => partition);
  const all = await Promise.all(partitions.map((each) => log.readPartition(each, { after: 0n, limit: 10_000 })));
  return all.flat().filter((event) => event.type === type);
};

test('however often and wherever a fan-out is begun, broken off and repeated, each player is addressed once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.record({ process: fc.nat(1), failsAt: fc.option(fc.nat(4)) }), { minLength: 1, maxLength: 5 }),
      async (players, runs) => {
        const log = openLog();
        const queued = queuedFor(players);
        const fanOut = async (failsAt: number | null) => {
          let appends = 0;
          const dying = intercepted(log, {
            append: async (append) => {
              if (appends++ === failsAt) throw new Error('killed before it was written');
              const done = await log.append(append);
              if (appends - 2 === failsAt) throw new Error('killed after it was written');
              return done;
            },
          });
          const runtime = processOn(dying);
          for (let from = 0; from < players; from += playersInOneAppend)
            await addressNotification(runtime, queued, from, request());
        };
        await Promise.all(runs.map(({ failsAt }) => fanOut(failsAt).catch(() => undefined)));
        await fanOut(null);
        const addressed = await eventsOf(log, 'NotificationAddressed');
        expect(addressed).toHaveLength(players);
        expect(new Set(addressed.map(({ streamId }) => streamId)).size).toBe(players);
      },
    ),
    { numRuns: 30 },
  );
});

test('one outcome stands of a sending that two processes did', async () => {
  const log = openLog();
  await addressNotification(processOn(log), queuedFor(1), 0, request());
  const place = { notificationId, playerId: id(100) as PlayerId, channel: 'push' } as const;
  await Promise.all([
    changeDelivery(processOn(log), { type: 'RecordSent', ...place, via: 'gateway' }, request()),
    changeDelivery(processOn(log), { type: 'RecordSent', ...place, via: 'gateway' }, request()),
  ]);
  expect(await eventsOf(log, 'NotificationSent')).toHaveLength(1);
});

test('an update that reaches four processes at once is queued once, and done once', async () => {
  const log = openLog();
  const vault = { forWriting: async () => sealer(), forNewPlayer: () => sealer() } as PersonalDataVault;
  const sealer = () => ({ newKey: null, encrypt: (_field: string, text: string) => `sealed ${text.length}` });
  const update = {
    bot: 'main',
    updateId: 7,
    contactId: id(9) as ContactId,
    chatId: 1,
    text: '/rank spring',
  };
  const outcomes = await Promise.all(
    Array.from({ length: 4 }, () => queueBotCommand({ ...processOn(log), vault }, update, request())),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => ({ ok: true, value: null })));
  expect(await totalEvents(log)).toBe(1);
  const done = { type: 'CompleteBotCommand', bot: 'main', updateId: 7, result: 'answered', reply: 'sent' } as const;
  await Promise.all(Array.from({ length: 4 }, () => changeBotCommand(processOn(log), done, request())));
  expect(await totalEvents(log)).toBe(2);
});
