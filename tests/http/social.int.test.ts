import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  audience,
  confusedToken,
  idToken,
  issuer,
  type TestProvider,
  testKey,
  testProvider,
} from '../support/provider.ts';
import { newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

const key = testKey('RS256');
let provider: TestProvider;
let silent: TestProvider;
let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  [provider, silent] = [await testProvider([key]), await testProvider([])];
  silent.answers = false;
  cluster = await testCluster();
  const providers = [
    `example ${issuer} ${audience} ${provider.url}`,
    `second ${issuer} ${audience} ${provider.url}`,
    `silent ${issuer} ${audience} ${silent.url}`,
  ];
  const settings = { 'social.providers': providers.join(',') };
  [node, other] = [await cluster.node({ settings }), await cluster.node({ settings })];
});
afterAll(async () => {
  await cluster.stop();
  await provider.stop();
  await silent.stop();
});

type Options = Parameters<TestNode['call']>[1];
const auth = (token: string, options: Options = {}, at = node, name = 'example') =>
  at.call('/v1/auth/social', { body: { provider: name, token }, ...options });
const tokenOf = (sub: string) => idToken(key, { sub });
const newSubject = () => `subject-${newKey()}`;
const code = (reply: Awaited<ReturnType<typeof auth>>) => reply.body.error?.code;
const positions = async () =>
  JSON.stringify(await cluster.db.query('select partition, position from log_partitions order by 1'));

test('an account makes a player once, and signs in as that one on every node', async () => {
  const sub = newSubject();
  const made = await auth(tokenOf(sub));
  expect(made.status).toBe(200);
  expect(Object.keys(made.body).sort()).toEqual([
    'expires_in',
    'nakama_token',
    'player_id',
    'refresh_token',
    'session_token',
  ]);
  expect((await auth(tokenOf(sub), {}, other)).body.player_id).toBe(made.body.player_id);
  expect((await auth(tokenOf(sub), {}, node, 'second')).body.player_id).not.toBe(made.body.player_id);
  expect((await other.call('/v1/profile', { token: made.body.session_token })).status).toBe(200);
  const stored = JSON.stringify([await cluster.db.query('select data::text as data from events'), cluster.lines]);
  expect(stored).not.toContain(sub);
});

test('parallel first sign-ins over two nodes make one player', async () => {
  const token = tokenOf(newSubject());
  const made = await Promise.all(Array.from({ length: 6 }, (_, n) => auth(token, {}, n % 2 ? node : other)));
  expect(made.map(({ status }) => status)).toEqual(made.map(() => 200));
  expect(new Set(made.map(({ body }) => body.player_id)).size).toBe(1);
});

test('a retry with the same key repeats the answer byte for byte, on every node', async () => {
  const token = tokenOf(newSubject());
  const idempotencyKey = newKey();
  const first = await auth(token, { key: idempotencyKey });
  for (const at of [node, other]) {
    const again = await auth(token, { key: idempotencyKey }, at);
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  }
  expect(code(await auth(tokenOf(newSubject()), { key: idempotencyKey }))).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('bad tokens and requests get their codes, and nothing is written', async () => {
  const token = tokenOf(newSubject());
  const before = await positions();
  for (const bad of ['nonsense', idToken(key, { aud: 'their-game' }), confusedToken(key, 'secret')]) {
    const refused = await auth(bad, { key: newKey() });
    expect([refused.status, code(refused)]).toEqual([401, 'SOCIAL_TOKEN_INVALID']);
  }
  const unknown = await auth(token, {}, node, 'nobody');
  expect([unknown.status, code(unknown)]).toEqual([422, 'SOCIAL_PROVIDER_UNKNOWN']);
  const unavailable = await auth(token, {}, node, 'silent');
  expect([unavailable.status, code(unavailable)]).toEqual([503, 'SOCIAL_PROVIDER_UNAVAILABLE']);
  expect(unavailable.headers.get('retry-after')).toBe('5');
  for (const body of [{}, { provider: 'example' }, { token }, { provider: 'Example', token }, { provider: 7, token }])
    expect(code(await node.call('/v1/auth/social', { body }))).toBe('VALIDATION_FAILED');
  expect(code(await auth(token, { headers: { 'x-client-key': 'ck_nobody' } }))).toBe('CLIENT_KEY_UNKNOWN');
  expect((await auth(token, { token: 'forged' })).status).toBe(401);
  expect(await positions()).toBe(before);
});

test('the same account is another player in another tenant', async () => {
  const token = tokenOf(newSubject());
  const headers = { 'x-client-key': await cluster.tenant('acme') };
  const [here, there] = [await auth(token), await auth(token, { headers })];
  expect([here.status, there.status]).toEqual([200, 200]);
  expect(there.body.player_id).not.toBe(here.body.player_id);
});

test('a signed-in player links an account, and can then do without the device but not without both', async () => {
  const ada = await node.signIn();
  const token = tokenOf(newSubject());
  const devices = async () =>
    (await node.call('/v1/devices', { token: ada.token, headers: { 'sandai-wait-for': ada.position } })).body.items;
  const unlink = async () =>
    node.call(`/v1/devices/${(await devices())[0].id}`, { method: 'DELETE', token: ada.token });
  expect(code(await unlink())).toBe('LAST_CREDENTIAL');
  expect((await auth(token, { token: ada.token })).body.player_id).toBe(ada.id);
  expect((await auth(token, {}, other)).body.player_id).toBe(ada.id);
  expect((await unlink()).status).toBe(204);
  const eve = await node.signIn();
  const refused = await auth(token, { token: eve.token });
  expect([refused.status, code(refused)]).toEqual([409, 'SOCIAL_LINKED_TO_ANOTHER_PLAYER']);
});

test('an erased player frees the account, which makes somebody new', async () => {
  const token = tokenOf(newSubject());
  const erase = ({ player_id, session_token }: { player_id: string; session_token: string }) =>
    node.call(`/v1/players/${player_id}/personal-data`, { method: 'DELETE', token: session_token });
  const first = (await auth(token)).body;
  expect((await erase(first)).status).toBe(202);
  const anew = await auth(token, {}, other);
  expect(anew.status).toBe(200);
  expect(anew.body.player_id).not.toBe(first.player_id);
  // also when nobody signs in with it again
  expect((await erase(anew.body)).status).toBe(202);
  const released = () => cluster.db.query("select data::text as data from events where type = 'SocialAccountReleased'");
  await until(released, (rows) => JSON.stringify(rows).includes(anew.body.player_id));
});
