import type { Attempts } from './attempt.ts';

export const economy: Attempts = {
  'GET /v1/products': { as: 'player', own: true },
  'PUT /v1/products/{product_id}': {
    as: 'admin',
    own: true,
    chosen: { product_id: 'of-my-own' },
    body: { name: 'A thing', price: { amount: 1, currency: 'EUR' }, grants: { items: [], currencies: [] } },
  },
  'DELETE /v1/products/{product_id}': {
    as: 'admin',
    ids: { product_id: 'product' },
    refusal: ['PRODUCT_NOT_FOUND'],
  },
  'POST /v1/purchases': {
    as: 'player',
    ids: { product_id: 'product' },
    body: { store: 'test', receipt: 'nonsense' },
    refusal: ['PRODUCT_NOT_FOUND'],
  },
  'GET /v1/purchases': { as: 'player', own: true },
  'GET /v1/purchases/{purchase_id}': {
    as: 'ops',
    ids: { purchase_id: 'purchase' },
    refusal: ['PURCHASE_NOT_FOUND'],
  },
  'POST /v1/purchases/{purchase_id}/refund': {
    as: 'ops',
    ids: { purchase_id: 'purchase' },
    refusal: ['PURCHASE_NOT_FOUND'],
  },
  'GET /v1/inventory': { as: 'player', own: true },
  'GET /v1/inventory/entries': { as: 'player', own: true },
  'POST /v1/inventory/entries': {
    as: 'service',
    ids: { player_id: 'player' },
    body: { give: { currencies: [{ currency: 'gems', amount: 1 }] }, ref: 'nothing' },
    refusal: ['PLAYER_NOT_FOUND'],
  },

  'POST /v1/psp/webhook': { as: 'anonymous', own: true, body: { id: 'evt_1', type: 'payment.refunded' } },
};
