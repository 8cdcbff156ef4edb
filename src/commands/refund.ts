import { type Purchase, purchase } from '../aggregates/purchase.ts';
import { receipt } from '../aggregates/receipt.ts';
import { movementsOf, wallet } from '../aggregates/wallet.ts';
import type { PurchaseId } from '../events/ids.ts';
import { purchaseStream, type Reversal, receiptStream, type TransactionRef } from '../events/purchase.ts';
import { walletStream } from '../events/wallet.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** What a purchase is after it was taken back. */
export type Reversed = 'refunded' | 'charged_back';
export type ReversePurchase = { readonly purchaseId: PurchaseId; readonly reason: Reversal };

/** Takes a purchase back, and from the player exactly what was granted for it: what they spent of it they owe
 *  (docs/decisions/0011-money.md). One that was taken back already stays as it is. Codes: PURCHASE_NOT_FOUND,
 *  PURCHASE_NOT_REFUNDABLE, BALANCE_OUT_OF_RANGE. */
export async function reversePurchase<Result = Reversed>(
  runtime: CommandRuntime,
  { purchaseId, reason }: ReversePurchase,
  context: CommandContext<Result>,
  resultOf: (status: Reversed) => Result = (status) => status as Result,
): Promise<Handled<Result>> {
  const { tenant } = context;
  const purchaseUse = using(purchase, purchaseStream(tenant, purchaseId));
  let known: Purchase = await loadState(runtime.log, runtime.states, purchaseUse);
  if (!('playerId' in known)) known = await loadState(runtime.log, runtime.states, purchaseUse, true);
  const walletUse = 'playerId' in known ? using(wallet, walletStream(tenant, known.playerId)) : null;
  return handle(
    runtime,
    walletUse === null ? [purchaseUse] : [purchaseUse, walletUse],
    (stateOf) => {
      const state = stateOf(purchaseUse);
      const reversed = purchase.decide({ type: 'ReversePurchase', purchaseId, reason }, state);
      if (reversed.rejected !== undefined) return { events: [], outcome: { ok: false, code: reversed.rejected } };
      if (reversed.events.length === 0)
        return { events: [], outcome: { ok: true, value: resultOf(state.phase as Reversed) } };
      if (walletUse === null || !('playerId' in state)) throw new Error(`purchase ${purchaseId} came to be meanwhile`);
      const posted = wallet.decide(
        {
          type: 'PostEntry',
          playerId: state.playerId,
          cause: { kind: reason, ref: purchaseId },
          movements: movementsOf(state.grants, 'house', 'sales'),
          mayOwe: true,
        },
        stateOf(walletUse),
      );
      if (posted.rejected !== undefined) return { events: [], outcome: { ok: false, code: posted.rejected } };
      return {
        events: [
          [purchaseUse, reversed.events],
          [walletUse, posted.events],
        ],
        outcome: { ok: true, value: resultOf(reason === 'refund' ? 'refunded' : 'charged_back') },
      };
    },
    context,
  );
}

/** As {@link reversePurchase}, for a payment by its store's id. One that nobody claimed yet can be claimed no more.
 *  Code: BALANCE_OUT_OF_RANGE. */
export async function reverseTransaction(
  runtime: CommandRuntime,
  { reason, ...ref }: TransactionRef & { readonly reason: Reversal },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const receiptUse = using(receipt, receiptStream(context.tenant, ref));
  for (let mustBeFresh = false; ; mustBeFresh = true) {
    // what was claimed stays claimed, so a state that is known may be old
    const state = await loadState(runtime.log, runtime.states, receiptUse, mustBeFresh);
    if (state.phase === 'claimed')
      return reversePurchase(runtime, { purchaseId: state.purchaseId, reason }, context, () => null);
    const revoked = await handle(
      runtime,
      [receiptUse],
      (stateOf) => {
        const { events, rejected } = receipt.decide({ type: 'RevokeReceipt', ...ref, reason }, stateOf(receiptUse));
        return {
          events: [[receiptUse, events]],
          outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
        };
      },
      context,
    );
    // claimed meanwhile: then it is that purchase that goes back
    if (revoked.outcome.ok || revoked.outcome.code !== 'RECEIPT_ALREADY_USED') return revoked;
  }
}
