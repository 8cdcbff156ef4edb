import type { PlayerId } from '../events/ids.ts';
import {
  type Account,
  type AssetAmount,
  type AssetKind,
  assetAmountField,
  type Cause,
  type HouseAccount,
  maxAmount,
  type Posting,
  type WalletEvent,
} from '../events/wallet.ts';
import { accept, type Decider, reject } from './decider.ts';

/** What the accounts of a player's ledger hold, by {@link balanceKey}; an account that is not there holds 0. */
export type Wallet = ReadonlyMap<string, number>;

/** One movement between the player and an account of the house. */
export type Movement = AssetAmount & { readonly to: 'player' | 'house'; readonly house: HouseAccount };

/** @property movements at most one for each asset; none = nothing to post
 *  @property mayOwe    whether the player's balances may fall below 0: what was granted is taken back also when it was spent */
export type PostEntry = {
  readonly type: 'PostEntry';
  readonly playerId: PlayerId;
  readonly cause: Cause;
  readonly movements: readonly Movement[];
  readonly mayOwe: boolean;
};
export type WalletRejection = 'INSUFFICIENT_FUNDS' | 'BALANCE_OUT_OF_RANGE';

/** No balance goes beyond ± this. */
export const maxBalance = 1000 * maxAmount;

export const balanceKey = (account: Account, kind: AssetKind, asset: string): string => `${account} ${kind} ${asset}`;
export const balanceOf = (wallet: Wallet, kind: AssetKind, asset: string): number =>
  wallet.get(balanceKey('player', kind, asset)) ?? 0;

export const wallet: Decider<Wallet, PostEntry, WalletEvent, WalletRejection> = {
  initial: new Map(),

  evolve(state, { data }) {
    const next = new Map(state);
    for (const { kind, asset, from, to } of data.postings)
      for (const { account, balance } of [from, to]) next.set(balanceKey(account, kind, asset), balance);
    return next;
  },

  decide({ playerId, cause, movements, mayOwe }, state) {
    const postings: Posting[] = [];
    const seen = new Set<string>();
    for (const { kind, asset, amount, to, house } of movements) {
      const name = `${kind} ${asset}`;
      if (seen.has(name)) throw new TypeError(`an entry moves ${name} twice`);
      seen.add(name);
      const [source, target] = to === 'player' ? ([house, 'player'] as const) : (['player', house] as const);
      const left = (state.get(balanceKey(source, kind, asset)) ?? 0) - amount;
      const reached = (state.get(balanceKey(target, kind, asset)) ?? 0) + amount;
      if (source === 'player' && left < 0 && !mayOwe) return reject('INSUFFICIENT_FUNDS');
      if (amount > maxAmount || left < -maxBalance || reached > maxBalance) return reject('BALANCE_OUT_OF_RANGE');
      assetAmountField.parse({ kind, asset, amount });
      const from = { account: source, balance: left };
      postings.push({ kind, asset, amount, from, to: { account: target, balance: reached } });
    }
    if (postings.length === 0) return accept();
    return accept({ type: 'LedgerEntryPosted', data: { playerId, cause, postings } });
  },
};

/** The same assets written once each. */
export function summed(amounts: readonly AssetAmount[]): readonly AssetAmount[] {
  const sums = new Map<string, AssetAmount>();
  for (const { kind, asset, amount } of amounts) {
    const name = `${kind} ${asset}`;
    sums.set(name, { kind, asset, amount: (sums.get(name)?.amount ?? 0) + amount });
  }
  return [...sums.values()];
}

/** Movements of amounts in one direction. */
export const movementsOf = (
  amounts: readonly AssetAmount[],
  to: Movement['to'],
  house: HouseAccount,
): readonly Movement[] => summed(amounts).map((amount) => ({ ...amount, to, house }));
