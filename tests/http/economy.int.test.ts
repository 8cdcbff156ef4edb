import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOfRequests, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let ops: string;
let service: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  [admin, ops] = [cluster.operator('admin'), cluster.operator('ops')];
  service = await cluster.serviceKey(['economy:write']);
  await define('pack');
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const eventCount = () => eventsOfRequests(cluster);
const pack = {
  name: 'A pack',
  price: { amount: 499, currency: 'EUR' },
  grants: { items: [{ item: 'sword', quantity: 1 }], currencies: [{ currency: 'gems', amount: 500 }] },
};
const define = (product: string, body: unknown = pack, token = admin) =>
  node.call(`/v1/products/${product}`, { method: 'PUT', token, body });
const buy = (player: Player, product: string, receipt: unknown, key = newKey(), at = node, more: object = {}) =>
  at.call('/v1/purchases', {
    token: player.token,
    key,
    body: { product_id: product, store: 'test', receipt, ...more },
  });
const refund = (purchase: string, token = ops) =>
  node.call(`/v1/purchases/${purchase}/refund`, { method: 'POST', token, key: newKey() });
const post = (player: Player, body: object, token = service, key = newKey()) =>
  node.call('/v1/inventory/entries', { token, key, body: { player_id: player.id, ref: 'test', ...body } });
const seenBy = (reply: Reply) => ({ 'sandai-wait-for': reply.headers.get('sandai-position') ?? '' });
const inventory = async (player: Player, since: Reply) =>
  (await node.call('/v1/inventory', { token: player.token, headers: seenBy(since) })).body;
const gems = (amount: number) => ({ currencies: [{ currency: 'gems', amount }] });

