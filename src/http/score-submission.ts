import type { z } from 'zod';
import type { CommandRuntime } from '../commands/handle.ts';
import { isKnownPlayer } from '../commands/known-player.ts';
import type { submitScore } from '../commands/score.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PlayerId, SeasonName } from '../events/ids.ts';
import type { scoreBody } from './leaderboard.schema.ts';
import type { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';

type Caller = ReturnType<typeof signedInOf>;
type Body = z.infer<typeof scoreBody>;

const noMetadata: JsonObject = {};

/** Whose score it is: the player who submits it, or the one whom a service names. At once where nothing has to be looked up.
 *  @throws Problem when it says nobody, somebody else, or somebody unknown */
export function scorerOf(runtime: CommandRuntime, caller: Caller, body: Body): PlayerId | Promise<PlayerId> {
  if (caller.kind === 'player') {
    if (body.player_id !== undefined)
      throw new Problem('FORBIDDEN', [{ field: 'body.player_id', problem: 'is for services only' }]);
    return caller.playerId;
  }
  if (body.player_id === undefined) throw invalid('body.player_id', 'must name the player whose score it is');
  const playerId = body.player_id as PlayerId;
  return isKnownPlayer(runtime, caller.tenant, playerId).then((known) => {
    if (!known) throw new Problem('PLAYER_NOT_FOUND');
    return playerId;
  });
}

/** The command of a score. @param now milliseconds since 1970 */
export const submissionOf = (
  caller: Caller,
  body: Body,
  { season, playerId, now }: { readonly season: SeasonName; readonly playerId: PlayerId; readonly now: number },
): Parameters<typeof submitScore>[1] => ({
  type: 'SubmitScore',
  season,
  playerId,
  attempt: { score: body.score, subscore: body.subscore ?? 0 },
  metadata: body.metadata === undefined ? noMetadata : (body.metadata as JsonObject),
  by: caller.kind === 'player' ? 'player' : 'service',
  now,
});
