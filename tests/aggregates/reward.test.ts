import { test } from 'vitest';
import { reward } from '../../src/aggregates/reward.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import type { RewardEvent, RewardTier } from '../../src/events/reward.ts';
import { spring } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(reward);
const playerId = '11111111-1111-4111-8111-111111111111' as PlayerId;
const gold = (amount: number): RewardTier['grants'] => [{ kind: 'currency', asset: 'gold', amount }];
const tiers: readonly RewardTier[] = [
  { fromRank: 1, toRank: 1, grants: gold(100) },
  { fromRank: 2, toRank: 3, grants: gold(50) },
];
const grant = (rank: number) => ({ type: 'GrantReward', season: spring, playerId, rank, tiers }) as const;
const granted = (rank: number, amount: number): RewardEvent => ({
  type: 'RewardGranted',
  data: { season: spring, playerId, rank, grants: gold(amount) },
});

test('each rank of a range gets what the range promises', () => {
  given().when(grant(1)).then(granted(1, 100));
  given().when(grant(2)).then(granted(2, 50));
  given().when(grant(3)).then(granted(3, 50));
});
test('a rank that nothing was promised to gets nothing', () => given().when(grant(4)).thenNothing());
test('a player is rewarded once for a season, whatever rank is told of later', () =>
  given(granted(3, 50)).when(grant(1)).thenNothing());
