import { reward } from '../aggregates/reward.ts';
import type { PlayerId, SeasonName } from '../events/ids.ts';
import { type RewardTier, rewardStream } from '../events/reward.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Grants the rewards of a season to the players of consecutive ranks, all in one append.
 *  @param winners at most 100, by rank from `firstRank` on */
export function grantRewards(
  runtime: CommandRuntime,
  award: {
    readonly season: SeasonName;
    readonly firstRank: number;
    readonly winners: readonly PlayerId[];
    readonly tiers: readonly RewardTier[];
  },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { season, firstRank, winners, tiers } = award;
  const granted = winners.map((playerId, index) => ({
    use: using(reward, rewardStream(context.tenant, season, playerId), 'write', true),
    command: { type: 'GrantReward', season, playerId, rank: firstRank + index, tiers } as const,
  }));
  return handle(
    runtime,
    granted.map(({ use }) => use),
    (stateOf) => ({
      events: granted.map(({ use, command }) => [use, reward.decide(command, stateOf(use)).events] as const),
      outcome: { ok: true, value: null },
    }),
    context,
  );
}
