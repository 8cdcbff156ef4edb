import type { NewEvent } from '../../src/event-store/port.ts';
import type { ProductId, PurchaseId, StreamId } from '../../src/events/ids.ts';
import { productStream } from '../../src/events/product.ts';
import { purchaseStream } from '../../src/events/purchase.ts';
import { walletStream } from '../../src/events/wallet.ts';
import { player, tenant } from '../processors/log-under-test.ts';

const at = '2026-03-01T10:00:00.000Z';
const gems = (amount: number) => ({ kind: 'currency', asset: 'gems', amount }) as const;

/** An event of the economy for tests of read models, in any order: rows follow whatever history they are given. */
export function economyEvent(who: number, next: number): readonly [StreamId, NewEvent] {
  const productId = `product-${who}` as ProductId;
  const purchaseId = player(200 + who) as string as PurchaseId;
  const playerId = player(who);
  const price = { amount: next, currency: 'EUR' };
  const bought = { purchaseId, playerId, productId, store: 'test' };
  const product = productStream(tenant, productId);
  const purchase = purchaseStream(tenant, purchaseId);
  const choices: readonly (readonly [StreamId, NewEvent])[] = [
    [product, { type: 'ProductDefined', data: { productId, name: `Pack ${next}`, price, grants: [gems(1 + next)] } }],
    [product, { type: 'ProductRetired', data: { productId, retiredAt: at } }],
    [
      purchase,
      {
        type: 'PurchaseValidated',
        data: { ...bought, transaction: 'ab'.repeat(32), purchasedAt: at, price, grants: [gems(1)] },
      },
    ],
    [purchase, { type: 'PurchaseRefused', data: { ...bought, reason: 'invalid' } }],
    [purchase, { type: 'PurchaseRefunded', data: { purchaseId, playerId, reason: 'chargeback' } }],
    [
      walletStream(tenant, playerId),
      {
        type: 'LedgerEntryPosted',
        data: {
          playerId,
          cause: { kind: 'reward', ref: `match-${next}` },
          postings: [
            { ...gems(1), from: { account: 'rewards', balance: -next }, to: { account: 'player', balance: next } },
          ],
        },
      },
    ],
  ];
  return choices[next % choices.length]!;
}
