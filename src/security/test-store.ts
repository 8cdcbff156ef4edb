import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ProductId, TenantId } from '../events/ids.ts';
import type { ReceiptValidator } from '../ports/receipt-validator.ts';
import type { KeyRing } from './key-ring.ts';
import { transactionHash } from './transaction-hash.ts';

/** Name of the store whose receipts we sign ourselves, to try purchases out. */
export const testStoreName = 'test';

const payload = z.strictObject({
  tenant: z.string(),
  product_id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  transaction_id: z.string().regex(/^[!-~]{1,255}$/),
  purchased_at: z.iso.datetime(),
});
const signatureOf = (key: KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(`sandai test receipt 1.${text}`).digest();

/** A payment in the test store. @property purchasedAt RFC 3339 UTC */
export type TestPayment = {
  readonly tenant: TenantId;
  readonly productId: ProductId;
  readonly transactionId: string;
  readonly purchasedAt: string;
};

/** @returns the receipt: what was bought, and a signature over it, both as base64url */
export function signTestReceipt(key: KeyObject, payment: TestPayment): string {
  const { tenant, productId, transactionId, purchasedAt } = payment;
  const fields = { tenant, product_id: productId, transaction_id: transactionId, purchased_at: purchasedAt };
  const text = Buffer.from(JSON.stringify(payload.parse(fields))).toString('base64url');
  return `${text}.${signatureOf(key, text).toString('base64url')}`;
}

/** Takes receipts of the test store, while there is a key for them, and of no other. */
export const createTestStore = (ring: KeyRing): ReceiptValidator => ({
  async validate({ tenant, store, receipt }) {
    const key = ring.keys().testStore;
    if (store !== testStoreName || key === null) return { ok: false, reason: 'store_unknown' };
    const found = payloadOf(key, receipt);
    if (found === null || found.tenant !== tenant) return { ok: false, reason: 'invalid' };
    return {
      ok: true,
      transaction: transactionHash(found.transaction_id),
      productId: found.product_id as ProductId,
      purchasedAt: found.purchased_at,
    };
  },
});

function payloadOf(key: KeyObject, receipt: string): z.infer<typeof payload> | null {
  const [, text = '', signature = ''] = /^([A-Za-z0-9_-]{1,2048})\.([A-Za-z0-9_-]{43})$/.exec(receipt) ?? [];
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(key, text);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  try {
    return payload.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null; // not JSON
  }
}
