import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../src/event-store/port.ts';
import type { ProductId, PurchaseId, TenantId } from '../../src/events/ids.ts';
import { productStream } from '../../src/events/product.ts';
import { purchaseStream } from '../../src/events/purchase.ts';
import { walletStream } from '../../src/events/wallet.ts';
import { ledger } from '../../src/projections/ledger.ts';
import { balancesOf, entriesOf } from '../../src/projections/ledger-queries.ts';
import { listProducts, products } from '../../src/projections/products.ts';
import { findPurchase, listPurchases, purchases } from '../../src/projections/purchases.ts';
import { player, tenant } from '../processors/log-under-test.ts';
import { type RowsUnderTest, rowsUnderTest } from './rows-under-test.ts';

const readModels = [products, purchases, ledger];
const elsewhere = 'other' as TenantId;
const at = '2026-03-01T10:00:00.000Z';
let here: RowsUnderTest;
beforeAll(async () => {
  here = await rowsUnderTest(readModels);
});
afterAll(() => here.close());

const gems = (amount: number) => ({ kind: 'currency', asset: 'gems', amount }) as const;
const price = { amount: 499, currency: 'EUR' };

const sold = (id: string) => productStream(tenant, id as ProductId);
const defined = (id: string, name = 'Pack'): NewEvent => ({
  type: 'ProductDefined',
  data: { productId: id, name, price, grants: [gems(500)] },
});
const retired = (id: string): NewEvent => ({ type: 'ProductRetired', data: { productId: id, retiredAt: at } });
const catalogue = (alsoRetired: boolean, of = tenant) =>
  listProducts(here.database, here.generations, of, { after: '', alsoRetired, limit: 100 });

test('ProductDefined puts a product on sale, ProductRetired takes it off, and the next definition brings it back changed', async () => {
  await here.happened(sold('a-pack'), defined('a-pack'));
  const onSale = { productId: 'a-pack', name: 'Pack', price, grants: [gems(500)], isRetired: false };
  expect(await catalogue(false)).toEqual([onSale]);
  expect(await catalogue(true, elsewhere)).toEqual([]);
  await here.happened(sold('a-pack'), retired('a-pack'));
  expect(await catalogue(false)).toEqual([]);
  expect(await catalogue(true)).toEqual([{ ...onSale, isRetired: true }]);
  await here.happened(sold('a-pack'), defined('a-pack', 'Big pack'));
  expect(await catalogue(false)).toEqual([{ ...onSale, name: 'Big pack' }]);
});

test('an older event does not bring a retired product back', async () => {
  const [first] = await here.happened(sold('b-pack'), defined('b-pack'), retired('b-pack'));
  await here.project([first!]);
  expect((await catalogue(true)).find(({ productId }) => productId === 'b-pack')?.isRetired).toBe(true);
});

const purchaseOf = (who: number) => player(200 + who) as string as PurchaseId;
const bought = (who: number) => ({
  purchaseId: purchaseOf(who),
  playerId: player(who),
  productId: 'a-pack' as ProductId,
  store: 'test',
});
const validated = (who: number): NewEvent => ({
  type: 'PurchaseValidated',
  data: { ...bought(who), transaction: 'ab'.repeat(32), purchasedAt: at, price, grants: [gems(500)] },
});
const found = (who: number, of = tenant) => findPurchase(here.database, here.generations, of, purchaseOf(who));
const buy = (who: number, ...events: NewEvent[]) => here.happened(purchaseStream(tenant, purchaseOf(who)), ...events);

test('PurchaseValidated shows a purchase to its player and tenant', async () => {
  const [event] = await buy(1, validated(1));
  const row = { ...bought(1), status: 'validated', reason: null, price, madeAt: event!.recordedAt, reversedAt: null };
  expect(await found(1)).toEqual(row);
  expect(await found(1, elsewhere)).toBeNull();
  const listed = (who: number) =>
    listPurchases(here.database, here.generations, { tenant, playerId: player(who) }, { after: null, limit: 10 });
  expect(await listed(1)).toEqual([row]);
  expect(await listed(2)).toEqual([]);
});

test('PurchaseRefused keeps why, and no price', async () => {
  await buy(3, { type: 'PurchaseRefused', data: { ...bought(3), reason: 'already_used' } });
  expect(await found(3)).toMatchObject({ status: 'refused', reason: 'already_used', price: null, reversedAt: null });
});

test.each([
  { who: 4, reason: 'refund', status: 'refunded' },
  { who: 5, reason: 'chargeback', status: 'charged_back' },
] as const)('PurchaseRefunded by $reason makes it $status, and leaves what it was', async ({ who, reason, status }) => {
  const [made, back] = await buy(who, validated(who), {
    type: 'PurchaseRefunded',
    data: { purchaseId: purchaseOf(who), playerId: player(who), reason },
  });
  await here.project([made!]);
  expect(await found(who)).toMatchObject({
    ...bought(who),
    status,
    price,
    madeAt: made!.recordedAt,
    reversedAt: back!.recordedAt,
  });
});

test('LedgerEntryPosted moves balances of the player and of the house, and is an entry from the side of the player', async () => {
  const playerId = player(6);
  const owner = { tenant, playerId };
  const given: NewEvent = {
    type: 'LedgerEntryPosted',
    data: {
      playerId,
      cause: { kind: 'reward', ref: 'match-1' },
      postings: [{ ...gems(7), from: { account: 'rewards', balance: -7 }, to: { account: 'player', balance: 7 } }],
    },
  };
  const taken: NewEvent = {
    type: 'LedgerEntryPosted',
    data: {
      playerId,
      cause: { kind: 'spending', ref: 'shop' },
      postings: [{ ...gems(9), from: { account: 'player', balance: -2 }, to: { account: 'spending', balance: 9 } }],
    },
  };
  const [first, second] = await here.happened(walletStream(tenant, playerId), given, taken);
  await here.project([first!]);
  expect(await balancesOf(here.database, here.generations, owner)).toEqual([
    { kind: 'currency', asset: 'gems', balance: -2 },
  ]);
  expect(await balancesOf(here.database, here.generations, { tenant: elsewhere, playerId })).toEqual([]);
  const entries = await entriesOf(here.database, here.generations, owner, { before: null, limit: 10 });
  expect(entries).toEqual([
    {
      entry: 2,
      cause: { kind: 'spending', ref: 'shop' },
      postedAt: second!.recordedAt,
      changes: [{ ...gems(-9), balance: -2 }],
    },
    {
      entry: 1,
      cause: { kind: 'reward', ref: 'match-1' },
      postedAt: first!.recordedAt,
      changes: [{ ...gems(7), balance: 7 }],
    },
  ]);
  const sums = await here.query(
    'select sum(balance)::int as sum, count(*)::int as accounts from ledger_accounts__g1 where player_id = $1',
    [playerId],
  );
  expect(sums).toEqual([{ sum: 0, accounts: 3 }]);
});
