import { type ExposePlayer, type Exposure, exposure } from '../aggregates/exposure.ts';
import { exposureStream } from '../events/exposure.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Records that a player was shown a cohort, once for ever. What this process knows to be recorded costs nothing.
 *  @returns whether it was recorded now */
export async function recordExposure(
  runtime: CommandRuntime,
  command: ExposePlayer,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { experiment, run, playerId } = command;
  const stream = using(exposure, exposureStream(context.tenant, experiment, run, playerId), 'write', true);
  const known = runtime.states.get(stream.streamId)?.state as Exposure | undefined;
  if (known !== undefined && known.cohort !== null) return { outcome: { ok: true, value: null }, events: [] };
  return handle<null>(
    runtime,
    [stream],
    (stateOf) => ({
      events: [[stream, exposure.decide(command, stateOf(stream)).events]],
      outcome: { ok: true, value: null },
    }),
    context,
  );
}
