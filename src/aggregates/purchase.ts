import type { PlayerId, ProductId, PurchaseId } from '../events/ids.ts';
import type { Price } from '../events/product.ts';
import type { PurchaseEvent, ReceiptRefusal, Reversal, TransactionRef } from '../events/purchase.ts';
import type { AssetAmount } from '../events/wallet.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A purchase in a store. @property grants what the player got for it */
export type Purchase =
  | { readonly phase: 'absent' | 'refused' }
  | {
      readonly phase: 'validated' | 'refunded' | 'charged_back';
      readonly playerId: PlayerId;
      readonly grants: readonly AssetAmount[];
    };

type Bought = {
  readonly purchaseId: PurchaseId;
  readonly playerId: PlayerId;
  readonly productId: ProductId;
  readonly store: string;
};
/** @property purchasedAt RFC 3339 UTC, by the store */
export type ValidatePurchase = Bought &
  TransactionRef & {
    readonly type: 'ValidatePurchase';
    readonly purchasedAt: string;
    readonly price: Price;
    readonly grants: readonly AssetAmount[];
  };
export type RefusePurchase = Bought & { readonly type: 'RefusePurchase'; readonly reason: ReceiptRefusal };
export type ReversePurchase = {
  readonly type: 'ReversePurchase';
  readonly purchaseId: PurchaseId;
  readonly reason: Reversal;
};
export type PurchaseRejection = 'PURCHASE_NOT_FOUND' | 'PURCHASE_NOT_REFUNDABLE';

export const purchase: Decider<
  Purchase,
  ValidatePurchase | RefusePurchase | ReversePurchase,
  PurchaseEvent,
  PurchaseRejection
> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'PurchaseValidated') return { phase: 'validated', playerId: data.playerId, grants: data.grants };
    if (type === 'PurchaseRefused') return { phase: 'refused' };
    if (!('playerId' in state)) return state;
    return { ...state, phase: data.reason === 'refund' ? 'refunded' : 'charged_back' };
  },

  decide(command, state) {
    if (command.type === 'ReversePurchase') {
      if (state.phase === 'absent') return reject('PURCHASE_NOT_FOUND');
      if (state.phase === 'refused') return reject('PURCHASE_NOT_REFUNDABLE');
      if (state.phase !== 'validated') return accept(); // the money goes back once
      const { purchaseId, reason } = command;
      return accept({ type: 'PurchaseRefunded', data: { purchaseId, playerId: state.playerId, reason } });
    }
    if (state.phase !== 'absent') return accept();
    const { purchaseId, playerId, productId, store } = command;
    const bought = { purchaseId, playerId, productId, store };
    if (command.type === 'RefusePurchase')
      return accept({ type: 'PurchaseRefused', data: { ...bought, reason: command.reason } });
    const { transaction, purchasedAt, price, grants } = command;
    return accept({
      type: 'PurchaseValidated',
      data: { ...bought, transaction, purchasedAt, price, grants: [...grants] },
    });
  },
};
