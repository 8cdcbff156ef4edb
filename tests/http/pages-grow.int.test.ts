import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTenant, type Tenant, type World } from './foreign-ids/tenants.ts';
import { attempts } from './foreign-ids.ts';
import { type List, listsOf, onePage } from './lists.ts';
import { filledPath } from './operations.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let tenant: Tenant;
let world: World;
let lists: readonly List[];
/** Where the last write stands: what is read must hold it. */
let position = '';
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  [tenant, world] = await makeTenant(cluster, node, 'acme');
  lists = (await listsOf(node)).filter(({ path }) => !onePage.has(path));
});
afterAll(() => cluster.stop());

let grown = 0;
/** Adds to as many lists as there are. */
async function grow() {
  grown += 1;
  const [name, { player, tokens, receipt }] = [`n${grown}`, tenant];
  const ask = async (token: string, path: string, method: string, body?: object, headers = {}) => {
    const key = method === 'GET' ? {} : { key: newKey() };
    const reply = await node.call(path, { method, token, headers, ...key, ...(body && { body }) });
    expect(reply.status, `${method} ${path} ${reply.text}`).toBeLessThan(300);
    position = reply.headers.get('sandai-position') ?? position;
    return reply.body;
  };
  const asAdmin = ask.bind(null, tokens.admin);
  const asPlayer = ask.bind(null, player.token);
  const headers = { 'x-client-key': tenant.clientKey };
  const { token } = await node.signIn(player.device, headers);
  await ask(token, '/v1/devices', 'POST', { device_id: `device-${name}-${newKey()}` });
  await asAdmin('/v1/seasons', 'POST', { season: name, operator: 'best' });
  await asAdmin('/v1/tournaments', 'POST', {
    tournament: name,
    operator: 'best',
    cron: '0 0 * * *',
    duration_s: 86_400,
  });
  const text = { title: 'A title', content: 'A text' };
  await asAdmin(`/v1/notifications/templates/${name}`, 'PUT', text);
  await asAdmin('/v1/notifications', 'POST', { ...text, player_ids: [player.id], ttl: 3_600 });
  const grants = { currencies: [{ currency: 'gems', amount: 5 }] };
  await asAdmin(`/v1/products/${name}`, 'PUT', { name, price: { amount: 1, currency: 'EUR' }, grants });
  await asPlayer('/v1/purchases', 'POST', { product_id: name, store: 'test', receipt: receipt(name) });
  await asPlayer('/v1/groups', 'POST', { name: `Group ${name}`, visibility: 'public' });
  const events = [{ event_id: randomUUID(), name: `event_${name}`, at: new Date().toISOString() }];
  await asPlayer('/v1/analytics/events', 'POST', { events });
  await asAdmin(`/v1/experiment-layers/${name}`, 'PUT', {});
  const cohorts = [{ cohort: world['cohort']!, share: 10_000 }];
  await asAdmin(`/v1/experiments/${name}`, 'PUT', { cohorts, control: world['cohort']! });
  const variant = `/v1/config/${name}/${world['cohort']!}`;
  await asAdmin(variant, 'PUT', { values: { n: grown } }, { 'if-match': '"0"' });
  await asAdmin(`/v1/experiments/${name}/start`, 'POST', {});
  await ask(token, `/v1/experiments/${name}/assignment`, 'GET', undefined, { 'sandai-wait-for': position });
  const mine = `/v1/config/${world['experiment']!}/${world['cohort']!}`;
  await asAdmin(mine, 'PUT', { values: { n: grown } }, { 'if-match': `"${grown}"` });
  await asPlayer(`/v1/leaderboards/${world['season']!}/score`, 'POST', { score: grown });
  const address = { email: `${name}@example.com`, password: 'a long password', create: true };
  await ask(player.token, '/v1/auth/email', 'POST', address, headers);
  const rival = await node.signIn(undefined, headers);
  const asRival = ask.bind(null, rival.token);
  await asRival(`/v1/leaderboards/${world['season']!}/score`, 'POST', { score: grown });
  await asRival(`/v1/groups/${world['group']!}/join`, 'POST');
  const { group_id } = await asRival('/v1/groups', 'POST', { name: `Secret ${name}`, visibility: 'private' });
  await asRival(`/v1/groups/${group_id}/invites`, 'POST', { player_id: player.id });
}

