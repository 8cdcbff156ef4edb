import { balanceKey, type Wallet, wallet } from '../../src/aggregates/wallet.ts';
import { loadState, using } from '../../src/commands/stream-use.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import type { PlayerId, ProductId } from '../../src/events/ids.ts';
import { walletStream } from '../../src/events/wallet.ts';
import type { ReceiptValidator } from '../../src/ports/receipt-validator.ts';
import { processOn, tenant } from './support.ts';

/** A store that takes every receipt `<product>/<payment>`. */
export const trustingStore: ReceiptValidator = {
  async validate({ receipt }) {
    const [productId, payment = ''] = receipt.split('/');
    const transaction = Buffer.from(payment).toString('hex').padStart(64, '0');
    return { ok: true, productId: productId as ProductId, transaction, purchasedAt: '2026-03-01T10:00:00.000Z' };
  },
};

/** The ledger of a player as the log has it. */
export const walletIn = (log: EventLog, player: PlayerId): Promise<Wallet> =>
  loadState(log, processOn(log).states, using(wallet, walletStream(tenant, player)), true);

export const gemsOf = (state: Wallet): number => state.get(balanceKey('player', 'currency', 'gems')) ?? 0;
/** What all accounts of a ledger hold of gems together. */
export const sumOfGems = (state: Wallet): number =>
  [...state].filter(([key]) => key.endsWith(' currency gems')).reduce((sum, [, balance]) => sum + balance, 0);
