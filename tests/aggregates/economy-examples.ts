import type { ProductId, PurchaseId } from '../../src/events/ids.ts';
import type { AssetAmount } from '../../src/events/wallet.ts';

/** One example of each thing of the economy, used in every specification of it. */
export const pack = 'gems-500' as ProductId;
export const order = '77777777-7777-4777-8777-777777777777' as PurchaseId;
export const secondOrder = '88888888-8888-4888-8888-888888888888' as PurchaseId;
export const payment = { store: 'test', transaction: 'ab'.repeat(32) } as const;
export const gems = (amount: number): AssetAmount => ({ kind: 'currency', asset: 'gems', amount });
export const swords = (amount: number): AssetAmount => ({ kind: 'item', asset: 'sword', amount });
export const price = { amount: 499, currency: 'EUR' };
