import type { PlayerId, PurchaseId } from '../events/ids.ts';
import type { ReceiptEvent, Reversal, TransactionRef } from '../events/purchase.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A payment in a store: claimed by the purchase that it paid for, or revoked before anybody claimed it. */
export type Receipt =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'claimed'; readonly purchaseId: PurchaseId; readonly playerId: PlayerId }
  | { readonly phase: 'revoked' };

export type ClaimReceipt = TransactionRef & {
  readonly type: 'ClaimReceipt';
  readonly purchaseId: PurchaseId;
  readonly playerId: PlayerId;
};
export type RevokeReceipt = TransactionRef & { readonly type: 'RevokeReceipt'; readonly reason: Reversal };
export type ReceiptRejection = 'RECEIPT_ALREADY_USED' | 'RECEIPT_REVOKED';

export const receipt: Decider<Receipt, ClaimReceipt | RevokeReceipt, ReceiptEvent, ReceiptRejection> = {
  initial: { phase: 'unknown' },

  evolve(state, { type, data }) {
    if (state.phase !== 'unknown') return state;
    if (type === 'ReceiptRevoked') return { phase: 'revoked' };
    return { phase: 'claimed', purchaseId: data.purchaseId, playerId: data.playerId };
  },

  decide(command, state) {
    if (command.type === 'ClaimReceipt') {
      const { store, transaction, purchaseId, playerId } = command;
      if (state.phase === 'claimed') return reject('RECEIPT_ALREADY_USED');
      if (state.phase === 'revoked') return reject('RECEIPT_REVOKED');
      return accept({ type: 'ReceiptClaimed', data: { store, transaction, purchaseId, playerId } });
    }
    const { store, transaction, reason } = command;
    if (state.phase === 'claimed') return reject('RECEIPT_ALREADY_USED');
    if (state.phase === 'revoked') return accept();
    return accept({ type: 'ReceiptRevoked', data: { store, transaction, reason } });
  },
};
