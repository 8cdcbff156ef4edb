import { device, type UnlinkDevice } from '../aggregates/device.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { deviceStream } from '../events/device.ts';
import type { DeviceHash, PlayerId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { ownerInErasure } from './sign-in.ts';
import { loadState, using } from './stream-use.ts';

/** Takes a device from its player; nothing when it is not, or no longer, that player's. */
export function unlinkDevice(
  runtime: CommandRuntime,
  command: UnlinkDevice,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const use = using(device, deviceStream(context.tenant, command.deviceHash));
  return handle(
    runtime,
    [use],
    (stateOf) => {
      const { events, rejected } = device.decide(command, stateOf(use));
      return {
        events: [[use, events]],
        outcome: rejected === undefined ? { ok: true, value: null } : { ok: false, code: rejected },
      };
    },
    context,
  );
}

type OwnDevice = { readonly deviceHash: DeviceHash; readonly playerId: PlayerId };

/** Makes a device sign in as a player. Codes: DEVICE_LINKED_TO_ANOTHER_PLAYER, PLAYER_NOT_FOUND. */
export async function linkOwnDevice(
  runtime: CommandRuntime,
  { deviceHash, playerId }: OwnDevice,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant } = context;
  const use = using(device, deviceStream(tenant, deviceHash));
  const account = using(playerAccount, playerStream(tenant, playerId));
  const known = await loadState(runtime.log, runtime.states, use);
  const erased = await ownerInErasure(runtime, tenant, known.playerId);
  return handle<null>(
    runtime,
    [use, account],
    (stateOf) => {
      const before = stateOf(use);
      const linked = device.decide(
        { type: 'UseDevice', deviceHash, linkTo: playerId, newPlayerId: playerId, erased },
        before,
      );
      if (linked.rejected !== undefined) return { events: [], outcome: { ok: false, code: linked.rejected } };
      if (linked.events.length === 0) return { events: [], outcome: { ok: true, value: null } };
      const noted = playerAccount.decide(
        { type: 'LinkCredential', playerId, method: 'device', credential: deviceHash },
        stateOf(account),
      );
      if (noted.rejected !== undefined) return { events: [], outcome: { ok: false, code: noted.rejected } };
      return {
        events: [
          [use, linked.events],
          [account, noted.events],
        ],
        outcome: { ok: true, value: null },
      };
    },
    context,
  );
}

/** Takes a device from the player who asks for it. Codes: DEVICE_NOT_FOUND, LAST_CREDENTIAL when the player could not sign in any more. */
export function unlinkOwnDevice(
  runtime: CommandRuntime,
  { deviceHash, playerId }: OwnDevice,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const use = using(device, deviceStream(context.tenant, deviceHash));
  const account = using(playerAccount, playerStream(context.tenant, playerId));
  return handle<null>(
    runtime,
    [use, account],
    (stateOf) => {
      const unlinked = device.decide({ type: 'UnlinkDevice', deviceHash, playerId, reason: 'player' }, stateOf(use));
      if (unlinked.events.length === 0) return { events: [], outcome: { ok: false, code: 'DEVICE_NOT_FOUND' } };
      const noted = playerAccount.decide(
        { type: 'UnlinkCredential', playerId, method: 'device', credential: deviceHash },
        stateOf(account),
      );
      if (noted.rejected !== undefined) return { events: [], outcome: { ok: false, code: noted.rejected } };
      return {
        events: [
          [use, unlinked.events],
          [account, noted.events],
        ],
        outcome: { ok: true, value: null },
      };
    },
    context,
  );
}
