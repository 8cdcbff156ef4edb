import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, playerIdField, seasonField } from './fields.ts';
import { type SeasonName, streamId, type TenantId } from './ids.ts';
import { rewardTiersField } from './reward.ts';

export const operatorField = z.enum(['best', 'latest', 'sum']);
/** How a new score meets the standing one. */
export type Operator = z.infer<typeof operatorField>;

/** Stream `season-<tenant>_<season>`: a condition of every score, so it has a head row. */
export const seasonEvents = {
  SeasonOpened: define({
    version: 1,
    schema: z.object({
      season: seasonField,
      operator: operatorField,
      opensAt: instantField.nullable(),
      closesAt: instantField.nullable(),
      submitBy: z.enum(['players', 'service']),
    }),
    message: ({ season, operator, opensAt, closesAt }) => ({
      aggregateType: 'leaderboard',
      aggregateId: season,
      payload: { season, operator, opens_at: opensAt, closes_at: closesAt },
    }),
  }),
  /** What the first ranks get when the season has closed; at most once, beside the opening. */
  SeasonRewardsDefined: define({ version: 1, schema: z.object({ season: seasonField, rewards: rewardTiersField }) }),
  /** The season is an occurrence of a tournament: only who entered it submits scores. */
  SeasonEntriesLimited: define({
    version: 1,
    schema: z.object({
      season: seasonField,
      tournament: z.string().min(1).max(48),
      entriesCloseAt: instantField,
      maxEntries: z.int().min(1).nullable(),
    }),
  }),
  SeasonClosed: define({
    version: 1,
    schema: z.object({ season: seasonField }),
    message: ({ season }) => ({ aggregateType: 'leaderboard', aggregateId: season, payload: { season } }),
  }),
  /** Who gets rewards: the players of the ranks from `firstRank` on. Fixed for ever, whatever is withdrawn later. */
  SeasonRewardsAwarded: define({
    version: 1,
    schema: z.object({
      season: seasonField,
      firstRank: z.int().min(1),
      winners: z.array(playerIdField).min(1).max(100),
    }),
    message: ({ season, firstRank, winners }) => ({
      aggregateType: 'leaderboard',
      aggregateId: season,
      payload: { season, first_rank: firstRank, winners },
    }),
  }),
  /** The ranks are final: no score is withdrawn any more. */
  SeasonArchived: define({
    version: 1,
    schema: z.object({ season: seasonField }),
    message: ({ season }) => ({ aggregateType: 'leaderboard', aggregateId: season, payload: { season } }),
  }),
} satisfies Record<string, EventDefinition>;

export type SeasonEvent = EventsOf<typeof seasonEvents>;

export const seasonCategory = 'season';
export const seasonStream = (tenant: TenantId, season: SeasonName) => streamId(seasonCategory, tenant, season);
