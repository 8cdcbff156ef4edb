import { expect, test } from 'vitest';
import { mailAddressOf } from '../../src/commands/email.ts';
import { requestEmailCode } from '../../src/commands/email-code-mail.ts';
import { requestErasure } from '../../src/commands/erasure.ts';
import { readDelivery } from '../../src/commands/notification.ts';
import type { EventLog, NewEvent } from '../../src/event-store/port.ts';
import { emailCodeStream, emailStream } from '../../src/events/email.ts';
import type { EmailHash, NotificationId, PlayerId } from '../../src/events/ids.ts';
import type { Mail } from '../../src/ports/mailer.ts';
import { OutsideRefused } from '../../src/ports/outside.ts';
import { PersonalDataErased } from '../../src/ports/personal-data.ts';
import { codeLifeMs, codeMails } from '../../src/reactors/code-mails.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { runSending } from '../../src/workers/sending-worker.ts';
import { now, openLog, openVault, processOn, register, request, tenant } from '../commands/support.ts';
import { player } from '../processors/log-under-test.ts';
import { workerContext } from '../workers/worker-context.ts';
import { eventsOf } from './counting.ts';
import { answering, dieEverywhere, type Outside } from './deaths.ts';

const ada = player(1);
const hash = 'hash of ada@example.com' as EmailHash;
const codeHashOf = (code: string) => `hash-of-${code}`;

/** Codes as a process makes them: others each time. */
let made = 0;
const newCode = () => {
  made += 1;
  return { code: `code-${made}`, codeHash: codeHashOf(`code-${made}`) };
};
const reactorOn = (log: EventLog, vault: typeof openVault = openVault) =>
  codeMails({ ...processOn(log), vault }, newCode);

const claimed: NewEvent = {
  type: 'EmailClaimed',
  data: { emailHash: hash, playerId: ada, generation: 1, address: 'ada@example.com', password: 'sealed' },
};
const verified: NewEvent = { type: 'EmailVerified', data: { emailHash: hash, playerId: ada } };
/** Ada has made an account with an address. */
const withAddress = async (log: EventLog, ...more: NewEvent[]) => {
  await register(log, [ada]);
  const events = [claimed, ...more].map((event) => ({
    ...event,
    metadata: { occurredAt: new Date(now).toISOString() },
  }));
  await log.append({ tenant, streams: [{ streamId: emailStream(tenant, hash), expectedVersion: 0n, events }] });
};
const askToReset = (log: EventLog, emailHash = hash, requestId = '1') =>
  requestEmailCode(processOn(log), { requestId, emailHash, purpose: 'reset' }, request());

const codeIn = ({ data }: { data: Readonly<Record<string, unknown>> }) =>
  /^Your code: (\S+)$/m.exec(String(data['content']))![1]!;

/** Sends what is on its way, as a process does whose jobs are all due at once. */
async function send(log: EventLog, outside: Outside, mailer: (mail: Mail) => Promise<void>): Promise<void> {
  const runtime = processOn(log);
  const open = async (_tenant: unknown, _player: unknown, _field: unknown, sealed: string) => sealed;
  const context = workerContext(runtime, {
    mailer: { send: (mail) => outside(async () => mailer(mail)).then(() => 'gateway' as const) },
    emailOf: (of, playerId, only) => mailAddressOf({ ...runtime, open }, of, playerId, only),
  });
  for (const { data } of await eventsOf(log, 'NotificationAddressed')) {
    const [notificationId, playerId] = [data['notificationId'] as NotificationId, data['playerId'] as PlayerId];
    for (;;) {
      const state = await readDelivery(runtime, tenant, notificationId, playerId);
      const sending = state.phase === 'absent' ? undefined : state.sendings.email;
      if (sending?.status !== 'pending') break;
      const { attempts } = sending;
      await runSending(context, { kind: 'sending', tenant, notificationId, playerId, channel: 'email', attempts });
    }
  }
}

test('one code for each who claims an address or asks is on its way, whenever a process dies, and stands for itself in the log', async () => {
  const calls = await dieEverywhere(
    async (log) => {
      await withAddress(log);
      await askToReset(log);
    },
    answering(reactorOn),
    async (log, death) => {
      const issued = await eventsOf(log, 'EmailCodeIssued');
      const mails = await eventsOf(log, 'NotificationAddressed');
      expect(issued.map(({ data }) => data['purpose']).sort(), death).toEqual(['reset', 'verify']);
      expect(
        mails.map(({ data }) => [data['channels'], data['emailHash']]),
        death,
      ).toEqual([
        [['email'], hash],
        [['email'], hash],
      ]);
      const streams = mails.map((mail) => emailCodeStream(tenant, codeHashOf(codeIn(mail))));
      expect(streams.sort(), death).toEqual(issued.map(({ streamId }) => streamId).sort());
    },
  );
  expect(calls).toBeGreaterThan(5);
});

