import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AskedExperiment, defineExperiment, definitionAt, type Experiment } from '../commands/experiment.ts';
import type { ExperimentId } from '../events/ids.ts';
import { experimentHistory } from '../projections/experiment-queries.ts';
import { answerOf } from './experiment.routes.ts';
import {
  definitionBody,
  definitionOf,
  experimentIdText,
  experimentResponse,
  newExperimentIdText,
  ramp,
  versionNumber,
} from './experiment.schema.ts';
import { idempotencyKeyField, instant, limitQuery, nextCursor } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const refusals = [
  'EXPERIMENT_RUNNING',
  'COHORTS_INVALID',
  'LAYER_SLOT_EMPTY',
  'EXPERIMENT_ENDS_BEFORE_IT_STARTS',
  'LAYER_NOT_FOUND',
  'LAYER_SLOT_TAKEN',
] as const;

const change = z.enum(['defined', 'started', 'ramped', 'stopped']).meta({ example: 'defined' });
const changeOf: Readonly<Record<string, z.infer<typeof change>>> = {
  ExperimentDefined: 'defined',
  ExperimentStarted: 'started',
  ExperimentRamped: 'ramped',
  ExperimentStopped: 'stopped',
};
const historyItem = z.object({
  version: versionNumber,
  change,
  definition: experimentResponse
    .omit({ experiment_id: true, status: true, run: true })
    .nullable()
    .meta({ description: 'What it was defined as; null where it was not.' }),
  restores: versionNumber.nullable().meta({ description: 'The version that it went back to.', example: null }),
  run: z.int().nullable().meta({ description: 'The run that was started, ramped or stopped.', example: null }),
  ramp: ramp.nullable().meta({ description: 'What it was ramped to.', example: null }),
  actor: z.string().nullable().meta({ example: 'operator:eve' }),
  at: instant,
});

/** The definition in an event's data, as answers have it. */
function shownDetail(type: string, detail: Record<string, unknown>) {
  const { experiment: _, restores = null, startsAt, endsAt, run = null, ramp: at = null, ...rest } = detail;
  return type === 'ExperimentDefined'
    ? { definition: { ...rest, ramp: at, starts_at: startsAt, ends_at: endsAt }, restores, run: null, ramp: null }
    : { definition: null, restores: null, run, ramp: at };
}

/** What experiments are, were, and go back to. */
export function experimentDefinitionRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  const define = (request: FastifyRequest, reply: FastifyReply, asked: AskedExperiment) => {
    const { tenant, actor } = signedInOf(request);
    return write<Experiment>(request, reply, {
      tenant,
      actor,
      key: 'optional',
      run: (context) => defineExperiment(runtime, asked, context),
      answer: (state) => JSON.stringify(answerOf(asked.experiment, state)),
    });
  };

  app.put(
    '/v1/experiments/:experiment_id',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Define an experiment, or change its definition while it does not run',
        description: 'The whole definition each time. Nothing is assigned until it is started.',
        params: z.object({ experiment_id: newExperimentIdText }),
        body: definitionBody,
        response: answers({ 200: experimentResponse }),
      },
      config: { access: { rights: ['admin'] }, contract: { idempotency: 'optional', errors: refusals } },
    },
    async (request, reply) =>
      define(request, reply, {
        experiment: request.params.experiment_id as ExperimentId,
        definition: definitionOf(request.body),
        restores: null,
      }),
  );

  app.post(
    '/v1/experiments/:experiment_id/rollback',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Define an experiment as an earlier version said',
        description: 'A new version with the old definition: nothing is lost. See the history for versions.',
        params: z.object({ experiment_id: experimentIdText }),
        body: z.strictObject({ version: versionNumber, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: experimentResponse }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', errors: ['EXPERIMENT_VERSION_NOT_FOUND', ...refusals] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const experiment = request.params.experiment_id as ExperimentId;
      const { version } = request.body;
      const definition = await definitionAt(runtime, tenant, experiment, version);
      if (definition === null) throw new Problem('EXPERIMENT_VERSION_NOT_FOUND');
      return define(request, reply, { experiment, definition, restores: version });
    },
  );

  app.get(
    '/v1/experiments/:experiment_id/history',
    {
      schema: {
        tags: ['experiments'],
        summary: 'What became of an experiment, the newest first',
        params: z.object({ experiment_id: experimentIdText }),
        querystring: z.object({
          limit: limitQuery,
          cursor: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().meta({ example: 18 }),
        }),
        response: answers({ 200: z.object({ items: z.array(historyItem), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: ['ops', 'admin'] },
        contract: { waitsFor: true, errors: ['EXPERIMENT_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const experiment = request.params.experiment_id as ExperimentId;
      await waitForRows(request, dependencies, ['experiments']);
      const page = { before: cursor ?? null, limit: limit + 1 };
      const rows = await experimentHistory(reads.sql, reads.generations, tenant, experiment, page);
      if (rows.length === 0 && cursor === undefined) throw new Problem('EXPERIMENT_NOT_FOUND');
      const items = rows.slice(0, limit).map(({ entry, type, detail, actor, at }) => ({
        version: entry,
        change: changeOf[type],
        ...shownDetail(type, detail),
        actor,
        at: timeOf(at),
      }));
      return sendRead(request, reply, {
        items,
        next_cursor: rows.length > limit ? String(items.at(-1)?.version) : null,
      });
    },
  );
}
