import { type Season, type SeasonCommand, season } from '../aggregates/season.ts';
import type { SeasonName, TenantId } from '../events/ids.ts';
import { seasonStream } from '../events/season.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Opens, closes, awards or archives a season. Codes: SEASON_EXISTS, SEASON_NOT_FOUND, SEASON_NOT_CLOSED, SEASON_ENDS_BEFORE_IT_OPENS,
 *  REWARDS_OVERLAP. */
export function changeSeason(
  runtime: CommandRuntime,
  command: SeasonCommand,
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

/** A season as the log has it at this moment. */
export const readSeason = (runtime: CommandRuntime, tenant: TenantId, name: SeasonName): Promise<Season> =>
  loadState(runtime.log, runtime.states, using(season, seasonStream(tenant, name)), true);
