import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDevice, newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
});
afterAll(() => cluster.stop());

const positions = async () =>
  JSON.stringify(await cluster.db.query('select partition, position from log_partitions order by 1'));
const link = (token: string, device: string, at = node) =>
  at.call('/v1/devices', { token, body: { device_id: device } });
/** Position of everything written so far: what an answer relies on that wrote nothing. */
const upToNow = async (token: string, ownDevice: string) =>
  (await link(token, ownDevice)).headers.get('sandai-position') ?? '';
const unlink = (token: string, id: string, at = node) => at.call(`/v1/devices/${id}`, { method: 'DELETE', token });
const list = async (token: string, position: string, query = '') =>
  (await node.call(`/v1/devices${query}`, { token, headers: { 'sandai-wait-for': position } })).body;

test('a linked device signs in as its player, and an unlinked one as somebody new', async () => {
  const ada = await node.signIn();
  const tablet = newDevice();
  const linked = await link(ada.token, tablet);
  expect(linked.status).toBe(200);
  expect((await other.signIn(tablet)).id).toBe(ada.id);
  const { items } = await list(ada.token, await upToNow(ada.token, tablet));
  expect(items).toHaveLength(2);
  expect(items).toContainEqual({ id: linked.body.id, linked_at: expect.stringMatching(/Z$/) });
  expect(JSON.stringify(items)).not.toContain(tablet);
  const unlinked = await unlink(ada.token, linked.body.id);
  expect([unlinked.status, unlinked.text]).toEqual([204, '']);
  expect((await list(ada.token, await upToNow(ada.token, ada.device))).items).toHaveLength(1);
  expect((await other.signIn(tablet)).id).not.toBe(ada.id);
});

test('a device signed in with `uid` can be unlinked as well', async () => {
  const ada = await node.signIn();
  const tablet = newDevice();
  const { status } = await node.call('/v1/auth/device', {
    body: { device_id: tablet, uid: ada.id },
    key: newKey(),
    token: ada.token,
  });
  expect(status).toBe(200);
  const again = await link(ada.token, tablet);
  expect((await unlink(ada.token, again.body.id)).status).toBe(204);
});

test('linking again, and with the same key, changes nothing', async () => {
  const ada = await node.signIn();
  const tablet = newDevice();
  await link(ada.token, tablet);
  const before = await positions();
  expect((await link(ada.token, tablet)).status).toBe(200);
  expect(await positions()).toBe(before);
});

test('the last credential stays, also when two nodes are asked at once', async () => {
  const ada = await node.signIn();
  const first = (await list(ada.token, await upToNow(ada.token, ada.device))).items[0].id;
  const before = await positions();
  expect(await unlink(ada.token, first)).toMatchObject({ status: 409, body: { error: { code: 'LAST_CREDENTIAL' } } });
  expect(await positions()).toBe(before);
  for (let round = 0; round < 5; round += 1) {
    const added = [newDevice(), newDevice()];
    for (const device of added) expect((await link(ada.token, device)).status).toBe(200);
    const current = (await list(ada.token, await upToNow(ada.token, added[0]!))).items;
    expect(current).toHaveLength(3);
    const answers = await Promise.all(
      current.map(({ id }: { id: string }, n: number) => unlink(ada.token, id, n % 2 ? other : node)),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(current.length - 1);
  }
});

test("another player's device is refused, and nothing is written", async () => {
  const [ada, eve] = [await node.signIn(), await node.signIn()];
  const hers = (await list(ada.token, ada.position)).items[0].id;
  const before = await positions();
  expect((await link(eve.token, ada.device)).body.error.code).toBe('DEVICE_LINKED_TO_ANOTHER_PLAYER');
  expect(await unlink(eve.token, hers)).toMatchObject({ status: 404, body: { error: { code: 'DEVICE_NOT_FOUND' } } });
  expect((await unlink(eve.token, 'a'.repeat(64))).body.error.code).toBe('DEVICE_NOT_FOUND');
  expect((await unlink(eve.token, 'nonsense')).body.error.code).toBe('VALIDATION_FAILED');
  for (const body of [{}, { device_id: 'short' }, { device_id: 7 }])
    expect((await node.call('/v1/devices', { token: eve.token, body })).body.error.code).toBe('VALIDATION_FAILED');
  for (const token of [undefined, 'forged.to.ken'])
    expect((await node.call('/v1/devices', { ...(token && { token }) })).status).toBe(401);
  expect(await positions()).toBe(before);
});

test('sign-ins are listed with where they came from, page by page, to their player only', async () => {
  const device = newDevice();
  const ada = await node.signIn(device, { 'user-agent': 'game/1' });
  const later = await node.signIn(device, { 'user-agent': 'game/2' });
  const position = await upToNow(later.token, device);
  const ask = (query = '') =>
    node.call(`/v1/sessions${query}`, { token: later.token, headers: { 'sandai-wait-for': position } });
  const { body } = await ask();
  expect(body.items).toMatchObject([
    { method: 'device', ip: '127.0.0.1', user_agent: 'game/2', current: true },
    { method: 'device', ip: '127.0.0.1', user_agent: 'game/1', current: false },
  ]);
  const first = await ask('?limit=1');
  const second = await ask(`?limit=1&cursor=${first.body.next_cursor}`);
  expect([...first.body.items, ...second.body.items]).toEqual(body.items);
  expect(second.body.next_cursor).toBeNull();
  expect((await ask('?cursor=nonsense')).body.error.code).toBe('VALIDATION_FAILED');
  const eve = await node.signIn();
  const theirs = await node.call('/v1/sessions', { token: eve.token, headers: { 'sandai-wait-for': eve.position } });
  expect(theirs.body.items).toHaveLength(1);
  const before = await positions();
  for (const id of [body.items[0].id, '99999999-9999-4999-8999-999999999999']) {
    const refused = await node.call(`/v1/sessions/${id}`, { method: 'DELETE', token: eve.token });
    expect(refused).toMatchObject({ status: 404, body: { error: { code: 'SESSION_NOT_FOUND' } } });
  }
  expect(await positions()).toBe(before);
  expect((await node.call('/v1/profile', { token: ada.token })).status).toBe(200);
});

test('a session that its player ends stops counting on every node, and the others go on', async () => {
  const device = newDevice();
  const lost = await node.signIn(device);
  const kept = await node.signIn(device);
  // the position of one sign-in says nothing of the other's partition
  const { body } = await until(
    () => node.call('/v1/sessions', { token: kept.token }),
    (reply) => reply.body.items?.length === 2,
  );
  const id = body.items.find(({ current }: { current: boolean }) => !current).id;
  const ended = await node.call(`/v1/sessions/${id}`, { method: 'DELETE', token: kept.token });
  expect([ended.status, ended.text]).toEqual([204, '']);
  expect((await node.call(`/v1/sessions/${id}`, { method: 'DELETE', token: kept.token })).status).toBe(204);
  for (const each of [node, other])
    await until(
      () => each.call('/v1/profile', { token: lost.token }),
      ({ status }) => status === 401,
    );
  const refreshed = await other.call('/v1/auth/refresh', { body: { refresh_token: lost.refresh } });
  expect(refreshed.body.error.code).toBe('REFRESH_TOKEN_INVALID');
  expect((await other.call('/v1/profile', { token: kept.token })).status).toBe(200);
});
