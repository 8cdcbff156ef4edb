import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOfRequests, newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let nowMs = Date.now();
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node({ now: () => nowMs }), await cluster.node({ now: () => nowMs })];
});
afterAll(() => cluster.stop());

const password = 'correct horse battery';
const newAddress = () => `ada-${newKey()}@Example.com`;
const auth = (email: string, more: object = {}, at = node, options: object = {}) =>
  at.call('/v1/auth/email', { body: { email, password, ...more }, ...options });
const code = (reply: Awaited<ReturnType<typeof auth>>) => reply.body.error?.code;

const mails = () => {
  const folder = join(cluster.dataDir, 'mail');
  const names = readdirSync(folder, { withFileTypes: true }).map(({ name }) => join(folder, name));
  return names.sort().map((file) => ({ file, text: readFileSync(file, 'utf8') }));
};
/** The code of the last e-mail of this kind to an address. */
const codeFor = async (address: string, subject: string): Promise<string> => {
  const found = await until(
    async () => mails().findLast(({ text }) => text.startsWith(`To: ${address.toLowerCase()}\nSubject: ${subject}`)),
    (mail) => mail !== undefined,
  );
  return /^Your code: (.{43})$/m.exec(found!.text)![1]!;
};
const ask = (what: 'reset' | 'verification', email: string) => node.call(`/v1/auth/email/${what}`, { body: { email } });
const verifyAs = (token: string, given: string) => node.call('/v1/auth/email/verify', { token, body: { code: given } });
const setPassword = (given: string, next: string, at = node, key = newKey()) =>
  at.call('/v1/auth/email/password', { body: { code: given, password: next }, key });

test('an address makes an account once, and signs in as it on every node, however it is written', async () => {
  const email = newAddress();
  expect(code(await auth(email))).toBe('INVALID_CREDENTIALS');
  const made = await auth(email, { create: true });
  expect(made.status).toBe(200);
  expect(Object.keys(made.body).sort()).toEqual([
    'expires_in',
    'nakama_token',
    'player_id',
    'refresh_token',
    'session_token',
  ]);
  for (const [written, more] of [
    [email, {}],
    [email.toUpperCase(), { create: true }],
  ] as const)
    expect((await auth(written, more, other)).body.player_id).toBe(made.body.player_id);
  expect((await node.call('/v1/profile', { token: made.body.session_token })).status).toBe(200);
});

test('an unknown address and a wrong password get the same answer, and nothing is written', async () => {
  const email = newAddress();
  await auth(email, { create: true });
  const before = await eventsOfRequests(cluster);
  const wrong = await auth(email, { password: 'something else' });
  const unknown = await auth(newAddress());
  expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
  expect(code(await auth(email, { password: 'something else', create: true }))).toBe('INVALID_CREDENTIALS');
  for (const body of [
    {},
    { email },
    { email: 'nonsense', password },
    { email, password: 'short' },
    { email, password, create: 'yes' },
  ])
    expect(code(await node.call('/v1/auth/email', { body }))).toBe('VALIDATION_FAILED');
  const keyed = await node.call('/v1/auth/email', {
    body: { email, password },
    headers: { 'x-client-key': 'ck_nobody' },
  });
  expect(code(keyed)).toBe('CLIENT_KEY_UNKNOWN');
  expect(await eventsOfRequests(cluster)).toBe(before);
});

test('parallel sign-ups with one address over two nodes make one account', async () => {
  const email = newAddress();
  const made = await Promise.all(
    Array.from({ length: 6 }, (_, n) => auth(email, { create: true }, n % 2 ? node : other)),
  );
  const good = made.filter(({ status }) => status === 200);
  expect(good.length).toBeGreaterThan(0);
  expect(new Set(good.map(({ body }) => body.player_id)).size).toBe(1);
  for (const each of made) if (each.status !== 200) expect(code(each)).toBe('INVALID_CREDENTIALS');
});

test('a retry with the same key repeats the answer byte for byte', async () => {
  const email = newAddress();
  const key = newKey();
  const first = await auth(email, { create: true }, node, { key });
  const again = await auth(email, { create: true }, other, { key });
  expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
});

