import type { ProductId, TenantId } from '../events/ids.ts';

/** What a player shows as proof of a payment. @property receipt as the store's client library gave it */
export type ShownReceipt = { readonly tenant: TenantId; readonly store: string; readonly receipt: string };

/** What a receipt proves.
 *  @property transaction SHA-256 of the store's id of the payment, 64 hexadecimal digits
 *  @property purchasedAt RFC 3339 UTC, by the store */
export type ProvenPayment = {
  readonly transaction: string;
  readonly productId: ProductId;
  readonly purchasedAt: string;
};

/** `store_unknown`: receipts of this store are not taken here; `invalid`: the store did not give this receipt, or to somebody else. */
export type ReceiptVerdict =
  | ({ readonly ok: true } & ProvenPayment)
  | { readonly ok: false; readonly reason: 'store_unknown' | 'invalid' };

/** Asks a store whether a receipt is its own. */
export interface ReceiptValidator {
  /** @throws when the store cannot be asked at the moment */
  validate(shown: ShownReceipt): Promise<ReceiptVerdict>;
}
