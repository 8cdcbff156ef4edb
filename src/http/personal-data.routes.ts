import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { erasePersonalData, requestErasure } from '../commands/erasure.ts';
import type { PlayerId } from '../events/ids.ts';
import { playerIdText } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

/** What the law gives players over what is kept of them. */
export function personalDataRoutes(instance: FastifyInstance, { runtime, write }: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.delete(
    '/v1/players/:player_id/personal-data',
    {
      schema: {
        tags: ['profile'],
        summary: "Erase a player's personal data, for ever",
        description:
          "Players erase their own, admins anybody's. The answer means that it will happen whatever breaks: within a minute nothing that the player said of themselves can be read anywhere, their sessions have ended, and their devices sign in as new players. What was played stays, without a name. Saying it again is no error.",
        params: z.object({ player_id: playerIdText }),
        response: answers({ 202: z.object({ player_id: playerIdText, erasure: z.literal('accepted') }) }),
      },
      config: {
        access: { rights: ['player', 'admin'] },
        contract: { idempotency: 'optional', errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const caller = signedInOf(request);
      const playerId = request.params.player_id as PlayerId;
      if (caller.kind === 'player' && caller.playerId !== playerId) throw new Problem('FORBIDDEN');
      return write<null>(request, reply, {
        tenant: caller.tenant,
        actor: caller.actor,
        key: 'optional',
        run: async (context) => {
          const ordered = await requestErasure(runtime, playerId, context);
          // at once where all goes well; a reactor does it otherwise
          if (ordered.outcome.ok)
            await erasePersonalData(runtime, playerId, { ...context, key: undefined, remember: () => undefined });
          return ordered;
        },
        answer: () => JSON.stringify({ player_id: playerId, erasure: 'accepted' }),
        status: 202,
      });
    },
  );
}
