import { isSoldAt, product } from '../aggregates/product.ts';
import { purchase } from '../aggregates/purchase.ts';
import { receipt } from '../aggregates/receipt.ts';
import { movementsOf, wallet } from '../aggregates/wallet.ts';
import type { PlayerId, ProductId, PurchaseId } from '../events/ids.ts';
import { productStream } from '../events/product.ts';
import { purchaseStream, type ReceiptRefusal, receiptStream } from '../events/purchase.ts';
import { walletStream } from '../events/wallet.ts';
import type { ReceiptValidator } from '../ports/receipt-validator.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Decided, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** @property purchaseId new: what this attempt is called, also when it is refused */
export type PurchaseProduct = {
  readonly purchaseId: PurchaseId;
  readonly playerId: PlayerId;
  readonly productId: ProductId;
  readonly store: string;
  readonly receipt: string;
};
export type PurchaseMade = { readonly purchaseId: PurchaseId };

const codes = {
  invalid: 'RECEIPT_INVALID',
  of_another_product: 'RECEIPT_OF_ANOTHER_PRODUCT',
  already_used: 'RECEIPT_ALREADY_USED',
  revoked: 'RECEIPT_REVOKED',
} as const satisfies Record<ReceiptRefusal, string>;

/** Takes a receipt for a product: the purchase, the claim on the receipt and what the player gets commit together, or none of them.
 *  A refused receipt is recorded too. Codes: PRODUCT_NOT_FOUND, PRODUCT_RETIRED when it was paid for after it went off sale,
 *  STORE_UNKNOWN, RECEIPT_INVALID, RECEIPT_OF_ANOTHER_PRODUCT, RECEIPT_ALREADY_USED, RECEIPT_REVOKED, BALANCE_OUT_OF_RANGE.
 *  @throws what the validator throws when the store cannot be asked */
export async function purchaseProduct(
  runtime: CommandRuntime & { readonly receipts: ReceiptValidator },
  command: PurchaseProduct,
  context: CommandContext<PurchaseMade>,
): Promise<Handled<PurchaseMade>> {
  const { tenant } = context;
  const { purchaseId, playerId, productId, store } = command;
  const verdict = await runtime.receipts.validate({ tenant, store, receipt: command.receipt });
  const productUse = using(product, productStream(tenant, productId), 'condition');
  const purchaseUse = using(purchase, purchaseStream(tenant, purchaseId), 'write', true);
  const bought = { purchaseId, playerId, productId, store };
  const refused = (reason: ReceiptRefusal, code: string = codes[reason]): Decided<PurchaseMade> => {
    const { events } = purchase.decide({ type: 'RefusePurchase', ...bought, reason }, { phase: 'absent' });
    return { events: [[purchaseUse, events]], outcome: { ok: false, code } };
  };

  if (!verdict.ok)
    return handle(
      runtime,
      [productUse, purchaseUse],
      (stateOf) => {
        if (stateOf(productUse).phase === 'absent') return refusal('PRODUCT_NOT_FOUND');
        return verdict.reason === 'store_unknown' ? refusal('STORE_UNKNOWN') : refused('invalid');
      },
      context,
    );

  const { transaction, purchasedAt } = verdict;
  const receiptUse = using(receipt, receiptStream(tenant, { store, transaction }));
  const walletUse = using(wallet, walletStream(tenant, playerId));
  return handle(
    runtime,
    [productUse, purchaseUse, receiptUse, walletUse],
    (stateOf) => {
      const sold = stateOf(productUse);
      if (sold.phase === 'absent') return refusal('PRODUCT_NOT_FOUND');
      if (verdict.productId !== productId) return refused('of_another_product');
      const claimed = receipt.decide(
        { type: 'ClaimReceipt', store, transaction, purchaseId, playerId },
        stateOf(receiptUse),
      );
      if (claimed.rejected !== undefined)
        return refused(claimed.rejected === 'RECEIPT_REVOKED' ? 'revoked' : 'already_used');
      if (!isSoldAt(sold, Date.parse(purchasedAt))) return refusal('PRODUCT_RETIRED');
      const { price, grants } = sold;
      const posted = wallet.decide(
        {
          type: 'PostEntry',
          playerId,
          cause: { kind: 'purchase', ref: purchaseId },
          movements: movementsOf(grants, 'player', 'sales'),
          mayOwe: false,
        },
        stateOf(walletUse),
      );
      if (posted.rejected !== undefined) return refusal(posted.rejected);
      const validated = purchase.decide(
        { type: 'ValidatePurchase', ...bought, transaction, purchasedAt, price, grants },
        stateOf(purchaseUse),
      );
      return {
        events: [
          [purchaseUse, validated.events],
          [receiptUse, claimed.events],
          [walletUse, posted.events],
        ],
        outcome: { ok: true, value: { purchaseId } },
      };
    },
    context,
  );
}

const refusal = (code: string): Decided<never> => ({ events: [], outcome: { ok: false, code } });
