import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, playerIdField } from './fields.ts';
import { type PurchaseId, streamId, type TenantId } from './ids.ts';
import { grantsField, priceField, productIdField } from './product.ts';

export const purchaseIdField = z.uuid() as unknown as z.ZodType<PurchaseId, string>;
/** Name of a store whose receipts are taken. */
export const storeField = z.string().regex(/^[a-z0-9_-]{1,32}$/);
/** SHA-256 of a store's transaction id: the id itself stands nowhere. */
const transactionField = z.string().regex(/^[0-9a-f]{64}$/);
export const refusalField = z.enum(['invalid', 'of_another_product', 'already_used', 'revoked']);
/** Why a receipt was refused. */
export type ReceiptRefusal = z.infer<typeof refusalField>;
export const reversalField = z.enum(['refund', 'chargeback']);
/** Why a purchase was taken back: we gave the money back, or whoever paid had it taken back. */
export type Reversal = z.infer<typeof reversalField>;

const bought = {
  purchaseId: purchaseIdField,
  playerId: playerIdField,
  productId: productIdField,
  store: storeField,
};

/** Stream `purchase-<tenant>_<purchase>`. */
export const purchaseEvents = {
  /** The receipt proved that it was paid for; what was granted for it stands in the player's ledger. */
  PurchaseValidated: define({
    version: 1,
    schema: z.object({
      ...bought,
      transaction: transactionField,
      purchasedAt: instantField,
      price: priceField,
      grants: grantsField,
    }),
    message: ({ purchaseId, playerId, productId, store, price, grants, purchasedAt }) => ({
      aggregateType: 'purchase',
      aggregateId: purchaseId,
      payload: {
        purchase_id: purchaseId,
        player_id: playerId,
        product_id: productId,
        store,
        price,
        grants,
        purchased_at: purchasedAt,
      },
    }),
  }),
  PurchaseRefused: define({ version: 1, schema: z.object({ ...bought, reason: refusalField }) }),
  PurchaseRefunded: define({
    version: 1,
    schema: z.object({ purchaseId: purchaseIdField, playerId: playerIdField, reason: reversalField }),
    message: ({ purchaseId, playerId, reason }) => ({
      aggregateType: 'purchase',
      aggregateId: purchaseId,
      payload: { purchase_id: purchaseId, player_id: playerId, reason },
    }),
  }),
} satisfies Record<string, EventDefinition>;

/** Stream `receipt-<tenant>_<store>_<transaction>`: its first version is what makes a receipt count once. */
export const receiptEvents = {
  ReceiptClaimed: define({
    version: 1,
    schema: z.object({
      store: storeField,
      transaction: transactionField,
      purchaseId: purchaseIdField,
      playerId: playerIdField,
    }),
  }),
  /** The money went back before anybody showed the receipt. */
  ReceiptRevoked: define({
    version: 1,
    schema: z.object({ store: storeField, transaction: transactionField, reason: reversalField }),
  }),
} satisfies Record<string, EventDefinition>;

export type PurchaseEvent = EventsOf<typeof purchaseEvents>;
export type ReceiptEvent = EventsOf<typeof receiptEvents>;

/** A payment in a store. @property transaction SHA-256 of the store's id of it, 64 hexadecimal digits */
export type TransactionRef = { readonly store: string; readonly transaction: string };

export const purchaseStream = (tenant: TenantId, purchase: PurchaseId) => streamId('purchase', tenant, purchase);
export const receiptStream = (tenant: TenantId, { store, transaction }: TransactionRef) =>
  streamId('receipt', tenant, store, transaction);
