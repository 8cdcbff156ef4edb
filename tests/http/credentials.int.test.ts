import { afterAll, beforeAll, expect, test } from 'vitest';
import { audience, idToken, issuer, type TestProvider, testKey, testProvider } from '../support/provider.ts';
import { eventsOfRequests, newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

const key = testKey('RS256');
let provider: TestProvider;
let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  provider = await testProvider([key]);
  cluster = await testCluster();
  const settings = { 'social.providers': `example ${issuer} ${audience} ${provider.url}` };
  [node, other] = [await cluster.node({ settings }), await cluster.node({ settings })];
});
afterAll(async () => {
  await cluster.stop();
  await provider.stop();
});

const password = 'correct horse battery';
const withEmail = (email: string, more: object = {}, options: object = {}, at = node) =>
  at.call('/v1/auth/email', { body: { email, password, ...more }, ...options });
const withProvider = (token: string, options: object = {}, at = node) =>
  at.call('/v1/auth/social', { body: { provider: 'example', token }, ...options });
const list = (token: string, query = '') => node.call(`/v1/credentials${query}`, { token });
const unlink = (token: string, id: string, at = node) => at.call(`/v1/credentials/${id}`, { method: 'DELETE', token });
const codeOf = ({ status, body }: Awaited<ReturnType<typeof list>>) => [status, body.error.code];
/** What was written; an e-mail's code is so after its answer. */
const eventCount = () => eventsOfRequests(cluster);
/** A player with a device, an address and an account at a provider. */
const player = async () => {
  const { id, token } = await node.signIn();
  const [email, social] = [`ada-${newKey()}@example.com`, idToken(key, { sub: `subject-${newKey()}` })];
  await withEmail(email, { create: true }, { token });
  await withProvider(social, { token });
  const { items } = (await list(token)).body;
  const idOf = (method: string) => items.find((each: { method: string }) => each.method === method).id as string;
  return { id, token, email, social, emailId: idOf('email'), socialId: idOf('social') };
};

test('players see what they sign in with, the address for the most part hidden, page by page', async () => {
  const ada = await player();
  const { body } = await list(ada.token);
  expect(body).toMatchObject({ devices: 1, next_cursor: null });
  expect(body.items).toHaveLength(2);
  expect(body.items).toEqual(
    expect.arrayContaining([
      { id: ada.emailId, method: 'email', email: 'a***@example.com', verified: false, provider: null },
      { id: ada.socialId, method: 'social', email: null, verified: null, provider: 'example' },
    ]),
  );
  const first = (await list(ada.token, '?limit=1')).body;
  const second = (await list(ada.token, `?limit=1&cursor=${first.next_cursor}`)).body;
  expect([...first.items, ...second.items]).toEqual(body.items);
  expect(second.next_cursor).toBeNull();
  const made = (await withEmail(`eve-${newKey()}@example.com`, { create: true })).body;
  expect((await list(made.session_token)).body).toMatchObject({ devices: 0, items: [{ method: 'email' }] });
  for (const query of ['?cursor=nonsense', '?limit=0', '?limit=101'])
    expect(codeOf(await list(ada.token, query))).toEqual([400, 'VALIDATION_FAILED']);
  expect((await node.call('/v1/credentials')).status).toBe(401);
});

test('an unlinked address signs in no more, and then makes somebody new; so does an account at a provider', async () => {
  const ada = await player();
  const gone = await unlink(ada.token, ada.emailId);
  expect([gone.status, gone.text]).toEqual([204, '']);
  expect(codeOf(await withEmail(ada.email, {}, {}, other))).toEqual([401, 'INVALID_CREDENTIALS']);
  const anew = await withEmail(ada.email, { create: true }, {}, other);
  expect(anew.status).toBe(200);
  expect(anew.body.player_id).not.toBe(ada.id);
  expect((await unlink(ada.token, ada.socialId, other)).status).toBe(204);
  const second = await withProvider(ada.social, {}, other);
  expect([second.status, second.body.player_id === ada.id]).toEqual([200, false]);
  expect((await list(ada.token)).body).toEqual({ devices: 1, items: [], next_cursor: null });
});

test('an unlinked address can be linked again', async () => {
  const ada = await player();
  await unlink(ada.token, ada.emailId);
  expect((await withEmail(ada.email, { create: true }, { token: ada.token })).body.player_id).toBe(ada.id);
  expect((await unlink(ada.token, ada.emailId)).status).toBe(204);
});

test('the last credential stays, also when two nodes are asked at once', async () => {
  const made = (await withEmail(`ada-${newKey()}@example.com`, { create: true })).body;
  const token = made.session_token;
  const only = (await list(token)).body.items[0].id;
  const before = await eventCount();
  expect(codeOf(await unlink(token, only))).toEqual([409, 'LAST_CREDENTIAL']);
  expect(await eventCount()).toBe(before);
  await withProvider(idToken(key, { sub: `subject-${newKey()}` }), { token });
  const ids = (await list(token)).body.items.map(({ id }: { id: string }) => id);
  const answers = await Promise.all([unlink(token, ids[0]), unlink(token, ids[1], other)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
});

test("another player's credential and one of nobody are unavailable, and nothing is written", async () => {
  const [ada, eve] = [await player(), await player()];
  const before = await eventCount();
  for (const id of [ada.emailId, ada.socialId, 'a'.repeat(64)])
    expect(codeOf(await unlink(eve.token, id))).toEqual([404, 'CREDENTIAL_NOT_FOUND']);
  expect(codeOf(await unlink(eve.token, 'nonsense'))).toEqual([400, 'VALIDATION_FAILED']);
  expect((await node.call(`/v1/credentials/${ada.emailId}`, { method: 'DELETE' })).status).toBe(401);
  expect(await eventCount()).toBe(before);
});
