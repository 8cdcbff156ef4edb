import { randomUUID } from 'node:crypto';
import { anyOf, at, nothing, type Operation, product, takeOf } from './model.ts';

const price = { amount: 499, currency: 'EUR' };
const gems = (amount: number) => ({ currencies: [{ currency: 'gems', amount }] });
export const definition = { name: 'Gems', price, grants: gems(500) };

/** What is sold, bought, given, and taken back. */
export const trading: readonly Operation[] = [
  { name: 'GET /v1/products', weight: 2 },
  {
    name: 'PUT /v1/products/{product_id}',
    weight: 0.3,
    as: 'admin',
    ask: () => at({ product_id: `bench-${randomUUID()}` }, { body: definition }),
    learn: ({ product_id }: { product_id: string }, _player, { products }) => void products.push(product_id),
  },
  {
    name: 'DELETE /v1/products/{product_id}',
    weight: 0.3,
    as: 'admin',
    ask: (_player, { products }) => at({ product_id: takeOf(products) }),
  },
  {
    name: 'POST /v1/purchases',
    weight: 2,
    ask(player, { signReceipt }) {
      const payment = randomUUID();
      player.payment = payment;
      return { body: { product_id: product, store: 'test', receipt: signReceipt(payment) } };
    },
    learn({ purchase_id }: { purchase_id: string }, player) {
      player.purchase = purchase_id;
    },
  },
  { name: 'GET /v1/purchases', weight: 1 },
  {
    name: 'GET /v1/purchases/{purchase_id}',
    weight: 1,
    ask: ({ purchase }) => at({ purchase_id: purchase }),
    refusals: { PURCHASE_NOT_FOUND: nothing }, // the read model is a moment behind
  },
  {
    name: 'POST /v1/purchases/{purchase_id}/refund',
    weight: 0.3,
    as: 'ops',
    ask: (_player, { players }) => at({ purchase_id: anyOf(players)?.purchase }),
    refusals: { PURCHASE_NOT_REFUNDABLE: nothing },
  },
  {
    name: 'POST /v1/psp/webhook',
    weight: 0.7,
    as: 'nobody',
    ask(player, { signWebhook }) {
      const transaction_id = player.payment;
      player.payment = null;
      const id = `evt_${randomUUID()}`;
      const raw =
        transaction_id === null
          ? `not an event: ${id}` // becomes a dead letter
          : JSON.stringify({ id, type: 'payment.charged_back', store: 'test', transaction_id });
      return { raw, headers: { 'sandai-signature': signWebhook(raw) } };
    },
  },
  { name: 'GET /v1/inventory', weight: 4 },
  { name: 'GET /v1/inventory/entries', weight: 1 },
  {
    name: 'POST /v1/inventory/entries',
    weight: 1,
    as: 'service',
    ask: ({ id }) => ({ body: { player_id: id, give: gems(5), ref: 'bench' } }),
  },
];
