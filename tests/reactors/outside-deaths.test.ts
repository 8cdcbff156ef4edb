import { expect, test } from 'vitest';
import { queueBotCommand, readBotCommand } from '../../src/commands/bot-command.ts';
import { readDeadLetter } from '../../src/commands/dead-letter.ts';
import { queueNotification } from '../../src/commands/notification.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { botCommandStream } from '../../src/events/bot-command.ts';
import { deadLetterIdOf } from '../../src/events/dead-letter.ts';
import { emailStream } from '../../src/events/email.ts';
import type { ContactId, EmailHash, NotificationId, PlayerId, SessionId, TenantId } from '../../src/events/ids.ts';
import { notificationPreferencesStream } from '../../src/events/notification-settings.ts';
import { sessionStream } from '../../src/events/session.ts';
import { OutsideRefused } from '../../src/ports/outside.ts';
import { abandonedWork } from '../../src/reactors/abandoned-work.ts';
import { notificationFanOut } from '../../src/reactors/notification-fan-out.ts';
import { passwordReset } from '../../src/reactors/password-reset.ts';
import { runBotCommand } from '../../src/workers/bot-worker.ts';
import { now, openVault, processOn, request, tenant } from '../commands/support.ts';
import { player, session } from '../processors/log-under-test.ts';
import { authenticated } from '../projections/access-events.ts';
import { workerContext } from '../workers/worker-context.ts';
import { eventsOf } from './counting.ts';
import { answering, dieEverywhere, type Outside } from './deaths.ts';

const notificationId = 'c0000000-0000-4000-8000-000000000001' as NotificationId;
const append = (
  log: EventLog,
  streamId: Parameters<EventLog['read']>[0],
  ...events: { type: string; data: object }[]
) => log.append({ tenant, streams: [{ streamId, expectedVersion: 'any', events: events as never }] });

test('a notification is addressed to each of its players once, by the channels that they want, whenever a process dies', async () => {
  const players = Array.from({ length: 60 }, (_, n) => player(n + 1));
  const [quiet] = players as [PlayerId];
  const calls = await dieEverywhere(
    async (log) => {
      const preferences = { playerId: quiet, inApp: true, email: false, push: false };
      const changed = { type: 'NotificationPreferencesChanged', data: preferences };
      await append(log, notificationPreferencesStream(tenant, quiet), changed);
      const texts = players.map((playerId) => ({ playerId, title: 'Hello', content: `To ${playerId}` }));
      const expiresAt = new Date(now + 60_000).toISOString();
      await queueNotification(
        { ...processOn(log), vault: openVault },
        { notificationId, template: null, channels: ['in_app', 'email'], expiresAt, texts },
        request(),
      );
    },
    answering((log) => notificationFanOut(processOn(log))),
    async (log, death) => {
      const addressed = (await eventsOf(log, 'NotificationAddressed')).map(({ data }) => data);
      const found = addressed.map(({ playerId, content, channels }) => [playerId, content, channels]);
      const wanted = players.map((id) => [id, `To ${id}`, id === quiet ? ['in_app'] : ['in_app', 'email']]);
      expect(found.sort(), death).toEqual(wanted.sort());
    },
  );
  // three appends, each after it looked at what 25 players want
  expect(calls).toBeGreaterThanOrEqual(63);
});

/** The sessions of a player, as the read model has them that holds everything: told from the log. */
const sessionsOf = (log: EventLog) => async (_: TenantId, playerId: PlayerId) =>
  (await eventsOf(log, 'PlayerAuthenticated'))
    .filter(({ data }) => data['playerId'] === playerId)
    .map(({ data, recordedAt }) => ({ sessionId: data['sessionId'] as SessionId, startedAt: recordedAt }));

