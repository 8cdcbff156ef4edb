import { paidTiers, type Tier } from '../events/player.ts';

const tiers: readonly Tier[] = ['free', ...paidTiers];

/** Who may play together.
 *  @property sizes      most members of a party, by the tier of its leader
 *  @property maxTierGap how many tiers may lie between a member and the leader; 2 = any */
export type PartyRules = {
  readonly sizes: Readonly<Record<Tier, number>>;
  readonly maxTierGap: number;
};

export const fitTogether = ({ maxTierGap }: PartyRules, one: Tier, other: Tier): boolean =>
  Math.abs(tiers.indexOf(one) - tiers.indexOf(other)) <= maxTierGap;