test('a signed-in player links an address, and can then do without the device', async () => {
  const ada = await node.signIn();
  const email = newAddress();
  const linked = await auth(email, { create: true }, node, { token: ada.token });
  expect(linked.body.player_id).toBe(ada.id);
  expect((await auth(email, {}, other)).body.player_id).toBe(ada.id);
  const { body } = await node.call('/v1/devices', { token: ada.token, headers: { 'sandai-wait-for': ada.position } });
  const unlinked = await node.call(`/v1/devices/${body.items[0].id}`, { method: 'DELETE', token: ada.token });
  expect(unlinked.status).toBe(204);
  const eve = await node.signIn();
  expect(code(await auth(email, { create: true }, node, { token: eve.token }))).toBe('INVALID_CREDENTIALS');
});

test('a code that was sent verifies the address, once, and stands nowhere but in the e-mail', async () => {
  const email = newAddress();
  const token = (await auth(email, { create: true })).body.session_token;
  const sent = await codeFor(email, 'Verify');
  const verify = (given: string) => verifyAs(token, given);
  expect((await verify(sent)).body).toEqual({ accepted: true });
  const before = await eventsOfRequests(cluster);
  expect(code(await verify(sent))).toBe('EMAIL_CODE_INVALID');
  expect(code(await verify('x'.repeat(43)))).toBe('EMAIL_CODE_INVALID');
  expect(code(await verify('x'))).toBe('VALIDATION_FAILED');
  expect(await eventsOfRequests(cluster)).toBe(before);
  const events = await cluster.db.query('select data::text as data from events');
  const stored = JSON.stringify([events, cluster.lines]);
  for (const secret of [sent, email.toLowerCase(), password]) expect(stored).not.toContain(secret);
  expect(statSync(mails()[0]!.file).mode & 0o077).toBe(0);
});

test('a new password is set with a code: the old one and the sign-ins from before end, on every node', async () => {
  const email = newAddress();
  const before = (await auth(email, { create: true })).body;
  expect((await ask('reset', email)).body).toEqual({ accepted: true });
  const sent = await codeFor(email, 'Set');
  const key = newKey();
  const changed = await setPassword(sent, 'another long one', node, key);
  expect(changed).toMatchObject({ status: 200, body: { accepted: true } });
  expect((await setPassword(sent, 'another long one', other, key)).text).toBe(changed.text);
  expect(code(await auth(email, {}, other))).toBe('INVALID_CREDENTIALS');
  const after = await auth(email, { password: 'another long one' }, other);
  expect(after.body.player_id).toBe(before.player_id);
  for (const each of [node, other])
    await until(
      () => each.call('/v1/profile', { token: before.session_token }),
      ({ status }) => status === 401,
    );
  expect((await node.call('/v1/profile', { token: after.body.session_token })).status).toBe(200);
});

test('a code is void once it was used, another password was set, its hour is over, or for another purpose', async () => {
  const email = newAddress();
  await auth(email, { create: true });
  const verifying = await codeFor(email, 'Verify');
  expect(code(await setPassword(verifying, 'another long one'))).toBe('EMAIL_CODE_INVALID');
  await ask('reset', email);
  const sent = await codeFor(email, 'Set');
  expect((await setPassword(sent, 'another long one')).status).toBe(200);
  expect(code(await setPassword(sent, 'a third long one'))).toBe('EMAIL_CODE_INVALID');
  const anew = (await auth(email, { password: 'another long one' })).body.session_token;
  expect(code(await verifyAs(anew, verifying))).toBe('EMAIL_CODE_INVALID');
  const late = newAddress();
  const { session_token } = (await auth(late, { create: true })).body;
  const expired = await codeFor(late, 'Verify');
  nowMs += 3_600_000;
  expect(code(await verifyAs(session_token, expired))).toBe('EMAIL_CODE_INVALID');
});

test('asking for a code answers alike for an address that nobody has', async () => {
  const email = newAddress();
  await auth(email, { create: true });
  const [known, unknown] = [await ask('reset', email), await ask('reset', newAddress())];
  expect([known.status, known.text]).toEqual([202, unknown.text]);
  expect(unknown.status).toBe(202);
});

test('an erased player frees the address, which makes somebody new', async () => {
  const email = newAddress();
  const { player_id, session_token } = (await auth(email, { create: true })).body;
  const path = `/v1/players/${player_id}/personal-data`;
  expect((await node.call(path, { method: 'DELETE', token: session_token })).status).toBe(202);
  expect(code(await auth(email, {}, other))).toBe('INVALID_CREDENTIALS');
  const anew = await auth(email, { create: true, password: 'somebody quite new' }, other);
  expect(anew.status).toBe(200);
  expect(anew.body.player_id).not.toBe(player_id);
});
