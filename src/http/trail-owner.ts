import type { FastifyRequest } from 'fastify';
import { isActivePlayer } from '../commands/known-player.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { Dependencies } from './dependencies.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';

/** Whose trail the caller asks for: their own, or anybody's for staff and services. What a person did is nobody's business after their erasure.
 *  @throws Problem when it is not theirs to see, or there is nobody */
export async function trailOwner(
  request: FastifyRequest,
  { runtime }: Pick<Dependencies, 'runtime'>,
  playerId: PlayerId,
): Promise<{ readonly tenant: TenantId; readonly playerId: PlayerId }> {
  const caller = signedInOf(request);
  const { tenant } = caller;
  const isAllowed =
    caller.kind === 'player' ? caller.playerId === playerId : await isActivePlayer(runtime, tenant, playerId);
  if (!isAllowed) throw new Problem('PLAYER_NOT_FOUND');
  return { tenant, playerId };
}
