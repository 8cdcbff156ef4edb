import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlayerId, TenantId } from '../../src/events/ids.ts';
import { mailGateway } from '../../src/gateways/mail.ts';
import { pushGateway } from '../../src/gateways/push-gateway.ts';
import { createRecorder } from '../../src/gateways/recorder.ts';
import { telegramMessenger } from '../../src/gateways/telegram.ts';
import { OutsideRefused } from '../../src/ports/outside.ts';
import { type FakeAnswer, type FakeService, fakeService } from '../support/fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await fakeService();
});
afterAll(() => service.stop());

const tenant = 'acme' as TenantId;
const message = { tenant, bot: 'main', chatId: 7, text: 'Hello', key: 'k' };
const recorder = createRecorder(() => undefined);
const telegram = (tokenOf: () => string | null = () => '1:token', apiUrl = `${service.url}/`) =>
  telegramMessenger({ apiUrl, tokenOf, otherwise: recorder.messenger });
const refusal = async (answer: FakeAnswer): Promise<OutsideRefused> => {
  service.answer = () => answer;
  const error = await telegram()
    .send(message)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  service.answer = () => ({ status: 200 });
  expect(error).toBeInstanceOf(OutsideRefused);
  return error as OutsideRefused;
};

test('an answer goes to the Bot API with the token of its bot', async () => {
  expect(await telegram().send(message)).toBe('gateway');
  expect(service.received.at(-1)).toMatchObject({
    path: '/bot1:token/sendMessage',
    body: { chat_id: 7, text: 'Hello' },
  });
});

test('without a token it is recorded, and that can be seen', async () => {
  const before = service.received.length;
  expect(await telegram(() => null).send(message)).toBe('recorder');
  expect(service.received).toHaveLength(before);
  expect(recorder.recorded().at(-1)).toEqual({ channel: 'chat', ...message });
});

test.each([
  [{ status: 400 }, { reason: 'chat_unknown', permanent: true, retryAfterMs: 0 }],
  [{ status: 401 }, { reason: 'token_refused', permanent: false, retryAfterMs: 0 }],
  [{ status: 403 }, { reason: 'blocked_by_user', permanent: true, retryAfterMs: 0 }],
  [
    { status: 429, body: { ok: false, parameters: { retry_after: 7 } } },
    { reason: 'too_many_messages', permanent: false, retryAfterMs: 7_000 },
  ],
  [
    { status: 429, headers: { 'retry-after': '9' } },
    { permanent: false, retryAfterMs: 9_000 },
  ],
  [
    { status: 429, headers: { 'retry-after': 'soon' } },
    { permanent: false, retryAfterMs: 0 },
  ],
  [
    { status: 429, headers: { 'retry-after': '99999999' } },
    { permanent: false, retryAfterMs: 3_600_000 },
  ],
  [
    { status: 502, body: 'no JSON' },
    { reason: 'status_502', permanent: false, retryAfterMs: 0 },
  ],
  [{ status: 418 }, { reason: 'status_418', permanent: true, retryAfterMs: 0 }],
])('the answer %j is understood', async (answer, wanted) => expect(await refusal(answer)).toMatchObject(wanted));

test('an address that nobody listens at is no refusal', async () => {
  await expect(telegram(() => '1:t', 'http://127.0.0.1:1').send(message)).rejects.not.toBeInstanceOf(OutsideRefused);
});

test('a redirection is not followed, so that a token goes nowhere else', async () => {
  const before = service.received.length;
  service.answer = () => ({ status: 307, headers: { location: `${service.url}/elsewhere` } });
  await expect(telegram().send(message)).rejects.toThrow();
  service.answer = () => ({ status: 200 });
  expect(service.received).toHaveLength(before + 1);
});

test('a push message has a key, and a token where there is one', async () => {
  const push = {
    tenant,
    playerId: '11111111-1111-4111-8111-111111111111' as PlayerId,
    title: 'T',
    content: 'C',
    expiresAt: '2026-03-01T10:00:00.000Z',
    key: 'delivery-acme_1/push',
  };
  expect(await pushGateway(`${service.url}/push`, 'secret').push(push)).toBe('gateway');
  const { path, headers, body } = service.received.at(-1)!;
  expect([path, headers['idempotency-key'], headers.authorization]).toEqual(['/push', push.key, 'Bearer secret']);
  expect(body).toEqual({
    tenant,
    player_id: push.playerId,
    title: 'T',
    content: 'C',
    expires_at: push.expiresAt,
  });
  await pushGateway(`${service.url}/push`, undefined).push(push);
  expect(service.received.at(-1)!.headers.authorization).toBeUndefined();
});

test('an e-mail has a key, and a token where there is one', async () => {
  const mail = { tenant, to: 'ada@example.com', subject: 'S', text: 'T', key: 'delivery-acme_1/email' };
  expect(await mailGateway(`${service.url}/mail`, 'secret').send(mail)).toBe('gateway');
  const { path, headers, body } = service.received.at(-1)!;
  expect([path, headers['idempotency-key'], headers.authorization]).toEqual(['/mail', mail.key, 'Bearer secret']);
  expect(body).toEqual({ tenant, to: 'ada@example.com', subject: 'S', text: 'T' });
  service.answer = () => ({ status: 422 });
  await expect(mailGateway(`${service.url}/mail`, undefined).send(mail)).rejects.toMatchObject({ permanent: true });
  service.answer = () => ({ status: 200 });
  expect(service.received.at(-1)!.headers.authorization).toBeUndefined();
});

test('the recorder keeps the last thousand', async () => {
  const told: string[] = [];
  const full = createRecorder((channel) => told.push(channel));
  for (let n = 0; n < 1_005; n += 1) await full.messenger.send({ ...message, key: `${n}` });
  expect(told).toHaveLength(1_005);
  expect(full.recorded()).toHaveLength(1_000);
  expect(full.recorded()[0]).toMatchObject({ channel: 'chat', key: '5' });
});
