import { type CompleteErasure, playerAccount, type RequestErasure } from '../aggregates/player-account.ts';
import type { PlayerId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import type { PersonalRecords } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Orders the erasure of a player's personal data: durable once this resolves, carried out by {@link erasePersonalData}.
 *  Code: PLAYER_NOT_FOUND. */
export const requestErasure = (
  runtime: CommandRuntime,
  playerId: PlayerId,
  context: CommandContext<null>,
): Promise<Handled<null>> => changeErasure(runtime, { type: 'RequestErasure', playerId }, context);

/** Deletes the data key of a player whose erasure was ordered, then says so in the log. May be broken off and repeated at any
 *  point: the key is gone before anybody is told.
 *  @see docs/decisions/0013-erasure.md */
export async function erasePersonalData(
  runtime: CommandRuntime & { readonly records: PersonalRecords },
  playerId: PlayerId,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  await runtime.records.deleteDataKey(context.tenant, playerId);
  return changeErasure(runtime, { type: 'CompleteErasure', playerId }, context);
}

function changeErasure(
  runtime: CommandRuntime,
  command: RequestErasure | CompleteErasure,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const account = using(playerAccount, playerStream(context.tenant, command.playerId));
  return handle(
    runtime,
    [account],
    (stateOf) => {
      const { events, rejected } = playerAccount.decide(command, stateOf(account));
      return {
        events: [[account, events]],
        outcome: rejected === undefined ? { ok: true, value: null } : { ok: false, code: rejected },
      };
    },
    context,
  );
}
