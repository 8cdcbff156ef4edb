import type { PlayerId, SeasonName } from '../events/ids.ts';
import type { RewardEvent, RewardTier } from '../events/reward.ts';
import { accept, type Decider } from './decider.ts';

/** Whether a player has got the reward of a season. */
export type Reward = { readonly granted: boolean };

export type GrantReward = {
  readonly type: 'GrantReward';
  readonly season: SeasonName;
  readonly playerId: PlayerId;
  readonly rank: number;
  readonly tiers: readonly RewardTier[];
};

/** A player's reward for a rank in a season: one, whatever rank is told of later. A rank without a reward gets nothing. */
export const reward: Decider<Reward, GrantReward, RewardEvent, never> = {
  initial: { granted: false },
  evolve: () => ({ granted: true }),
  decide({ season, playerId, rank, tiers }, { granted }) {
    const tier = tiers.find(({ fromRank, toRank }) => fromRank <= rank && rank <= toRank);
    if (granted || tier === undefined) return accept();
    return accept({ type: 'RewardGranted', data: { season, playerId, rank, grants: tier.grants } });
  },
};
