import { type Entitlements, type Grant, tierAt } from '../aggregates/entitlement.ts';
import { type PlayerAccount, playerAccount } from '../aggregates/player-account.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { playerStream, type Tier } from '../events/player.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';

export { tierAt } from '../aggregates/entitlement.ts';

/** Gives a player these entitlements and no others. Code: PLAYER_NOT_FOUND.
 *  @param change.entitlements at most one for each tier
 *  @returns what the player has then */
export function setEntitlements(
  runtime: CommandRuntime,
  change: { readonly playerId: PlayerId; readonly entitlements: readonly Grant[] },
  context: CommandContext<Entitlements>,
): Promise<Handled<Entitlements>> {
  const account = using(playerAccount, playerStream(context.tenant, change.playerId));
  return handle<Entitlements>(
    runtime,
    [account],
    (stateOf) => {
      const { events, rejected } = playerAccount.decide({ type: 'SetEntitlements', ...change }, stateOf(account));
      if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
      const entitlements = Object.fromEntries(
        change.entitlements.map(({ tier, expiresAt }) => [
          tier,
          expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
        ]),
      );
      return { events: [[account, events]], outcome: { ok: true, value: entitlements } };
    },
    context,
  );
}

/** A player's account as a condition of a command: what was decided by its tier (`tierAt` of its `entitlements`) is appended only
 *  while the account stands as it did. */
export const accountCondition = (tenant: TenantId, playerId: PlayerId): StreamUse<PlayerAccount> =>
  using(playerAccount, playerStream(tenant, playerId), 'condition');

/** A player's tier as it stands in the log now.
 *  @param now milliseconds since 1970 */
export async function tierOfPlayer(
  { log, states }: Pick<CommandRuntime, 'log' | 'states'>,
  tenant: TenantId,
  playerId: PlayerId,
  now: number,
): Promise<Tier> {
  const account = await loadState(log, states, using(playerAccount, playerStream(tenant, playerId)), true);
  return tierAt(account.entitlements, now);
}