describe('the catalogue', () => {
  test('shows what is on sale by id, page by page, and to operators what was retired too', async () => {
    for (const product of ['cat-a', 'cat-b', 'cat-c']) await define(product);
    const retired = await node.call('/v1/products/cat-b', { method: 'DELETE', token: admin });
    expect(retired.status).toBe(204);
    const list = async (token: string) => {
      const ids: string[] = [];
      for (let cursor = ''; ; ) {
        const page = await node.call(`/v1/products?limit=1${cursor}`, { token, headers: seenBy(retired) });
        ids.push(...page.body.items.map((item: { product_id: string }) => item.product_id));
        if (page.body.next_cursor === null) return ids.filter((id) => id.startsWith('cat-'));
        cursor = `&cursor=${page.body.next_cursor}`;
      }
    };
    expect(await list((await node.signIn()).token)).toEqual(['cat-a', 'cat-c']);
    expect(await list(ops)).toEqual(['cat-a', 'cat-b', 'cat-c']);
  });

  test('shows a product as it was last defined', async () => {
    await define('changing');
    const grants = { items: [], currencies: [{ currency: 'gems', amount: 7 }] };
    const changed = await define('changing', { ...pack, name: 'Another', grants });
    const shown = { product_id: 'changing', name: 'Another', price: pack.price, grants, status: 'on_sale' };
    expect(changed.body).toEqual(shown);
    const { body } = await node.call('/v1/products?limit=100', { token: ops, headers: seenBy(changed) });
    expect(body.items).toContainEqual(shown);
  });

  test.each([
    ['no name', { ...pack, name: undefined }],
    ['an empty name', { ...pack, name: ' ' }],
    ['a price below 0', { ...pack, price: { amount: -1, currency: 'EUR' } }],
    ['a broken price', { ...pack, price: { amount: 4.99, currency: 'EUR' } }],
    ['a currency that is none', { ...pack, price: { amount: 1, currency: 'euro' } }],
    ['a grant of nothing', { ...pack, grants: gems(0) }],
    ['a grant that is too large', { ...pack, grants: gems(1e12 + 1) }],
    ['a broken grant', { ...pack, grants: gems(0.5) }],
    ['an item twice', { ...pack, grants: { items: [pack.grants.items[0], pack.grants.items[0]] } }],
    ['an unknown field', { ...pack, colour: 'red' }],
    ['no body', null],
  ])('refuses a product with %s, and writes nothing', async (_, body) => {
    const before = await eventCount();
    expect(codeOf(await define('refused', body))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });

  test('is changed by admins only', async () => {
    expect(codeOf(await define('refused', pack, ops))).toEqual([403, 'FORBIDDEN']);
    const gone = await node.call('/v1/products/nowhere', { method: 'DELETE', token: admin });
    expect(codeOf(gone)).toEqual([404, 'PRODUCT_NOT_FOUND']);
  });
});

describe('a purchase', () => {
  test('with a receipt grants what was paid for', async () => {
    const player = await node.signIn();
    const made = await buy(player, 'pack', cluster.receipt('pack'));
    expect([made.status, made.body]).toEqual([201, { purchase_id: expect.any(String), status: 'validated' }]);
    const place = `/v1/purchases/${made.body.purchase_id}`;
    expect(made.headers.get('location')).toBe(place);
    expect(await inventory(player, made)).toMatchObject({
      player_id: player.id,
      items: [{ item: 'sword', quantity: 1 }],
      currencies: [{ currency: 'gems', balance: 500 }],
      entries: [
        {
          entry: 1,
          cause: { kind: 'purchase', ref: made.body.purchase_id },
          changes: [
            { kind: 'currency', name: 'gems', amount: 500, balance: 500 },
            { kind: 'item', name: 'sword', amount: 1, balance: 1 },
          ],
        },
      ],
    });
    const { body } = await node.call(place, { token: player.token, headers: seenBy(made) });
    expect(body).toMatchObject({ status: 'validated', product_id: 'pack', price: pack.price, refusal: null });
  });

  test('that is sent again under its key is answered alike, on any node, and grants once', async () => {
    const player = await node.signIn();
    const [key, receipt] = [newKey(), cluster.receipt('pack')];
    const replies = await Promise.all([1, 2, 3, 4].map((n) => buy(player, 'pack', receipt, key, n % 2 ? node : other)));
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(new Set(replies.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await inventory(player, replies[0]!)).currencies).toEqual([{ currency: 'gems', balance: 500 }]);
  });

  test('is made once with a receipt, whoever shows it, on any node, and the refusals are recorded', async () => {
    const players = [await node.signIn(), await node.signIn()] as const;
    const receipt = cluster.receipt('pack');
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) => buy(players[n % 2]!, 'pack', receipt, newKey(), n < 4 ? node : other)),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.map(codeOf)).toEqual(refused.map(() => [409, 'RECEIPT_ALREADY_USED']));
    const rows = await cluster.db.query(
      `select data from events where type = 'PurchaseRefused' and data ->> 'playerId' in ($1, $2)`,
      players.map(({ id }) => id),
    );
    expect(rows).toHaveLength(7);
  });

  test.each([
    ['that nobody signed', () => 'nonsense', 'RECEIPT_INVALID'],
    ['of another tenant', () => cluster.receipt('pack', { tenant: 'acme' }), 'RECEIPT_INVALID'],
    ['with another signature', () => `${cluster.receipt('pack').slice(0, -4)}AAAA`, 'RECEIPT_INVALID'],
    ['of another product', () => cluster.receipt('changing'), 'RECEIPT_OF_ANOTHER_PRODUCT'],
  ])('with a receipt %s is refused and recorded, and grants nothing', async (_, receipt, code) => {
    const player = await node.signIn();
    expect(codeOf(await buy(player, 'pack', receipt()))).toEqual([422, code]);
    const types = await cluster.db.query(
      `select type from events where data ->> 'playerId' = $1 and type not in ('PlayerRegistered', 'DeviceLinked', 'PlayerAuthenticated')`,
      [player.id],
    );
    expect(types).toEqual([{ type: 'PurchaseRefused' }]);
  });

  test('of what is not there, or in an unknown store, is refused and writes nothing', async () => {
    const player = await node.signIn();
    const before = await eventCount();
    expect(codeOf(await buy(player, 'nowhere', cluster.receipt('nowhere')))).toEqual([404, 'PRODUCT_NOT_FOUND']);
    expect(codeOf(await buy(player, 'pack', 'x', newKey(), node, { store: 'steam' }))).toEqual([422, 'STORE_UNKNOWN']);
    expect(await eventCount()).toBe(before);
  });

  test('of a retired product is made if it was paid for before, on a node that did not hear of it yet too', async () => {
    await define('leaving');
    const player = await node.signIn();
    const [early, third] = [cluster.receipt('leaving'), cluster.receipt('leaving')];
    expect((await buy(player, 'leaving', third, newKey(), other)).status).toBe(201);
    await node.call('/v1/products/leaving', { method: 'DELETE', token: admin });
    const late = cluster.receipt('leaving', { purchasedAt: new Date(Date.now() + 1_000).toISOString() });
    expect(codeOf(await buy(player, 'leaving', late, newKey(), other))).toEqual([409, 'PRODUCT_RETIRED']);
    expect((await buy(player, 'leaving', early, newKey(), other)).status).toBe(201);
  });

  test.each([
    ['no receipt', { receipt: undefined }],
    ['an empty receipt', { receipt: '' }],
    ['a number for a receipt', { receipt: 7 }],
    ['a huge receipt', { receipt: 'x'.repeat(16_385) }],
    ['a store of another form', { store: 'Test Store' }],
    ['an unknown field', { price: 0 }],
  ])('with %s is refused as a request, and writes nothing', async (_, more) => {
    const player = await node.signIn();
    const before = await eventCount();
    expect(codeOf(await buy(player, 'pack', 'x', newKey(), node, more))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });

  test('needs a key and a player', async () => {
    const player = await node.signIn();
    const body = { product_id: 'pack', store: 'test', receipt: cluster.receipt('pack') };
    const without = await node.call('/v1/purchases', { token: player.token, body });
    expect(codeOf(without)).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
    expect(codeOf(await node.call('/v1/purchases', { body, key: newKey() }))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('is listed for whoever made it, the newest first, page by page, and shown to no other player', async () => {
    const [player, stranger] = [await node.signIn(), await node.signIn()];
    const made: string[] = [];
    let last: Reply | undefined;
    for (let n = 0; n < 3; n += 1) {
      last = await buy(player, 'pack', cluster.receipt('pack'));
      made.unshift(last.body.purchase_id);
    }
    const listed: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await node.call(`/v1/purchases?limit=2${cursor}`, {
        token: player.token,
        headers: seenBy(last!),
      });
      listed.push(...body.items.map((item: { purchase_id: string }) => item.purchase_id));
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(listed).toEqual(made);
    const seen = await node.call(`/v1/purchases/${made[0]}`, { token: stranger.token, headers: seenBy(last!) });
    expect(codeOf(seen)).toEqual([404, 'PURCHASE_NOT_FOUND']);
    expect((await node.call('/v1/purchases', { token: stranger.token })).body.items).toEqual([]);
    expect(codeOf(await node.call('/v1/purchases?cursor=x', { token: player.token }))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });
});

describe('a refund', () => {
  test('takes back exactly what was granted, once', async () => {
    const player = await node.signIn();
    const { purchase_id: id } = (await buy(player, 'pack', cluster.receipt('pack'))).body;
    const first = await refund(id);
    expect([first.status, first.body]).toEqual([200, { purchase_id: id, status: 'refunded' }]);
    const again = await refund(id);
    expect(again.body).toEqual(first.body);
    const { items, currencies, entries } = await inventory(player, again);
    expect([items, currencies, entries.length]).toEqual([[], [], 2]);
    const { body } = await node.call(`/v1/purchases/${id}`, { token: ops, headers: seenBy(again) });
    expect(body).toMatchObject({ status: 'refunded', reversed_at: expect.any(String) });
  });

  test('of what was spent leaves a debt, which what comes next pays for', async () => {
    const player = await node.signIn();
    const { purchase_id: id } = (await buy(player, 'pack', cluster.receipt('pack'))).body;
    expect((await post(player, { take: gems(120) })).body.currencies).toEqual([{ currency: 'gems', balance: 380 }]);
    const refunded = await refund(id);
    expect((await inventory(player, refunded)).currencies).toEqual([{ currency: 'gems', balance: -120 }]);
    expect(codeOf(await post(player, { take: gems(1) }))).toEqual([409, 'INSUFFICIENT_FUNDS']);
    expect((await post(player, { give: gems(200) })).body.currencies).toEqual([{ currency: 'gems', balance: 80 }]);
  });

  test('of a refused or unknown purchase is refused, and players may not ask for it', async () => {
    const player = await node.signIn();
    await buy(player, 'pack', 'nonsense');
    const [row] = await cluster.db.query(
      `select data ->> 'purchaseId' as id from events where type = 'PurchaseRefused' and data ->> 'playerId' = $1`,
      [player.id],
    );
    expect(codeOf(await refund(String(row!['id'])))).toEqual([409, 'PURCHASE_NOT_REFUNDABLE']);
    expect(codeOf(await refund(player.id))).toEqual([404, 'PURCHASE_NOT_FOUND']);
    expect(codeOf(await refund('nonsense'))).toEqual([400, 'VALIDATION_FAILED']);
    expect(codeOf(await refund(player.id, player.token))).toEqual([403, 'FORBIDDEN']);
  });
});

describe('an entry in the ledger', () => {
  test('gives and takes at once, or not at all', async () => {
    const player = await node.signIn();
    await post(player, { give: gems(100) });
    const swap = { take: gems(60), give: { items: [{ item: 'shield', quantity: 2 }] } };
    const swapped = await post(player, swap);
    expect(swapped.body).toEqual({
      player_id: player.id,
      items: [{ item: 'shield', quantity: 2 }],
      currencies: [{ currency: 'gems', balance: 40 }],
    });
    const refused = await post(player, swap);
    expect(codeOf(refused)).toEqual([409, 'INSUFFICIENT_FUNDS']);
    const { items, currencies } = await inventory(player, swapped);
    expect([items, currencies]).toEqual([[{ item: 'shield', quantity: 2 }], [{ currency: 'gems', balance: 40 }]]);
  });

  test('counts once for its key', async () => {
    const player = await node.signIn();
    const key = newKey();
    for (let n = 0; n < 3; n += 1) await post(player, { give: gems(5) }, service, key);
    expect((await post(player, { give: gems(1) })).body.currencies).toEqual([{ currency: 'gems', balance: 6 }]);
  });

  test("is in the inventory of the profile, on every node, and in nobody else's", async () => {
    const [player, somebody] = [await node.signIn(), await node.signIn()];
    const posted = await post(player, { give: { items: [{ item: 'shield', quantity: 2 }], ...gems(40) } });
    const owned = async (token: string, at = node) =>
      (await at.call('/v1/profile', { token, headers: seenBy(posted) })).body.progression.inventory;
    const expected = {
      items: [{ item: 'shield', quantity: 2 }],
      currencies: [{ currency: 'gems', balance: 40 }],
    };
    for (const at of [node, other]) expect(await owned(player.token, at)).toEqual(expected);
    expect(await owned(somebody.token)).toEqual({ items: [], currencies: [] });
  });

  test('is not made by players, and not for somebody who is not there', async () => {
    const player = await node.signIn();
    expect(codeOf(await post(player, { give: gems(5) }, player.token))).toEqual([403, 'FORBIDDEN']);
    const nobody = { ...player, id: '0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e' };
    expect(codeOf(await post(nobody, { give: gems(5) }))).toEqual([404, 'PLAYER_NOT_FOUND']);
  });

  test.each([
    ['nothing', {}],
    ['the same on both sides', { give: gems(1), take: gems(1) }],
    ['less than nothing', { give: gems(-1) }],
    ['no reference', { give: gems(1), ref: undefined }],
    ['an asset twice', { give: { currencies: [...gems(1).currencies, ...gems(2).currencies] } }],
  ])('with %s is refused, and nothing is written', async (_, body) => {
    const player = await node.signIn();
    const before = await eventCount();
    expect(codeOf(await post(player, body))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });

  test('is read page by page, by the player or whoever may read players', async () => {
    const player = await node.signIn();
    let last: Reply | undefined;
    for (let n = 1; n <= 5; n += 1) last = await post(player, { give: gems(n) });
    const read = async (token: string, more: string) => {
      const numbers: number[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await node.call(`/v1/inventory/entries?limit=2${more}${cursor}`, {
          token,
          headers: seenBy(last!),
        });
        numbers.push(...body.entries.map(({ entry }: { entry: number }) => entry));
        if (body.next_cursor === null) return numbers;
        cursor = `&cursor=${body.next_cursor}`;
      }
    };
    expect(await read(player.token, '')).toEqual([5, 4, 3, 2, 1]);
    expect(await read(service, `&player_id=${player.id}`)).toEqual([5, 4, 3, 2, 1]);
  });
});

test("an inventory is its player's own: another's is not found, and others must say whose", async () => {
  const [player, stranger] = [await node.signIn(), await node.signIn()];
  const ask = (token: string, query: string) => node.call(`/v1/inventory${query}`, { token });
  expect(codeOf(await ask(stranger.token, `?player_id=${player.id}`))).toEqual([404, 'PLAYER_NOT_FOUND']);
  expect((await ask(player.token, `?player_id=${player.id}`)).status).toBe(200);
  expect(codeOf(await ask(ops, ''))).toEqual([400, 'VALIDATION_FAILED']);
  await cluster.tenant('acme');
  const foreign = cluster.operator('ops', 'acme');
  expect(codeOf(await ask(foreign, `?player_id=${player.id}`))).toEqual([404, 'PLAYER_NOT_FOUND']);
});
