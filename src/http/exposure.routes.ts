import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ExperimentId, PlayerId } from '../events/ids.ts';
import { exposuresOfPlayer } from '../projections/exposures.ts';
import type { Dependencies } from './dependencies.ts';
import { cohortText, experimentIdText } from './experiment.schema.ts';
import { cursorQuery, instant, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { decodeTextCursor, encodeTextCursor } from './text-cursor.ts';
import { timeOf } from './time.ts';
import { trailOwner } from './trail-owner.ts';

const exposureResponse = z.object({
  experiment_id: experimentIdText,
  run: z.int().meta({ example: 1 }),
  cohort: cohortText,
  exposed_at: instant.meta({ description: 'When the player was shown it first.' }),
});

/** What players were shown. */
export function exposureRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads } = dependencies;

  app.get(
    '/v1/players/:player_id/exposures',
    {
      schema: {
        tags: ['experiments'],
        summary: 'The cohorts that a player was shown, by experiment and run',
        params: z.object({ player_id: playerIdText }),
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: z.object({ items: z.array(exposureResponse), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: ['player', 'ops', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true, errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      const [run, experiment] = decodeTextCursor(cursor, 1) ?? [];
      const after = run === undefined ? null : { run, experiment: experiment as ExperimentId };
      const owner = await trailOwner(request, dependencies, request.params.player_id as PlayerId);
      await waitForRows(request, dependencies, ['exposures']);
      const found = await exposuresOfPlayer(reads.sql, reads.generations, owner, { after, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return sendRead(request, reply, {
        items: items.map((row) => ({
          experiment_id: row.experiment,
          run: row.run,
          cohort: row.cohort,
          exposed_at: timeOf(row.exposedAt),
        })),
        next_cursor: last === undefined ? null : encodeTextCursor([last.run, last.experiment]),
      });
    },
  );
}
