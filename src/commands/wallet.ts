import { balanceOf, movementsOf, summed, wallet } from '../aggregates/wallet.ts';
import type { PlayerId } from '../events/ids.ts';
import { type AssetAmount, type Cause, type HouseAccount, walletStream } from '../events/wallet.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** What a player has of an asset after an entry. */
export type AssetBalance = Pick<AssetAmount, 'kind' | 'asset'> & { readonly balance: number };

/** One entry of a player's ledger: what is given to them and taken from them at once, or not at all. An asset stands on one side.
 *  @property from the account of the house that gives; `spending` gets what is taken */
export type PostToWallet = {
  readonly playerId: PlayerId;
  readonly cause: Cause;
  readonly give: readonly AssetAmount[];
  readonly take: readonly AssetAmount[];
  readonly from: HouseAccount;
};

/** Posts an entry. It counts each time, so give the context a key: that of a request, or what `Reaction.once` gives.
 *  Codes: INSUFFICIENT_FUNDS, BALANCE_OUT_OF_RANGE. */
export function postToWallet(
  runtime: CommandRuntime,
  { playerId, cause, give, take, from }: PostToWallet,
  context: CommandContext<AssetBalance[]>,
): Promise<Handled<AssetBalance[]>> {
  const stream = using(wallet, walletStream(context.tenant, playerId));
  const movements = [...movementsOf(take, 'house', 'spending'), ...movementsOf(give, 'player', from)];
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const before = stateOf(stream);
      const command = { type: 'PostEntry', playerId, cause, movements, mayOwe: false } as const;
      const { events, rejected } = wallet.decide(command, before);
      if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
      const value = movements.map(({ kind, asset, amount, to }) => ({
        kind,
        asset,
        balance: balanceOf(before, kind, asset) + (to === 'player' ? amount : -amount),
      }));
      return { events: [[stream, events]], outcome: { ok: true, value } };
    },
    context,
  );
}

/** Rewards a player: for a match, a rank, whatever reactors answer to. Code: BALANCE_OUT_OF_RANGE.
 *  @param reward.ref what for, up to 200 characters */
export const grant = (
  runtime: CommandRuntime,
  {
    playerId,
    ref,
    assets,
  }: { readonly playerId: PlayerId; readonly ref: string; readonly assets: readonly AssetAmount[] },
  context: CommandContext<AssetBalance[]>,
): Promise<Handled<AssetBalance[]>> =>
  postToWallet(
    runtime,
    { playerId, cause: { kind: 'reward', ref }, give: summed(assets), take: [], from: 'rewards' },
    context,
  );
