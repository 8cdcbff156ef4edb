import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { playerIdField, seasonField } from './fields.ts';
import { type PlayerId, type SeasonName, streamId, type TenantId } from './ids.ts';

/** The lowest rank that can have a reward: as many as one append has room for. */
export const maxRewardedRank = 10_000;

const rank = z.int().min(1).max(maxRewardedRank);
/** So many of a wallet currency or of an item. */
export const rewardGrantsField = z
  .array(
    z.object({
      kind: z.enum(['currency', 'item']),
      asset: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
      amount: z.int().min(1).max(1_000_000_000_000),
    }),
  )
  .min(1)
  .max(20);
/** What each of the ranks of a range gets. */
export const rewardTierField = z.object({ fromRank: rank, toRank: rank, grants: rewardGrantsField });
export type RewardTier = z.infer<typeof rewardTierField>;
export const rewardTiersField = z.array(rewardTierField).min(1).max(100);

/** The last rank that gets anything; 0 = none does. */
export const lastRewardedRank = (tiers: readonly RewardTier[]): number =>
  tiers.reduce((last, { toRank }) => Math.max(last, toRank), 0);

/** Stream `reward-<tenant>_<season>_<player>`: what a player gets for a rank in a season, once. Whoever pays it out answers to this event. */
export const rewardEvents = {
  RewardGranted: define({
    version: 1,
    schema: z.object({ season: seasonField, playerId: playerIdField, rank, grants: rewardGrantsField }),
    message: ({ season, playerId, rank: reached, grants }) => ({
      aggregateType: 'reward',
      aggregateId: playerId,
      payload: { season, player_id: playerId, rank: reached, grants },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type RewardEvent = EventsOf<typeof rewardEvents>;

export const rewardStream = (tenant: TenantId, season: SeasonName, player: PlayerId) =>
  streamId('reward', tenant, season, player);
