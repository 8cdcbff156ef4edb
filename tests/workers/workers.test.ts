import { expect, test } from 'vitest';
import { queueBotCommand } from '../../src/commands/bot-command.ts';
import { addressNotification } from '../../src/commands/notification.ts';
import { botCommandStream } from '../../src/events/bot-command.ts';
import type { ContactId, NotificationId, PlayerId } from '../../src/events/ids.ts';
import { type Channel, deliveryStream } from '../../src/events/notification.ts';
import { createRecorder } from '../../src/gateways/recorder.ts';
import type { Mail } from '../../src/ports/mailer.ts';
import { OutsideRefused } from '../../src/ports/outside.ts';
import { runBotCommand } from '../../src/workers/bot-worker.ts';
import type { WorkerContext } from '../../src/workers/context.ts';
import { runSending } from '../../src/workers/sending-worker.ts';
import { now, openLog, openVault, processOn, request, tenant } from '../commands/support.ts';
import { workerContext } from './worker-context.ts';

const id = (number: number) => `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const notificationId = id(1) as NotificationId;
const playerId = id(2) as PlayerId;
const place = { tenant, notificationId, playerId };

/** A worker on a log of its own, whose gateways record. Sealed texts open to themselves. */
function workerUnderTest(changes: Partial<WorkerContext> = {}) {
  const log = openLog();
  const runtime = processOn(log);
  const recorder = createRecorder(() => undefined);
  const mails: Mail[] = [];
  const mailer: WorkerContext['mailer'] = {
    async send(mail) {
      mails.push(mail);
      return 'recorder';
    },
  };
  const context = workerContext(runtime, { ...recorder, mailer, ...changes });
  return {
    context,
    recorded: recorder.recorded,
    mails,
    async address(...channels: Channel[]) {
      const recipients = [{ playerId, title: 'Hello', content: 'A text' }];
      const expiresAt = new Date(now + 60_000).toISOString();
      await addressNotification(
        runtime,
        { notificationId, template: null, channels, expiresAt, recipients },
        0,
        request(),
      );
    },
    async queue(text: string) {
      const update = { bot: 'main', updateId: 7, contactId: id(3) as ContactId, chatId: 42, text };
      await queueBotCommand({ ...runtime, vault: openVault }, update, request());
    },
    last: async (stream: Parameters<typeof log.read>[0]) => (await log.read(stream)).events.at(-1),
  };
}
const delivery = deliveryStream(tenant, notificationId, playerId);
const command = botCommandStream(tenant, { bot: 'main', updateId: 7 });
const sending = (channel: 'email' | 'push', attempts = 0) =>
  ({ kind: 'sending', ...place, channel, attempts }) as const;

test('an e-mail goes to the address of its player, once', async () => {
  const { context, mails, address, last } = workerUnderTest();
  await address('email');
  for (const _ of [1, 2]) await runSending(context, sending('email'));
  expect(mails).toEqual([
    {
      tenant,
      to: 'ada@example.com',
      subject: 'Hello',
      text: 'A text',
      key: `${delivery}/email`,
    },
  ]);
  expect(await last(delivery)).toMatchObject({ type: 'NotificationSent', data: { channel: 'email', via: 'recorder' } });
});

test.each([
  ['its time is over', { now: () => now + 60_000 }, 'expired'],
  ['its player was erased', { open: async () => null }, 'erased'],
  ['its player has no address', { emailOf: async () => null }, 'no_address'],
])('nothing is sent when %s', async (_, changes, reason) => {
  const { context, recorded, address, last } = workerUnderTest(changes);
  await address('email');
  await runSending(context, sending('email'));
  expect(recorded()).toEqual([]);
  expect(await last(delivery)).toMatchObject({ type: 'NotificationSendSkipped', data: { channel: 'email', reason } });
});

test('a refusal is recorded with the time of the next attempt, and a job of an attempt before does nothing', async () => {
  let refusals = 0;
  const push = {
    push: async () => {
      refusals += 1;
      throw new OutsideRefused('status_503', false, 7_000);
    },
  };
  const { context, address, last } = workerUnderTest({ push });
  await address('push');
  for (const attempts of [0, 0, 1]) await runSending(context, sending('push', attempts));
  expect(refusals).toBe(2);
  expect(await last(delivery)).toMatchObject({
    type: 'NotificationSendFailed',
    data: { attempt: 2, reason: 'status_503', retryAt: new Date(now + 7_000).toISOString() },
  });
});

test('a job that nothing in the log stands behind does nothing', async () => {
  const { context, recorded, address } = workerUnderTest();
  await runSending(context, sending('push'));
  await runBotCommand(context, tenant, { bot: 'main', updateId: 7, attempts: 0 });
  await address('in_app');
  await runSending(context, sending('push'));
  expect(recorded()).toEqual([]);
});

test('a bot answers into the chat that asked, and says what came of it', async () => {
  const { context, recorded, queue, last } = workerUnderTest();
  await queue('/seasons');
  await runBotCommand(context, tenant, { bot: 'main', updateId: 7, attempts: 0 });
  expect(recorded()).toMatchObject([{ channel: 'chat', chatId: 42, text: 'No season is open.', key: command }]);
  expect(await last(command)).toMatchObject({
    type: 'BotCommandCompleted',
    data: { result: 'answered', reply: 'recorded' },
  });
});

test('a bot does nothing for a contact that was erased', async () => {
  const { context, recorded, queue, last } = workerUnderTest({ open: async () => null });
  await queue('/unlink');
  await runBotCommand(context, tenant, { bot: 'main', updateId: 7, attempts: 0 });
  expect(recorded()).toEqual([]);
  expect(await last(command)).toMatchObject({
    type: 'BotCommandCompleted',
    data: { result: 'erased', reply: 'none' },
  });
});
