import type { CommandRuntime } from '../commands/handle.ts';
import { grant } from '../commands/wallet.ts';
import type { RewardEvent } from '../events/reward.ts';
import { defineReactor, type Reactor } from './reactor.ts';

/** Pays rewards of seasons into the wallets and inventories of players. */
export const rewardPayout = (runtime: CommandRuntime): Reactor =>
  defineReactor<RewardEvent>({
    name: 'reward-payout',
    from: 'beginning',
    types: ['RewardGranted'],
    async react({ data: { season, playerId, rank, grants } }, reaction) {
      const ref = `season ${season}, rank ${rank}`;
      const outcome = await reaction.once((context) => grant(runtime, { playerId, ref, assets: grants }, context));
      if (!outcome.ok) throw new Error(`the reward of ${ref} cannot be paid: ${outcome.code}`);
    },
  });
