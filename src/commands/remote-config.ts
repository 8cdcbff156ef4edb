import { playerAccount } from '../aggregates/player-account.ts';
import type { PlayerAttributes } from '../aggregates/targeting.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import { tierAt } from './entitlement.ts';
import type { CommandRuntime } from './handle.ts';
import { loadState, using } from './stream-use.ts';

export {
  type ConfigSource,
  type ConfiguredExperiment,
  type ConfigWorld,
  type ResolvedConfig,
  resolveChain,
  resolveConfig,
} from '../aggregates/remote-config.ts';

const dayMs = 86_400_000;

/** What is known here of a player that experiments may ask for, as it stands in the log now.
 *  @param now ms since 1970 */
export async function knownAttributes(
  { log, states }: Pick<CommandRuntime, 'log' | 'states'>,
  tenant: TenantId,
  playerId: PlayerId,
  now: number,
): Promise<Pick<PlayerAttributes, 'tier' | 'account_age_days'>> {
  const account = await loadState(log, states, using(playerAccount, playerStream(tenant, playerId)), true);
  const { registeredAt, entitlements } = account;
  return {
    tier: tierAt(entitlements, now),
    ...(registeredAt !== null && { account_age_days: Math.max(0, Math.floor((now - registeredAt) / dayMs)) }),
  };
}