test('a code reaches its mailbox at least once under one key, whenever a process dies, though the service fails first', async () => {
  const calls = await dieEverywhere(
    async (log) => {
      received = [];
      failures = 2;
      await withAddress(log);
    },
    async (log, outside) => {
      await answering(reactorOn)(log);
      await send(log, outside, async (mail) => {
        if (failures-- > 0) throw new OutsideRefused('status_503', false);
        received.push(mail);
      });
    },
    async (log, death) => {
      const [issued, ...others] = await eventsOf(log, 'EmailCodeIssued');
      expect(others, death).toEqual([]);
      expect(received.length, death).toBeGreaterThan(0);
      for (const { to, subject, text, key } of received) {
        expect([to, subject, key], death).toEqual(['ada@example.com', 'Verify your e-mail address', received[0]!.key]);
        const code = codeIn({ data: { content: text } });
        expect(issued!.streamId, death).toBe(emailCodeStream(tenant, codeHashOf(code)));
      }
      expect(await eventsOf(log, 'NotificationSent'), death).toHaveLength(1);
    },
  );
  expect(calls).toBeGreaterThan(10);
});
let received: Mail[] = [];
let failures = 0;

test('a code that the service never takes is given up, for operators to try again', async () => {
  const log = openLog();
  await withAddress(log);
  await answering(reactorOn)(log);
  await send(
    log,
    (call) => call(),
    async () => {
      throw new OutsideRefused('status_503', false);
    },
  );
  expect(await eventsOf(log, 'NotificationSendAbandoned')).toMatchObject([{ data: { channel: 'email', attempt: 8 } }]);
});

test('of an address that nobody has nothing is kept, and nothing is sent', async () => {
  const log = openLog();
  await withAddress(log);
  for (const [emailHash, id] of [
    [hash, 'known'],
    ['nobody', 'unknown'],
  ] as const) {
    const { events } = await askToReset(log, emailHash as EmailHash, id);
    expect(events).toMatchObject([{ type: 'EmailCodeRequested' }]);
  }
  const asked = await eventsOf(log, 'EmailCodeRequested');
  expect(asked.map(({ data }) => data['emailHash']).sort()).toEqual([hash, null].sort());
  await reactorProcessor(reactorOn(log), () => now).handle(asked);
  expect(await eventsOf(log, 'EmailCodeIssued')).toHaveLength(1);
});

const gone: typeof openVault = {
  ...openVault,
  forWriting: async () => {
    throw new PersonalDataErased(tenant, ada);
  },
};
test.each<[string, (log: EventLog) => Promise<unknown>, number, typeof openVault]>([
  ['the code would be over', withAddress, now + codeLifeMs, openVault],
  ['the address is verified', (log) => withAddress(log, verified), now, openVault],
  [
    'an erasure was ordered',
    async (log) => {
      await withAddress(log);
      await requestErasure(processOn(log), ada, request());
    },
    now,
    openVault,
  ],
  ['the data key is gone', withAddress, now, gone],
])('no code is sent when %s', async (_, arrange, at, vault) => {
  const log = openLog();
  await arrange(log);
  await reactorProcessor(reactorOn(log, vault), () => at).handle(await eventsOf(log, 'EmailClaimed'));
  expect(await eventsOf(log, 'EmailCodeIssued')).toEqual([]);
  expect(await eventsOf(log, 'NotificationAddressed')).toEqual([]);
});

test('a code goes to the address that it is for, and to nobody who has it by then', async () => {
  const log = openLog();
  await withAddress(log);
  await answering(reactorOn)(log);
  const released: NewEvent = { type: 'EmailReleased', data: { emailHash: hash, playerId: ada, reason: 'player' } };
  const anew = { ...claimed, data: { ...claimed.data, playerId: player(2), generation: 2 } };
  await log.append({
    tenant,
    streams: [{ streamId: emailStream(tenant, hash), expectedVersion: 1n, events: [released, anew] }],
  });
  received = [];
  await send(
    log,
    (call) => call(),
    async (mail) => void received.push(mail),
  );
  expect(received).toEqual([]);
  expect(await eventsOf(log, 'NotificationSendSkipped')).toMatchObject([{ data: { reason: 'no_address' } }]);
});