const nameOf = ({ path }: List) => `GET ${path}`;
const itemsOf = ({ body }: Reply): readonly unknown[] => body.items ?? body.entries;
const read = (list: List, query: Record<string, string>) => {
  const { as, ids = {} } = attempts[nameOf(list)]!;
  const path = filledPath(list.path, (parameter) => world[ids[parameter]!]!);
  const headers = { 'sandai-wait-for': position };
  return node.call(`${path}?${new URLSearchParams(query)}`, { token: tenant.tokens[as], headers });
};
/** Pages of one after a cursor. */
async function pagesAfter(list: List, cursor: string | null): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (let next = cursor; next !== null; ) {
    const reply = await read(list, { limit: '1', cursor: next });
    expect([list.path, reply.status], reply.text).toEqual([list.path, 200]);
    expect(itemsOf(reply).length).toBeLessThanOrEqual(1);
    found.push(...itemsOf(reply));
    expect(found.length, list.path).toBeLessThan(1_000);
    next = reply.body.next_cursor;
  }
  return found;
}

/** Lists of which there are not two items here; tests of their own read those page by page. */
const short = [
  '/v1/seasons/{season}/history',
  '/v1/tournaments/{tournament}/occurrences',
  '/v1/tournaments/{tournament}/leaderboard',
  '/v1/dead-letters',
  '/v1/bot/commands',
  '/v1/matches',
  '/v1/players/{player_id}/play-sessions',
  '/v1/analytics/economy',
  '/v1/groups/{group_id}/requests',
];
/** What an item is told apart by; the rest may change while the list is read. */
const itself = (item: unknown): string => {
  const { rank: _, member_count: __, ...rest } = item as Record<string, unknown>;
  return JSON.stringify(rest);
};

test('each list is read page by page without an item twice or left out, while more come', async () => {
  for (let n = 0; n < 3; n += 1) await grow();
  const begun: { list: List; all: readonly unknown[]; first: Reply }[] = [];
  for (const list of lists) {
    const first = await read(list, { limit: '1' });
    if (first.body.next_cursor) begun.push({ list, all: itemsOf(await read(list, { limit: '100' })), first });
  }
  const told = begun.map(({ list }) => list.path);
  const shorter = lists.map(({ path }) => path).filter((path) => !told.includes(path));
  expect(shorter, 'make two items of a new list in `grow`, or enter it in `short`').toEqual(short);
  await grow();
  for (const { list, all, first } of begun) {
    const paged = [...itemsOf(first), ...(await pagesAfter(list, first.body.next_cursor))].map(itself);
    expect([list.path, paged.length]).toEqual([list.path, new Set(paged).size]);
    expect([list.path, all.map(itself).filter((item) => !paged.includes(item))]).toEqual([list.path, []]);
  }
});

test('a cursor of another list is refused, or means a place in this one', async () => {
  const cursors: string[] = [];
  for (const list of lists) {
    const { body } = await read(list, { limit: '1' });
    if (body.next_cursor) cursors.push(body.next_cursor);
  }
  const others = [...new Set(cursors)].filter((_, index) => index % 3 === 0);
  for (const list of lists)
    for (const cursor of others) {
      const { status, body, text } = await read(list, { cursor, limit: '1' });
      const { code, details } = body.error ?? {};
      if (status === 400) expect([code, details[0].field], list.path).toEqual(['VALIDATION_FAILED', 'query.cursor']);
      else if (short.includes(list.path)) expect([200, 409], text).toContain(status);
      else expect([list.path, status], text).toEqual([list.path, 200]);
    }
});
