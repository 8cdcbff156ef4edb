import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
});
afterAll(() => cluster.stop());

const atOnce = 2;
const waiting = 64;

test('sign-ins beyond those that may wait are told to come again, and there is room for them then', async () => {
  const password = 'correct horse battery';
  const signIn = (email: string, create = false) => node.call('/v1/auth/email', { body: { email, password, create } });
  const addresses = Array.from({ length: 3 * (atOnce + waiting) }, () => `ada-${newKey()}@example.com`);
  const replies = await Promise.all(addresses.map((address) => signIn(address)));
  const busy = replies.filter(({ status }) => status === 503);
  expect(busy.length).toBeGreaterThan(0);
  expect(replies.length - busy.length).toBeGreaterThanOrEqual(atOnce + waiting);
  for (const { body, headers } of busy)
    expect([body.error.code, headers.get('retry-after')]).toEqual(['OVERLOADED', '1']);
  for (const { status, body } of replies)
    if (status !== 503) expect([status, body.error.code]).toEqual([401, 'INVALID_CREDENTIALS']);
  expect((await signIn(addresses[0]!, true)).status).toBe(200);
});
