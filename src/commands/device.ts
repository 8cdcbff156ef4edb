import { device, type UnlinkDevice } from '../aggregates/device.ts';
import { deviceStream } from '../events/device.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

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
