import { isActive, playerAccount } from '../aggregates/player-account.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import type { CommandRuntime } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Whether the tenant has this player. For commands that name another player than the one who calls: who is of another tenant, or
 *  made up, is not known. */
export async function isKnownPlayer(
  { log, states }: Pick<CommandRuntime, 'log' | 'states'>,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<boolean> {
  const account = using(playerAccount, playerStream(tenant, playerId));
  return (await loadState(log, states, account)).registered || (await loadState(log, states, account, true)).registered;
}

/** Whether the tenant has this player, and nobody ordered their erasure: for what shows how one person behaved. */
export async function isActivePlayer(
  { log, states }: Pick<CommandRuntime, 'log' | 'states'>,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<boolean> {
  return isActive(await loadState(log, states, using(playerAccount, playerStream(tenant, playerId)), true));
}
