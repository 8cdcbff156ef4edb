import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  eventsOfRequests,
  newDevice,
  newKey,
  type Reply,
  type TestCluster,
  type TestNode,
  testCluster,
} from './support.ts';

const hour = 3_600_000;
let now = 1_900_000_000_000 - (1_900_000_000_000 % hour);
let cluster: TestCluster;
let node: TestNode;
let roomy: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  roomy = await cluster.node({ now: () => now });
  node = await cluster.node({
    now: () => now,
    settings: {
      'http.trustedProxies': '127.0.0.1',
      'rateLimit.newPlayersPerHour': '2',
      'rateLimit.devicePerHour': '3',
    },
  });
});
afterAll(() => cluster.stop());
beforeEach(() => {
  now += hour;
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const withDevice = (device: string, address: string, more: object = {}) =>
  node.call('/v1/auth/device', { body: { device_id: device }, key: newKey(), headers: from(address), ...more });
const withEmail = (email: string, address: string, more: object = {}) =>
  node.call('/v1/auth/email', {
    body: { email, password: 'correct horse battery', create: true },
    headers: from(address),
    ...more,
  });
const outcome = ({ status, body }: Reply) => (status === 200 ? 200 : [status, body.error.code]);
const denied = [429, 'RATE_LIMITED'];
/** What was written; an e-mail's code is so after its answer. */
const eventCount = () => eventsOfRequests(cluster);
const newAddress = () => `ada-${newKey()}@example.com`;
const denials = async (limit: string) => {
  const token = await cluster.serviceKey(['metrics']);
  const { text } = await node.call('/metrics', { token });
  return Number(new RegExp(`^sandai_sign_ins_denied_total\\{limit="${limit}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
};

test('a network makes so many accounts in an hour, with whatever they sign in, and nothing is written beyond', async () => {
  const [mine, known] = [newDevice(), newAddress()];
  expect(outcome(await withDevice(mine, '203.0.113.1'))).toBe(200);
  expect(outcome(await withEmail(known, '203.0.113.1'))).toBe(200);
  const before = await eventCount();
  const tooMany = await denials('newPlayer');
  now += hour - 1_500;
  const refused = await withDevice(newDevice(), '203.0.113.1');
  expect(outcome(refused)).toEqual(denied);
  expect(['retry-after', 'ratelimit-limit', 'ratelimit-remaining'].map((name) => refused.headers.get(name))).toEqual([
    '2',
    '2',
    '0',
  ]);
  expect(outcome(await withEmail(newAddress(), '203.0.113.1'))).toEqual(denied);
  expect(await eventCount()).toBe(before);
  expect(await denials('newPlayer')).toBe(tooMany + 2);

  expect(outcome(await withDevice(mine, '203.0.113.1'))).toBe(200);
  expect(outcome(await withEmail(known, '203.0.113.1'))).toBe(200);
  expect(outcome(await withDevice(newDevice(), '203.0.113.2'))).toBe(200);
  now += 1_500;
  expect(outcome(await withDevice(newDevice(), '203.0.113.1'))).toBe(200);
});

test('neighbours in a /64 network of IPv6 share one count', async () => {
  expect(outcome(await withDevice(newDevice(), '2001:db8:0:1::1'))).toBe(200);
  expect(outcome(await withDevice(newDevice(), '2001:db8:0:1::2'))).toBe(200);
  expect(outcome(await withDevice(newDevice(), '2001:db8:0:1:ffff::3'))).toEqual(denied);
  expect(outcome(await withDevice(newDevice(), '2001:db8:0:2::1'))).toBe(200);
});

test('a retry is not counted again, and a denial is not stored under its key', async () => {
  const [device, key] = [newDevice(), newKey()];
  for (let n = 0; n < 3; n += 1) expect(outcome(await withDevice(device, '203.0.113.3', { key }))).toBe(200);
  expect(outcome(await withDevice(newDevice(), '203.0.113.3'))).toBe(200);
  const [later, laterKey] = [newDevice(), newKey()];
  expect(outcome(await withDevice(later, '203.0.113.3', { key: laterKey }))).toEqual(denied);
  now += hour;
  expect(outcome(await withDevice(later, '203.0.113.3', { key: laterKey }))).toBe(200);
});

test('linking what nobody has makes no account, and service keys are not counted', async () => {
  const first = await withDevice(newDevice(), '203.0.113.4');
  const token = first.body.session_token;
  for (let n = 0; n < 3; n += 1) expect(outcome(await withEmail(newAddress(), '203.0.113.4', { token }))).toBe(200);
  const service = await cluster.serviceKey(['ops']);
  for (let n = 0; n < 3; n += 1)
    expect(outcome(await withDevice(newDevice(), '203.0.113.4', { token: service }))).toBe(200);
  expect(outcome(await withDevice(newDevice(), '203.0.113.4'))).toBe(200);
  expect(outcome(await withDevice(newDevice(), '203.0.113.4'))).toEqual(denied);
});

test('an account made elsewhere signs in though this node denied the same device before', async () => {
  const device = newDevice();
  for (let n = 0; n < 2; n += 1) await withDevice(newDevice(), '203.0.113.5');
  expect(outcome(await withDevice(device, '203.0.113.5'))).toEqual(denied);
  const made = await roomy.signIn(device);
  expect((await withDevice(device, '203.0.113.5')).body.player_id).toBe(made.id);
});

test('a device signs in so often in an hour; an address that others know does not keep its owner out', async () => {
  const [device, email] = [newDevice(), newAddress()];
  await withEmail(email, '203.0.113.6');
  for (let n = 0; n < 3; n += 1) expect(outcome(await withDevice(device, '203.0.113.6'))).toBe(200);
  const before = await eventCount();
  const tooMany = await denials('deviceHour');
  expect(outcome(await withDevice(device, '203.0.113.7'))).toEqual(denied);
  expect(await eventCount()).toBe(before);
  expect(await denials('deviceHour')).toBe(tooMany + 1);
  for (let n = 0; n < 4; n += 1) expect(outcome(await withEmail(email, '203.0.113.6'))).toBe(200);
  now += hour;
  expect(outcome(await withDevice(device, '203.0.113.6'))).toBe(200);
});
