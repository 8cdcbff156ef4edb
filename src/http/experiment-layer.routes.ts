import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { defineExperimentLayer } from '../commands/experiment.ts';
import { basisPointsField } from '../events/experiment.ts';
import type { LayerName } from '../events/ids.ts';
import { listLayers } from '../projections/experiment-queries.ts';
import { experimentIdText, holdout, layerText } from './experiment.schema.ts';
import { idempotencyKeyField, limitQuery, nextCursor } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const slot = z.object({
  experiment_id: experimentIdText,
  from: basisPointsField.meta({ example: 0 }),
  to: basisPointsField.meta({ example: 5_000 }),
});

/** Layers: experiments of which a player is in one at most. */
export function experimentLayerRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  app.get(
    '/v1/experiment-layers',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Layers by name, with the places that experiments have in them',
        querystring: z.object({ limit: limitQuery, cursor: layerText.optional() }),
        response: answers({
          200: z.object({
            items: z.array(z.object({ layer: layerText, holdout, slots: z.array(slot) })),
            next_cursor: nextCursor,
          }),
        }),
      },
      config: { access: { rights: ['ops', 'admin'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['experiments']);
      const rows = await listLayers(reads.sql, reads.generations, tenant, { after: cursor ?? '', limit: limit + 1 });
      const items = rows.slice(0, limit).map(({ layer, holdout: held, slots }) => ({
        layer,
        holdout: held,
        slots: slots.map(({ experiment, from, to }) => ({ experiment_id: experiment, from, to })),
      }));
      return sendRead(request, reply, {
        items,
        next_cursor: rows.length > limit ? (items.at(-1)?.layer ?? null) : null,
      });
    },
  );

  app.put(
    '/v1/experiment-layers/:layer',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Make a layer, or change its holdout while no experiment has a place in it',
        params: z.object({ layer: layerText }),
        body: z.strictObject({ holdout: holdout.default(0), idempotency_key: idempotencyKeyField }),
        response: answers({ 200: z.object({ layer: layerText, holdout }) }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', errors: ['LAYER_IN_USE'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const layer = request.params.layer as LayerName;
      const command = { type: 'DefineExperimentLayer', layer, holdout: request.body.holdout } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => defineExperimentLayer(runtime, command, context),
        answer: () => JSON.stringify({ layer, holdout: command.holdout }),
      });
    },
  );
}
