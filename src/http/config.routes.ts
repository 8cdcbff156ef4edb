import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ConfigSource, type ConfigWorld, resolveChain, resolveConfig } from '../commands/remote-config.ts';
import type { JsonObject } from '../events/envelope.ts';
import { globalConfig } from '../events/global-config.ts';
import type { TenantId } from '../events/ids.ts';
import type { Dependencies } from './dependencies.ts';
import { askerQuery, cohortText, experimentIdText } from './experiment.schema.ts';
import type { Askers } from './experiment-asker.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForConfig } from './read.ts';
import { answers } from './route.ts';

const source = z
  .object({
    source: z.enum(['cohort', 'control', 'global', 'built_in']).meta({ example: 'cohort' }),
    experiment_id: experimentIdText.nullable(),
    cohort: cohortText.nullable(),
    version: z.int().nullable().meta({ description: 'Of the variant; null = it is built in.', example: 3 }),
  })
  .meta({ description: 'Where it comes from.' });

const exampleSource = { source: 'cohort', experiment_id: 'new-shop', cohort: 'preview', version: 3 };
export const valuesField = z.record(z.string(), z.unknown()).meta({
  description: 'Anything by name, up to 16 KiB of JSON.',
  example: { shop_preview: true },
});

const shown = ({ source: from, experiment, cohort, version }: ConfigSource) => ({
  source: from,
  experiment_id: experiment,
  cohort,
  version: version === null ? null : Number(version),
});

/** What the game of a player is configured with. */
export function configRoutes(
  instance: FastifyInstance,
  dependencies: Dependencies & { readonly askers: Askers },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads, settings, askers, now } = dependencies;
  const { remoteConfig } = reads;
  const worldOf = (tenant: TenantId): ConfigWorld => ({
    builtIn: settings.remoteConfig.builtIn as JsonObject,
    globalConfig,
    variant: (experiment, cohort) => remoteConfig.variant(tenant, experiment, cohort),
  });

  app.get(
    '/v1/config',
    {
      schema: {
        tags: ['experiments'],
        summary: "What a player's game is configured with",
        description:
          'Built in, then what is set for everybody (`global`/`default`), then the variant of each experiment that the player takes part in, by its id, or that of its control where the cohort has none; a later value replaces an earlier one of the same name. With `experiment_id` exactly the chain of that experiment: cohort, control, everybody, built in; who takes no part has what the control has. Nothing is recorded as shown: see `GET /v1/experiments/{experiment_id}/assignment`. Services and operators that name no player get what everybody has.',
        querystring: z.object({
          experiment_id: experimentIdText.optional().meta({ description: 'Only the chain of this experiment.' }),
          ...askerQuery,
        }),
        response: answers({
          200: z.object({
            values: valuesField,
            source,
            sources: z
              .record(z.string(), source)
              .meta({ description: 'By name of a value.', example: { shop_preview: exampleSource } }),
            experiments: z
              .array(
                z.object({
                  experiment_id: experimentIdText,
                  run: z.int().meta({ example: 1 }),
                  cohort: cohortText,
                  names: z.array(z.string()).meta({
                    description: 'Of the values that the experiment sets, for this cohort or another.',
                    example: ['shop_preview'],
                  }),
                }),
              )
              .meta({ description: 'In which the player takes part.' }),
            revision: z.string().meta({
              description: 'Another one after each change of an experiment or a configuration of the tenant.',
              example: '57',
            }),
          }),
        }),
      },
      config: {
        access: { rights: ['player', 'ops', 'admin', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true, errors: ['EXPERIMENT_NOT_FOUND', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { experiment_id, ...told } = request.query;
      const playerId = await askers.playerOf(request, told);
      await waitForConfig(request, dependencies);
      const only = experiment_id === undefined ? null : remoteConfig.experiment(tenant, experiment_id);
      if (experiment_id !== undefined && only === null) throw new Problem('EXPERIMENT_NOT_FOUND');
      const experiments = only === null ? remoteConfig.running(tenant) : [only];
      const attributes = await askers.attributesOf(tenant, playerId, told, experiments);
      const asker = { player: playerId, attributes, at: now() };
      const world = worldOf(tenant);
      const resolved = only === null ? resolveConfig(world, experiments, asker) : resolveChain(world, only, asker);
      const body = {
        values: resolved.values,
        source: shown(resolved.source),
        sources: Object.fromEntries(Object.entries(resolved.sources).map(([name, from]) => [name, shown(from)])),
        experiments: resolved.cohorts.map(({ experiment, ...rest }) => ({ experiment_id: experiment, ...rest })),
        revision: remoteConfig.revision(tenant),
      };
      return sendRead(request, reply, body, { maxAge: 60 });
    },
  );
}
