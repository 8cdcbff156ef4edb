import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, seasonField } from './fields.ts';
import { type SeasonName, streamId, type TenantId } from './ids.ts';

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
  SeasonClosed: define({
    version: 1,
    schema: z.object({ season: seasonField }),
    message: ({ season }) => ({ aggregateType: 'leaderboard', aggregateId: season, payload: { season } }),
  }),
} satisfies Record<string, EventDefinition>;

export type SeasonEvent = EventsOf<typeof seasonEvents>;

export const seasonCategory = 'season';
export const seasonStream = (tenant: TenantId, season: SeasonName) => streamId(seasonCategory, tenant, season);
