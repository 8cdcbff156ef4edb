import { type CloseSeason, type OpenSeason, season } from '../aggregates/season.ts';
import { seasonStream } from '../events/season.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Opens or closes a season. Codes: SEASON_EXISTS, SEASON_NOT_FOUND, SEASON_ENDS_BEFORE_IT_OPENS. */
export function changeSeason(
  runtime: CommandRuntime,
  command: OpenSeason | CloseSeason,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(season, seasonStream(context.tenant, command.season));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = season.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}
