import { z } from 'zod';
import { maxRewardedRank, type RewardTier } from '../events/reward.ts';

/** Rewards as a request gives them and an answer shows them. */
export const rewardTiers = z
  .array(
    z.strictObject({
      from_rank: z.int().min(1).max(maxRewardedRank).meta({ example: 1 }),
      to_rank: z.int().min(1).max(maxRewardedRank).meta({ example: 3 }),
      grants: z
        .array(
          z.strictObject({
            kind: z.enum(['currency', 'item']).meta({ example: 'currency' }),
            asset: z
              .string()
              .regex(/^[A-Za-z0-9._-]{1,64}$/)
              .meta({ example: 'gold' }),
            amount: z.int().min(1).max(1_000_000_000_000).meta({ example: 100 }),
          }),
        )
        .min(1)
        .max(20),
    }),
  )
  .max(100)
  .meta({ description: 'What each rank of a range gets when the season has closed.' });

/** Rewards as the domain has them. */
export const rewardsOf = (tiers: z.infer<typeof rewardTiers>): readonly RewardTier[] =>
  tiers.map(({ from_rank, to_rank, grants }) => ({ fromRank: from_rank, toRank: to_rank, grants }));
/** Rewards as clients see them. */
export const shownRewards = (tiers: readonly RewardTier[]) =>
  tiers.map(({ fromRank, toRank, grants }) => ({ from_rank: fromRank, to_rank: toRank, grants }));
