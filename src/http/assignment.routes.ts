import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { assign } from '../commands/experiment.ts';
import { recordExposure } from '../commands/exposure.ts';
import type { CohortName, ExperimentId } from '../events/ids.ts';
import type { Dependencies } from './dependencies.ts';
import { askerQuery, cohortText, experimentIdText } from './experiment.schema.ts';
import type { Askers } from './experiment-asker.ts';
import { signedInOf } from './player-caller.ts';
import { encodeEvents } from './position.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForConfig } from './read.ts';
import { answers } from './route.ts';
import { traceparentOf } from './traceparent.ts';

const reason = z
  .enum(['assigned', 'not_running', 'not_started', 'ended', 'not_targeted', 'holdout', 'in_another_slot', 'not_ramped'])
  .meta({ description: 'Why the player is in the cohort, or in none.', example: 'assigned' });

/** Who is in which cohort. */
export function assignmentRoutes(
  instance: FastifyInstance,
  dependencies: Dependencies & { readonly askers: Askers },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, askers, now } = dependencies;

  app.get(
    '/v1/experiments/:experiment_id/assignment',
    {
      schema: {
        tags: ['experiments'],
        summary: "A player's cohort, which counts as shown to the player",
        description:
          'The cohort follows from the ids and the run, so it is the same each time and everywhere. The first answer with a cohort is recorded as an exposure, once for each player and run; ask when the player meets what the experiment changes, and `GET /v1/config` for values. The answer may be used for 60 seconds.',
        params: z.object({ experiment_id: experimentIdText }),
        querystring: z.object(askerQuery),
        response: answers({
          200: z.object({
            experiment_id: experimentIdText,
            run: z.int().nullable().meta({ description: 'null = it does not run.', example: 1 }),
            cohort: cohortText.nullable().meta({ description: 'null = the player takes no part.', example: 'preview' }),
            reason,
          }),
        }),
      },
      config: {
        access: { rights: ['player', 'scope:exposures:write', 'scope:nakama'] },
        contract: { waitsFor: true, errors: ['EXPERIMENT_NOT_FOUND', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const id = request.params.experiment_id as ExperimentId;
      const playerId = await askers.playerOf(request, request.query);
      if (playerId === null) throw invalid('query.player_id', 'must say whose assignment it is');
      await waitForConfig(request, dependencies);
      const experiment = reads.remoteConfig.experiment(tenant, id);
      if (experiment === null) throw new Problem('EXPERIMENT_NOT_FOUND');
      const attributes = await askers.attributesOf(tenant, playerId, request.query, [experiment]);
      const at = now();
      const { cohort, reason } = assign(experiment, playerId, attributes, at);
      const { run } = experiment;
      if (cohort !== null && run !== null) {
        const { events } = await recordExposure(
          runtime,
          { type: 'ExposePlayer', experiment: id, run, playerId, cohort: cohort as CohortName },
          { tenant, actor, correlationId: request.id, traceparent: traceparentOf(request), now: at },
        );
        if (events.length > 0) reply.header('sandai-position', encodeEvents(runtime.log.info.logId, events));
      }
      return sendRead(request, reply, { experiment_id: id, run, cohort, reason }, { maxAge: 60 });
    },
  );
}
