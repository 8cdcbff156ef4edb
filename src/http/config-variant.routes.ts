import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { configValuesAt, findConfigVariant, setConfigVariant } from '../commands/config.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { CohortName, ExperimentId } from '../events/ids.ts';
import { configHistory } from '../projections/config-variants.ts';
import { valuesField } from './config.routes.ts';
import { cohortText, experimentIdText, versionNumber } from './experiment.schema.ts';
import { idempotencyKeyField, instant, limitQuery, nextCursor } from './fields.ts';
import { storageProblem } from './json-value.ts';
import { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const params = z.object({ experiment_id: experimentIdText, cohort: cohortText });
const variant = { experiment_id: experimentIdText, cohort: cohortText, version: versionNumber, values: valuesField };
const refusals = ['CONFIG_VERSION_MISMATCH', 'EXPERIMENT_NOT_FOUND', 'COHORT_NOT_FOUND'] as const;
const storable = valuesField.superRefine((value, context) => {
  const problem = storageProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

type Place = { readonly experiment: ExperimentId; readonly cohort: CohortName };
const placeOf = ({ experiment_id, cohort }: z.infer<typeof params>): Place => ({
  experiment: experiment_id as ExperimentId,
  cohort: cohort as CohortName,
});

/** The version that a caller decided on. @throws Problem when the header is missing or says something else */
function versionIn({ headers }: FastifyRequest): bigint {
  const [, quoted, bare] = /^(?:"(\d{1,15})"|(\d{1,15}))$/.exec(headers['if-match'] ?? '') ?? [];
  const version = quoted ?? bare;
  if (version === undefined)
    throw invalid('header.if-match', 'must be the version that was read, such as "3"; "0" where there is none yet');
  return BigInt(version);
}

/** What cohorts are configured with: reading, setting, going back. */
export function configVariantRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  const set = (
    request: FastifyRequest,
    reply: FastifyReply,
    { experiment, cohort }: Place,
    wanted: { readonly values: JsonObject; readonly restores: number | null },
  ) => {
    const { tenant, actor } = signedInOf(request);
    const command = { type: 'SetConfigVariant', experiment, cohort, expected: versionIn(request), ...wanted } as const;
    return write<bigint>(request, reply, {
      tenant,
      actor,
      key: 'optional',
      run: (context) => setConfigVariant(runtime, command, context),
      answer: (version) => {
        reply.header('etag', `"${version}"`);
        return JSON.stringify({ experiment_id: experiment, cohort, version: Number(version), values: wanted.values });
      },
    });
  };

  app.get(
    '/v1/config/:experiment_id/:cohort',
    {
      schema: {
        tags: ['experiments'],
        summary: 'What a cohort is configured with, with its version as ETag',
        description: 'What counts for everybody is `global`/`default`.',
        params,
        response: answers({ 200: z.object(variant) }),
      },
      config: { access: { rights: ['ops', 'admin'] }, contract: { errors: ['CONFIG_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { experiment, cohort } = placeOf(request.params);
      const { version, values } = await findConfigVariant(runtime, tenant, experiment, cohort);
      if (values === null) throw new Problem('CONFIG_NOT_FOUND');
      const body = { experiment_id: experiment, cohort, version: Number(version), values };
      return sendRead(request, reply, body, { etag: `"${version}"` });
    },
  );

  app.put(
    '/v1/config/:experiment_id/:cohort',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Set what a cohort is configured with',
        description:
          'All values each time. What counts for everybody is `global`/`default`. Players have it at once; clients that follow `max-age` after at most 60 seconds.',
        params,
        body: z.strictObject({ values: storable, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: z.object(variant) }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', ifMatch: true, errors: refusals },
      },
    },
    async (request, reply) =>
      set(request, reply, placeOf(request.params), { values: request.body.values as JsonObject, restores: null }),
  );

  app.post(
    '/v1/config/:experiment_id/:cohort/rollback',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Set what a cohort was configured with at an earlier version',
        description: 'A new version with the old values: nothing is lost. See the history for versions.',
        params,
        body: z.strictObject({ version: versionNumber, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: z.object(variant) }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', ifMatch: true, errors: ['CONFIG_VERSION_NOT_FOUND', ...refusals] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const place = placeOf(request.params);
      const { version } = request.body;
      const values = await configValuesAt(runtime, tenant, place.experiment, place.cohort, version);
      if (values === null) throw new Problem('CONFIG_VERSION_NOT_FOUND');
      return set(request, reply, place, { values, restores: version });
    },
  );

  app.get(
    '/v1/config/:experiment_id/:cohort/history',
    {
      schema: {
        tags: ['experiments'],
        summary: 'What a cohort was configured with, the newest version first',
        params,
        querystring: z.object({
          limit: limitQuery,
          cursor: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().meta({ example: 18 }),
        }),
        response: answers({
          200: z.object({
            items: z.array(
              z.object({
                version: versionNumber,
                values: valuesField,
                restores: versionNumber.nullable().meta({ description: 'The version it went back to.', example: null }),
                actor: z.string().nullable().meta({ example: 'operator:eve' }),
                at: instant,
              }),
            ),
            next_cursor: nextCursor,
          }),
        }),
      },
      config: { access: { rights: ['ops', 'admin'] }, contract: { waitsFor: true, errors: ['CONFIG_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['config_variants']);
      const place = { tenant, ...placeOf(request.params) };
      const page = { before: cursor ?? null, limit: limit + 1 };
      const rows = await configHistory(reads.sql, reads.generations, place, page);
      if (rows.length === 0 && cursor === undefined) throw new Problem('CONFIG_NOT_FOUND');
      const items = rows.slice(0, limit).map(({ entry, values, restores, actor, setAt }) => ({
        version: entry,
        values,
        restores,
        actor,
        at: timeOf(setAt),
      }));
      return sendRead(request, reply, {
        items,
        next_cursor: rows.length > limit ? String(items.at(-1)?.version) : null,
      });
    },
  );
}
