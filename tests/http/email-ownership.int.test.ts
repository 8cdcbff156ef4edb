import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOfRequests, newDevice, newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
});
afterAll(() => cluster.stop());

const newAddress = () => `ada-${newKey()}@example.com`;
const auth = (email: string, password: string, more: object = {}, at = node, options: object = {}) =>
  at.call('/v1/auth/email', { body: { email, password, ...more }, ...options });
const verify = (code: string, options: object) => node.call('/v1/auth/email/verify', { body: { code }, ...options });
const codeOf = (reply: Awaited<ReturnType<typeof auth>>) => reply.body.error?.code;
const mailTo = async (address: string, subject: string): Promise<string> => {
  const folder = join(cluster.dataDir, 'mail');
  const text = await until(
    async () =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .find((mail) => mail.startsWith(`To: ${address}\nSubject: ${subject}`)),
    (mail) => mail !== undefined,
  );
  return /^Your code: (.{43})$/m.exec(text!)![1]!;
};
/** Sets a new password with the mailbox alone. */
const reset = async (email: string, password: string, at = node) => {
  await node.call('/v1/auth/email/reset', { body: { email } });
  const code = await mailTo(email, 'Set');
  return at.call('/v1/auth/email/password', { body: { code, password } });
};
const eventCount = () => eventsOfRequests(cluster);
const [theirs, mine] = ['a password of the first', 'a password of the second'];

test('the mailbox alone verifies no address: only the player who claimed it does', async () => {
  const email = newAddress();
  const claimed = (await auth(email, theirs, { create: true })).body;
  const code = await mailTo(email, 'Verify');
  const eve = await node.signIn();
  const before = await eventCount();
  expect((await verify(code, {})).status).toBe(401);
  expect((await verify(code, { token: 'forged' })).status).toBe(401);
  expect(codeOf(await verify(code, { token: eve.token }))).toBe('EMAIL_CODE_INVALID');
  expect(await eventCount()).toBe(before);
  expect((await verify(code, { token: claimed.session_token })).status).toBe(200);
});

test('whoever has the mailbox gets nothing of an account that was linked to the address unverified, nor its player anything of theirs', async () => {
  const email = newAddress();
  const first = await node.signIn();
  expect((await auth(email, theirs, { create: true }, node, { token: first.token })).body.player_id).toBe(first.id);
  expect((await reset(email, mine, other)).status).toBe(200);

  const second = (await auth(email, mine)).body;
  expect(second.player_id).not.toBe(first.id);
  expect(codeOf(await auth(email, theirs, {}, other))).toBe('INVALID_CREDENTIALS');
  expect((await other.signIn(first.device)).id).toBe(first.id);
  expect((await node.call('/v1/profile', { token: first.token })).status).toBe(200);
  const { items } = (await node.call('/v1/devices', { token: first.token })).body;
  expect(codeOf(await node.call(`/v1/devices/${items[0].id}`, { method: 'DELETE', token: first.token }))).toBe(
    'LAST_CREDENTIAL',
  );
  expect(codeOf(await auth(email, theirs, { create: true }, node, { token: first.token }))).toBe('INVALID_CREDENTIALS');
});

test('an account made with the address of somebody else, and given a device for later, is no way into theirs', async () => {
  const email = newAddress();
  const squatter = (await auth(email, theirs, { create: true })).body;
  const device = newDevice();
  await node.call('/v1/devices', { token: squatter.session_token, body: { device_id: device } });
  expect((await reset(email, mine)).status).toBe(200);
  const owner = (await auth(email, mine, {}, other)).body;
  expect((await node.signIn(device)).id).toBe(squatter.player_id);
  expect(owner.player_id).not.toBe(squatter.player_id);
});

test('an address that is all its account has keeps it through a new password, and is verified then', async () => {
  const email = newAddress();
  const made = (await auth(email, theirs, { create: true })).body;
  const verifying = await mailTo(email, 'Verify');
  expect((await reset(email, mine)).status).toBe(200);
  const after = (await auth(email, mine)).body;
  expect(after.player_id).toBe(made.player_id);
  expect(codeOf(await verify(verifying, { token: after.session_token }))).toBe('EMAIL_CODE_INVALID');
  await until(
    () => other.call('/v1/profile', { token: made.session_token }),
    ({ status }) => status === 401,
  );
});

test('a verified address keeps its account and the devices of it through a new password', async () => {
  const email = newAddress();
  const ada = await node.signIn();
  await auth(email, theirs, { create: true }, node, { token: ada.token });
  expect((await verify(await mailTo(email, 'Verify'), { token: ada.token })).status).toBe(200);
  expect((await reset(email, mine)).status).toBe(200);
  expect((await auth(email, mine, {}, other)).body.player_id).toBe(ada.id);
  expect((await node.signIn(ada.device)).id).toBe(ada.id);
});

test('a device that is linked while the password is set is either linked before, and left with its account, or after', async () => {
  for (let round = 0; round < 4; round += 1) {
    const email = newAddress();
    const claimed = (await auth(email, theirs, { create: true })).body;
    const device = newDevice();
    await node.call('/v1/auth/email/reset', { body: { email } });
    const code = await mailTo(email, 'Set');
    const [linked, set] = await Promise.all([
      other.call('/v1/devices', { token: claimed.session_token, body: { device_id: device } }),
      node.call('/v1/auth/email/password', { body: { code, password: mine } }),
    ]);
    expect(set.status).toBe(200);
    const owner = (await auth(email, mine)).body.player_id;
    const [{ n }] = (await cluster.db.query(
      `select count(*) as n from events where type = 'EmailClaimed' and data ->> 'playerId' = $1`,
      [owner],
    )) as [{ n: unknown }];
    expect(Number(n)).toBe(1);
    if (linked.status === 200) expect((await node.signIn(device)).id).toBe(claimed.player_id);
  }
});
