import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { globalConfig } from '../events/global-config.ts';
import type { TenantId } from '../events/ids.ts';
import type { LiveExperiment, RemoteConfig } from '../projections/remote-config.ts';
import { valuesField } from './config.routes.ts';
import type { Dependencies } from './dependencies.ts';
import { cohortText, experimentIdText, runningExperiment, versionNumber } from './experiment.schema.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForConfig } from './read.ts';
import { answers } from './route.ts';

const utcOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const shown = ({ experiment, run, startsAt, endsAt, ...rest }: LiveExperiment) => ({
  experiment_id: experiment,
  run: run!,
  ...rest,
  starts_at: utcOf(startsAt),
  ends_at: utcOf(endsAt),
});

/** What is set for everybody and for the cohorts of some experiments. */
function variantsOf(remoteConfig: RemoteConfig, tenant: TenantId, experiments: readonly LiveExperiment[]) {
  const places = [
    globalConfig,
    ...experiments.flatMap(({ experiment, cohorts }) => cohorts.map(({ cohort }) => ({ experiment, cohort }))),
  ];
  return places.flatMap(({ experiment, cohort }) => {
    const found = remoteConfig.variant(tenant, experiment, cohort);
    if (found === null) return [];
    return [{ experiment_id: experiment, cohort, version: Number(found.version), values: found.values }];
  });
}

/** What the configuration of any player follows from, for services that work it out themselves. */
export function configDefinitionsRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { remoteConfig } = dependencies.reads;
  const builtIn = dependencies.settings.remoteConfig.builtIn;

  app.get(
    '/v1/config/definitions',
    {
      schema: {
        tags: ['experiments'],
        summary: 'What the configuration of any player follows from, for services that work it out themselves',
        description:
          'What is built in, the experiments that run, by id, and what is set for everybody and for their cohorts. `docs/experiments.md` has the algorithm. Ask again with the ETag (`If-None-Match`): 304 as long as nothing has changed.',
        response: answers({
          200: z.object({
            built_in: valuesField,
            experiments: z.array(runningExperiment),
            variants: z
              .array(
                z.object({
                  experiment_id: experimentIdText,
                  cohort: cohortText,
                  version: versionNumber,
                  values: valuesField,
                }),
              )
              .meta({ description: 'What is set for everybody (`global`/`default`), then of the experiments.' }),
            revision: z.string().meta({
              description: 'Another one after each change of an experiment or a configuration of the tenant.',
              example: '57',
            }),
          }),
        }),
      },
      config: {
        access: { rights: ['ops', 'admin', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      await waitForConfig(request, dependencies);
      const experiments = remoteConfig.running(tenant);
      return sendRead(request, reply, {
        built_in: builtIn,
        experiments: experiments.map(shown),
        variants: variantsOf(remoteConfig, tenant, experiments),
        revision: remoteConfig.revision(tenant),
      });
    },
  );
}
