import { type PaidTier, type PlayerEvent, paidTiers, type Tier } from '../events/player.ts';

/** Until when a player has each tier that is granted: milliseconds since 1970, `Infinity` = for good; without an entry not at all. */
export type Entitlements = { readonly [Each in PaidTier]?: number };

/** What a player shall have. @property expiresAt RFC 3339 UTC; null = for good */
export type Grant = { readonly tier: PaidTier; readonly expiresAt: string | null };

const untilOf = ({ expiresAt }: Grant): number =>
  expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);

type EntitlementEvent = Extract<PlayerEvent, { type: 'EntitlementGranted' | 'EntitlementRevoked' }>;

export function evolveEntitlements(known: Entitlements, { type, data }: EntitlementEvent): Entitlements {
  if (type === 'EntitlementGranted') return { ...known, [data.tier]: untilOf(data) };
  const { [data.tier]: _, ...others } = known;
  return others;
}

/** What leads from the entitlements that a player has to those that they shall have, and to no others.
 *  @param wanted at most one for each tier */
export const changesOfEntitlements = (
  playerId: EntitlementEvent['data']['playerId'],
  known: Entitlements,
  wanted: readonly Grant[],
): readonly EntitlementEvent[] =>
  paidTiers.flatMap((tier): EntitlementEvent[] => {
    const grant = wanted.find((each) => each.tier === tier);
    if (grant === undefined)
      return known[tier] === undefined ? [] : [{ type: 'EntitlementRevoked', data: { playerId, tier } }];
    if (known[tier] === untilOf(grant)) return [];
    return [{ type: 'EntitlementGranted', data: { playerId, tier, expiresAt: grant.expiresAt } }];
  });

/** The highest tier that a player has at a time. @param now milliseconds since 1970 */
export const tierAt = (entitlements: Entitlements, now: number): Tier =>
  paidTiers.findLast((tier) => (entitlements[tier] ?? 0) > now) ?? 'free';