test('a new password ends each sign-in from before it, or of the same moment, once, and none after it, whenever a process dies', async () => {
  const [ada, eve] = [1, 2] as const;
  const [before, later] = [[11, 12, 13], 14] as const;
  const signIn = (log: EventLog, who: number, id: number) => {
    const { type, data } = authenticated(who);
    return append(log, sessionStream(tenant, session(id)), { type, data: { ...data, sessionId: session(id) } });
  };
  const hash = 'hash' as EmailHash;
  const calls = await dieEverywhere(
    async (log) => {
      for (const id of before) await signIn(log, ada, id);
      await signIn(log, eve, 15);
      const data = { emailHash: hash, playerId: player(ada), password: 'sealed' };
      const { events } = await append(log, emailStream(tenant, hash), { type: 'EmailPasswordChanged', data });
      await log.append({
        tenant,
        causedAt: events[0]!.recordedAt + 1n,
        streams: [
          {
            streamId: sessionStream(tenant, session(later)),
            expectedVersion: 0n,
            events: [{ ...authenticated(ada), data: { ...authenticated(ada).data, sessionId: session(later) } }],
          },
        ],
      });
    },
    answering((log) => passwordReset(processOn(log), sessionsOf(log), 60)),
    async (log, death) => {
      const ended = (await eventsOf(log, 'SessionRevoked')).map(({ data }) => [data['sessionId'], data['reason']]);
      expect(ended.sort(), death).toEqual(before.map((id) => [session(id), 'password_reset']));
    },
  );
  expect(calls).toBeGreaterThan(5);
});

const update = { bot: 'main', updateId: 7 };

test('what was given up is left to operators in one letter, whenever a process dies', async () => {
  const failed = { attempt: 8, reason: 'status_503' };
  const calls = await dieEverywhere(
    async (log) => {
      const sending = { notificationId, playerId: player(1), channel: 'email' };
      await append(log, botCommandStream(tenant, update), {
        type: 'BotCommandAbandoned',
        data: { ...update, ...failed },
      });
      await append(log, emailStream(tenant, 'x' as EmailHash), {
        type: 'NotificationSendAbandoned',
        data: { ...sending, ...failed },
      });
    },
    answering((log) => abandonedWork({ ...processOn(log), vault: openVault })),
    async (log, death) => {
      const filed = await eventsOf(log, 'DeadLetterFiled');
      expect(filed, death).toHaveLength(2);
      for (const [type, source] of [
        ['BotCommandAbandoned', 'bot-command'],
        ['NotificationSendAbandoned', 'notification'],
      ] as const) {
        const { eventId } = (await eventsOf(log, type))[0]!;
        const letter = await readDeadLetter(processOn(log), tenant, deadLetterIdOf(source, eventId));
        expect(letter, death).toMatchObject({ phase: 'open', attempts: 8 });
      }
    },
  );
  expect(calls).toBeGreaterThanOrEqual(2);
});

test('a bot command whose worker dies with it in hand is done by the next, who answers under the same key', async () => {
  let said: string[] = [];
  let failures = 0;
  const work = async (log: EventLog, outside: Outside): Promise<void> => {
    const send = async ({ key }: { readonly key: string }) => {
      if (failures-- > 0) throw new OutsideRefused('status_503', false);
      said.push(key);
      return 'gateway' as const;
    };
    const context = workerContext(processOn(log), { messenger: { send: (message) => outside(() => send(message)) } });
    for (;;) {
      const state = await readBotCommand(context.runtime, tenant, update);
      if (state.phase !== 'queued' && state.phase !== 'failed') return;
      await runBotCommand(context, tenant, { ...update, attempts: state.attempts });
    }
  };
  const calls = await dieEverywhere(
    async (log) => {
      [said, failures] = [[], 2];
      const written = { ...update, contactId: player(3) as string as ContactId, chatId: 42, text: '/help' };
      await queueBotCommand({ ...processOn(log), vault: openVault }, written, request());
    },
    work,
    async (log, death) => {
      expect(said.length, death).toBeGreaterThan(0);
      expect(new Set(said), death).toEqual(new Set([botCommandStream(tenant, update)]));
      expect(await eventsOf(log, 'BotCommandCompleted'), death).toHaveLength(1);
    },
  );
  expect(calls).toBeGreaterThan(6);
});
