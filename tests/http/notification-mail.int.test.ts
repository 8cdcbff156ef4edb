import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeService, fakeService } from '../support/fake-service.ts';
import { newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let service: FakeService;
let ops: string;
beforeAll(async () => {
  service = await fakeService();
  cluster = await testCluster();
  node = await cluster.node({
    settings: { 'mail.url': `${service.url}/mail`, 'mail.token': 'secret', 'jobs.retryBaseMs': '1' },
  });
  ops = cluster.operator('ops');
});
afterAll(async () => {
  await cluster.stop();
  await service.stop();
});

type Mail = { tenant: string; to: string; subject: string; text: string };
const mailsTo = (address: string) =>
  service.received.map(({ body }) => body as Mail).filter(({ to }) => to === address.toLowerCase());
const player = async () => {
  const address = `Ada-${newKey()}@example.com`;
  const made = await node.call('/v1/auth/email', {
    body: { email: address, password: 'a long password', create: true },
  });
  const [mail] = await until(
    async () => mailsTo(address),
    (mails) => mails.length > 0,
  );
  const code = /^Your code: (.{43})$/m.exec(mail!.text)![1]!;
  return { address, code, id: made.body.player_id as string, token: made.body.session_token as string };
};
const verify = (code: string, token: string) => node.call('/v1/auth/email/verify', { token, body: { code } });
/** Orders an e-mail to a player. @returns what became of it */
const tell = async (playerId: string, title: string) => {
  const { body } = await node.call('/v1/notifications', {
    token: ops,
    key: newKey(),
    body: { player_ids: [playerId], title, content: 'A text', ttl: 3_600, channels: ['email'] },
  });
  const items = await until(
    async () => (await node.call(`/v1/notifications/${body.notification_id}/sendings`, { token: ops })).body.items,
    ([item]) => item !== undefined && item.status !== 'pending',
  );
  return items[0];
};

test('an order of an operator reaches the verified address of its player', async () => {
  const ada = await player();
  expect((await verify(ada.code, ada.token)).status).toBe(200);
  expect(await tell(ada.id, 'Season over')).toMatchObject({ channel: 'email', status: 'sent' });
  expect(mailsTo(ada.address).at(-1)).toEqual({
    tenant: 'default',
    to: ada.address.toLowerCase(),
    subject: 'Season over',
    text: 'A text',
  });
  expect(service.received.at(-1)!.headers).toMatchObject({ authorization: 'Bearer secret' });
});

test('nothing goes to an address that was not verified, nor to a player without one', async () => {
  const [ada, device] = [await player(), await node.signIn()];
  for (const id of [ada.id, device.id])
    expect(await tell(id, 'Season over')).toMatchObject({ status: 'skipped', reason: 'no_address' });
  expect(mailsTo(ada.address)).toHaveLength(1);
});

test('nothing goes to the address of a player who was erased after an attempt', async () => {
  const ada = await player();
  await verify(ada.code, ada.token);
  let isErased = false;
  service.answer = async () => {
    const erased = await node.call(`/v1/players/${ada.id}/personal-data`, { method: 'DELETE', token: ada.token });
    isErased = erased.status === 202;
    return { status: 503 };
  };
  expect(await tell(ada.id, 'Season over')).toMatchObject({ status: 'skipped' });
  expect(isErased).toBe(true);
  expect(mailsTo(ada.address)).toHaveLength(2);
});
