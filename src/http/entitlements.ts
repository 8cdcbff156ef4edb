import { z } from 'zod';
import { tierAt } from '../commands/entitlement.ts';
import { paidTiers } from '../events/player.ts';
import type { EntitlementsRow } from '../projections/entitlements.ts';
import { instant } from './fields.ts';

export const tierName = z
  .enum(['free', ...paidTiers])
  .meta({ description: 'The highest tier that the player has now.', example: 'gold' });

export const entitlementItem = z.strictObject({
  tier: z.enum(paidTiers).meta({ example: 'gold' }),
  expires_at: instant.nullish().meta({ description: 'When it ends; null or left out = never.' }),
});

/** What a player is entitled to at a time, as answers have it; what has expired is left out. @param now milliseconds since 1970 */
export const entitlementsBody = (row: EntitlementsRow, now: number) => ({
  tier: tierAt(row, now),
  entitlements: paidTiers.flatMap((tier) => {
    const until = row[tier];
    if (until === undefined || until <= now) return [];
    return [{ tier, expires_at: Number.isFinite(until) ? new Date(until).toISOString() : null }];
  }),
});
