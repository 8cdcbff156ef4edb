import { z } from 'zod';
import type { EventDefinition, EventsOf } from './definition.ts';
import { instantField, seasonField } from './fields.ts';
import { type SeasonName, streamId, type TenantId } from './ids.ts';

export const operatorField = z.enum(['best', 'latest', 'sum']);
/** How a new score meets the standing one. */
export type Operator = z.infer<typeof operatorField>;

/** Stream `season-<tenant>_<season>`: a condition of every score, so it has a head row. */
export const seasonEvents = {
  SeasonOpened: {
    version: 1,
    schema: z.object({
      season: seasonField,
      operator: operatorField,
      opensAt: instantField.nullable(),
      closesAt: instantField.nullable(),
      submitBy: z.enum(['players', 'service']),
    }),
  },
  SeasonClosed: { version: 1, schema: z.object({ season: seasonField }) },
} satisfies Record<string, EventDefinition>;

export type SeasonEvent = EventsOf<typeof seasonEvents>;

export const seasonCategory = 'season';
export const seasonStream = (tenant: TenantId, season: SeasonName) => streamId(seasonCategory, tenant, season);
