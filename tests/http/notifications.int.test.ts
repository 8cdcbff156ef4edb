import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  eventsOfRequests,
  newKey,
  type Reply,
  type TestCluster,
  type TestNode,
  testCluster,
  until,
} from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let ops: string;
let now = Date.now();
beforeAll(async () => {
  cluster = await testCluster();
  const clock = { now: () => now };
  [node, other] = [await cluster.node(clock), await cluster.node(clock)];
  ops = cluster.operator('ops');
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const eventCount = () => eventsOfRequests(cluster);
type Told = { title?: unknown; content?: unknown; [field: string]: unknown };
const tell = (players: readonly unknown[], more: Told = {}, key: string | null = newKey(), at = node) =>
  at.call('/v1/notifications', {
    token: ops,
    ...(key === null ? {} : { key }),
    body: { player_ids: players, title: 'Hello', content: 'A text', ttl: 3_600, ...more },
  });
const list = (token: string, query = '', at = node) => at.call(`/v1/notifications${query}`, { token });
const listed = (token: string, count: number, at = node) =>
  until(
    () => list(token, '', at),
    ({ body }) => body.items.length === count,
  );
const act = (token: string, method: string, path: string, body?: object) =>
  node.call(`/v1/notifications/${path}`, { method, token, ...(body && { body }) });

describe('an order of an operator', () => {
  test('reaches each of its players once, and a repeated one is answered alike', async () => {
    const players = await Promise.all(Array.from({ length: 30 }, () => node.signIn()));
    const key = newKey();
    const ids = players.map(({ id }) => id);
    // a retry that comes while the first one is at work is asked to come again
    const untilAnswered = (at: TestNode) =>
      until(
        () => tell(ids, {}, key, at),
        ({ status }) => status !== 409,
      );
    const answers = await Promise.all([node, other, node, other].map(untilAnswered));
    expect(answers.map(({ text }) => text)).toEqual(answers.map(() => answers[0]!.text));
    expect(answers[0]!.status).toBe(202);
    for (const { token } of players) expect((await listed(token, 1)).body.items[0].title).toBe('Hello');
    const addressed = await cluster.db.query(
      `select count(*) as n, count(distinct stream_id) as streams from events
       where type = 'NotificationAddressed' and data ->> 'notificationId' = $1`,
      [answers[0]!.body.notification_id],
    );
    expect(addressed).toEqual([{ n: '30', streams: '30' }]);
  });

  test('leaves nothing of its text in clear', async () => {
    const player = await node.signIn();
    const { body } = await tell([player.id], { title: 'Dear Ada Lovelace', content: 'Your secret' });
    await listed(player.token, 1);
    const rows = await cluster.db.query(
      `select data::text as text from events where data ->> 'notificationId' = $1
       union all select payload::text from sandai_outbox where aggregateid = $1
       union all select response from idempotency_keys`,
      [body.notification_id],
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toMatch(/Lovelace|secret/);
  });

  test.each([
    ['without players', [], {}],
    ['with 101 players', Array.from({ length: 101 }, () => randomUUID()), {}],
    ['with something that is no player id', ['ada'], {}],
    ['with players that are no list', 'ada' as never, {}],
    ['without a title', [randomUUID()], { title: undefined }],
    ['with an empty title', [randomUUID()], { title: '  ' }],
    ['with a title of 121 characters', [randomUUID()], { title: 'x'.repeat(121) }],
    ['with a text of 1,501 characters', [randomUUID()], { content: 'x'.repeat(1_501) }],
    ['with a half of a character', [randomUUID()], { content: '\ud800' }],
    ['with a life of a second', [randomUUID()], { ttl: 1 }],
    ['with a life of a year', [randomUUID()], { ttl: 365 * 86_400 }],
    ['with a life that is no number', [randomUUID()], { ttl: '3600' }],
    ['with an unknown channel', [randomUUID()], { channels: ['pigeon'] }],
    ['with a template and a text', [randomUUID()], { template: 'season-ends' }],
    ['with an unknown field', [randomUUID()], { colour: 'red' }],
  ])('%s is refused, and nothing is written', async (_, players, more) => {
    const before = await eventCount();
    expect(codeOf(await tell(players, more))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });

  test('needs a key, and players that there are', async () => {
    const player = await node.signIn();
    const before = await eventCount();
    expect(codeOf(await tell([player.id], {}, null))).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
    expect(codeOf(await tell([player.id, player.id]))).toEqual([400, 'VALIDATION_FAILED']);
    const unknown = await tell([player.id, randomUUID()]);
    expect(codeOf(unknown)).toEqual([404, 'PLAYER_NOT_FOUND']);
    expect(unknown.body.error.details).toEqual([{ field: 'body.player_ids.1', problem: 'is not a player' }]);
    expect(await eventCount()).toBe(before);
  });
});

describe("a player's list", () => {
  test('shows unread ones first, then the newest, page by page, until they are deleted or their time is over', async () => {
    const player = await node.signIn();
    const titles = ['one', 'two', 'three', 'four', 'five'];
    const ids = new Map<string, string>();
    for (const [index, title] of titles.entries()) {
      const { body } = await tell([player.id], { title, ttl: title === 'one' ? 60 : 3_600 });
      ids.set(title, body.notification_id);
      await listed(player.token, index + 1);
    }
    const readOf = async (title: string) => act(player.token, 'POST', `${ids.get(title)}/read`);
    const { status, body, headers } = await readOf('four');
    expect([status, body]).toEqual([200, { notification_id: ids.get('four'), read: true }]);
    expect((await readOf('four')).status).toBe(200);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await node.call(`/v1/notifications?limit=2${cursor}`, {
        token: player.token,
        headers: { 'sandai-wait-for': headers.get('sandai-position')! },
      });
      seen.push(...page.body.items.map(({ title }: { title: string }) => title));
      if (page.body.next_cursor === null) break;
      cursor = `&cursor=${page.body.next_cursor}`;
    }
    expect(seen).toEqual(['five', 'three', 'two', 'one', 'four']);

    for (const _ of [1, 2]) expect((await act(player.token, 'DELETE', ids.get('three')!)).status).toBe(204);
    expect(codeOf(await readOf('three'))).toEqual([404, 'NOTIFICATION_NOT_FOUND']);
    now += 61_000;
    expect(codeOf(await readOf('one'))).toEqual([404, 'NOTIFICATION_NOT_FOUND']);
    expect((await listed(player.token, 3)).body.items.map(({ title }: { title: string }) => title)).toEqual([
      'five',
      'two',
      'four',
    ]);
    const all = await act(player.token, 'POST', 'read');
    expect([all.status, all.body]).toEqual([200, { read: 2, more: false }]);
    await until(
      () => list(player.token),
      (page) => page.body.items.every(({ read }: { read: boolean }) => read),
    );
  });

  test('is of its player only', async () => {
    const [player, stranger] = [await node.signIn(), await node.signIn()];
    const { body } = await tell([player.id]);
    await listed(player.token, 1);
    const before = await eventCount();
    expect((await list(stranger.token)).body.items).toEqual([]);
    expect(codeOf(await act(stranger.token, 'POST', `${body.notification_id}/read`))).toEqual([
      404,
      'NOTIFICATION_NOT_FOUND',
    ]);
    expect(codeOf(await act(stranger.token, 'DELETE', body.notification_id))).toEqual([404, 'NOTIFICATION_NOT_FOUND']);
    expect(codeOf(await act(player.token, 'POST', `${randomUUID()}/read`))).toEqual([404, 'NOTIFICATION_NOT_FOUND']);
    expect(codeOf(await act(player.token, 'POST', 'nonsense/read'))).toEqual([400, 'VALIDATION_FAILED']);
    expect(codeOf(await list(player.token, '?cursor=nonsense'))).toEqual([400, 'VALIDATION_FAILED']);
    expect(codeOf(await list('forged'))).toEqual([401, 'UNAUTHENTICATED']);
    expect(await eventCount()).toBe(before);
  });

  test('shows nothing any more once the player is erased', async () => {
    const player = await node.signIn();
    await tell([player.id]);
    await listed(player.token, 1);
    await node.call(`/v1/players/${player.id}/personal-data`, {
      method: 'DELETE',
      token: cluster.operator('admin'),
      key: newKey(),
    });
    await until(
      () => tell([player.id]),
      (answer) => answer.status === 404,
    );
  });
});

describe('preferences', () => {
  test('say by which channels a player is reached from then on', async () => {
    const player = await node.signIn();
    const all = { in_app: true, email: true, push: true };
    expect((await act(player.token, 'GET', 'preferences')).body).toEqual(all);
    const wanted = { in_app: false, email: false, push: true };
    const change = await act(player.token, 'PUT', 'preferences', wanted);
    expect([change.status, change.body]).toEqual([200, wanted]);
    expect((await other.call('/v1/notifications/preferences', { token: player.token })).body).toEqual(wanted);
    const { body } = await tell([player.id]);
    const sendings = async () =>
      (await node.call(`/v1/notifications/${body.notification_id}/sendings`, { token: ops })).body.items;
    const ended = await until(sendings, (items) => items[0]?.status === 'sent');
    // nothing is configured that would send it
    expect(ended).toEqual([{ player_id: player.id, channel: 'push', status: 'sent', attempts: 0, reason: 'recorded' }]);
    expect((await list(player.token)).body.items).toEqual([]);
    expect(cluster.lines.some(({ msg, channel }) => channel === 'push' && String(msg).startsWith('recorded'))).toBe(
      true,
    );
  });

  test.each([{}, { in_app: true, email: true }, { in_app: 'yes', email: true, push: true }])(
    'are refused as %j',
    async (body) => {
      const player = await node.signIn();
      expect(codeOf(await act(player.token, 'PUT', 'preferences', body))).toEqual([400, 'VALIDATION_FAILED']);
    },
  );
});

describe('a template', () => {
  const path = (name: string) => `/v1/notifications/templates/${name}`;
  const write = (name: string, title: string, content = 'A text') =>
    node.call(path(name), { method: 'PUT', token: ops, body: { title, content } });

  test('is filled in for each player, by name', async () => {
    expect((await write('greeting', '{{season}} ends', 'Hurry, {{display_name}}.')).status).toBe(200);
    const [ada, nobody] = [await node.signIn(), await node.signIn()];
    const named = await node.call('/v1/profile', {
      method: 'PATCH',
      token: ada.token,
      body: { display_name: 'Ada' },
    });
    await node.call('/v1/profile', {
      token: ada.token,
      headers: { 'sandai-wait-for': named.headers.get('sandai-position')! },
    });
    const filled = { title: undefined, content: undefined, template: 'greeting', variables: { season: 'spring' } };
    expect((await tell([ada.id, nobody.id], filled)).status).toBe(202);
    expect((await listed(ada.token, 1)).body.items).toMatchObject([{ title: 'spring ends', content: 'Hurry, Ada.' }]);
    expect((await listed(nobody.token, 1)).body.items[0].content).toBe('Hurry, player.');
    const { body } = await tell([ada.id], { ...filled, variables: {} });
    expect(body.error).toMatchObject({
      code: 'NOTIFICATION_VARIABLE_MISSING',
      details: [{ field: 'body.variables.season', problem: 'is missing' }],
    });
    const long = await tell([ada.id], { ...filled, variables: { season: 'x'.repeat(200) } });
    expect(codeOf(long)).toEqual([422, 'NOTIFICATION_TOO_LONG']);
  });

  test('is listed by name, and gone when it is removed', async () => {
    for (const name of ['zebra', 'apple']) await write(name, name);
    const removed = await node.call(path('zebra'), { method: 'DELETE', token: ops });
    expect(removed.status).toBe(204);
    const names: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await node.call(`/v1/notifications/templates?limit=1${cursor}`, {
        token: ops,
        headers: { 'sandai-wait-for': removed.headers.get('sandai-position')! },
      });
      names.push(...body.items.map(({ template }: { template: string }) => template));
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(names).toEqual([...names].sort());
    expect(names).toContain('apple');
    expect(names).not.toContain('zebra');
    expect(codeOf(await node.call(path('zebra'), { method: 'DELETE', token: ops }))).toEqual([
      404,
      'NOTIFICATION_TEMPLATE_NOT_FOUND',
    ]);
    const player = await node.signIn();
    const gone = await tell([player.id], { title: undefined, content: undefined, template: 'zebra' });
    expect(codeOf(gone)).toEqual([404, 'NOTIFICATION_TEMPLATE_NOT_FOUND']);
    expect(codeOf(await write('Zebra', 'x'))).toEqual([400, 'VALIDATION_FAILED']);
  });
});

test('what became of an unknown notification is not told, and nothing of it is tried again', async () => {
  const unknown = randomUUID();
  const notFound = [404, 'NOTIFICATION_NOT_FOUND'];
  expect(codeOf(await node.call(`/v1/notifications/${unknown}/sendings`, { token: ops }))).toEqual(notFound);
  const retry = (id: string, body: object) => node.call(`/v1/notifications/${id}/sendings/retry`, { token: ops, body });
  expect(codeOf(await retry(unknown, { player_id: randomUUID(), channel: 'push' }))).toEqual(notFound);
  expect(codeOf(await retry(unknown, { player_id: randomUUID(), channel: 'in_app' }))).toEqual([
    400,
    'VALIDATION_FAILED',
  ]);
  const player = await node.signIn();
  const { body } = await tell([player.id]);
  await until(
    async () => (await node.call(`/v1/notifications/${body.notification_id}/sendings`, { token: ops })).body.items,
    (items) => items.length === 2 && !JSON.stringify(items).includes('pending'),
  );
  expect(codeOf(await retry(body.notification_id, { player_id: player.id, channel: 'push' }))).toEqual([
    409,
    'SENDING_NOT_DEAD',
  ]);
});
