import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeExperiment, type Experiment, findExperiment } from '../commands/experiment.ts';
import type { ExperimentId } from '../events/ids.ts';
import { type ExperimentRow, listExperiments } from '../projections/experiment-queries.ts';
import { experimentIdText, experimentResponse, ramp, shownExperiment } from './experiment.schema.ts';
import { idempotencyKeyField, limitQuery, nextCursor } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const params = z.object({ experiment_id: experimentIdText });
const bare = z.strictObject({ idempotency_key: idempotencyKeyField }).nullish();

/** An experiment that somebody has just changed or read, as answers have it. */
export function answerOf(experiment: ExperimentId, state: Experiment) {
  if (state.phase === 'absent') throw new Error(`a command left nothing of the experiment ${experiment}`);
  const { definition, run, running, ramp: at } = state;
  const status = running ? 'running' : run === 0 ? 'defined' : 'stopped';
  return shownExperiment(experiment, definition, { status, run, ramp: at });
}

const shownRow = ({ experiment, definition, status, run, ramp: at }: ExperimentRow) =>
  shownExperiment(experiment, definition, {
    status: status === 'defined' && run > 0 ? 'stopped' : status,
    run,
    ramp: at,
  });

/** Players are told what there is, not whom it is for. */
const forPlayers = ({ experiment_id, run, cohorts, control }: ReturnType<typeof shownExperiment>) => ({
  experiment_id,
  status: 'running',
  run,
  cohorts,
  control,
});
const listed = experimentResponse
  .pick({ experiment_id: true, status: true, run: true, cohorts: true, control: true })
  .extend(
    experimentResponse
      .pick({ description: true, targeting: true, layer: true, ramp: true, starts_at: true, ends_at: true })
      .partial().shape,
  );

/** Experiments: listing, starting, ramping, stopping. */
export function experimentRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  app.get(
    '/v1/experiments',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Experiments, by id',
        description: 'Players see those that run, and not whom they are for; operators and services see all.',
        querystring: z.object({ limit: limitQuery, cursor: experimentIdText.optional() }),
        response: answers({ 200: z.object({ items: z.array(listed), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: ['player', 'ops', 'admin', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true },
      },
    },
    async (request, reply) => {
      const { tenant, kind } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['experiments']);
      const page = { after: cursor ?? '', limit: limit + 1, onlyRunning: kind === 'player' };
      const rows = await listExperiments(reads.sql, reads.generations, tenant, page);
      const items = rows.slice(0, limit).map(shownRow);
      return sendRead(request, reply, {
        items: kind === 'player' ? items.map(forPlayers) : items,
        next_cursor: rows.length > limit ? (items.at(-1)?.experiment_id ?? null) : null,
      });
    },
  );

  app.get(
    '/v1/experiments/:experiment_id',
    {
      schema: {
        tags: ['experiments'],
        summary: 'An experiment as it is now',
        params,
        response: answers({ 200: experimentResponse }),
      },
      config: {
        access: { rights: ['ops', 'admin', 'scope:players:read', 'scope:nakama'] },
        contract: { errors: ['EXPERIMENT_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const id = request.params.experiment_id as ExperimentId;
      const found = await findExperiment(runtime, tenant, id);
      if (found.phase === 'absent') throw new Problem('EXPERIMENT_NOT_FOUND');
      return sendRead(request, reply, answerOf(id, found));
    },
  );

  const changes = [
    {
      word: 'start',
      type: 'StartExperiment',
      summary: 'Start an experiment: a new run, with buckets of its own',
      description: 'Starting one that runs changes nothing.',
    },
    {
      word: 'stop',
      type: 'StopExperiment',
      summary: 'Stop an experiment: nobody is assigned any more',
      description: 'Stopping one that does not run changes nothing. Another start is another run.',
    },
  ] as const;
  for (const { word, type, summary, description } of changes)
    app.post(
      `/v1/experiments/:experiment_id/${word}`,
      {
        schema: {
          tags: ['experiments'],
          summary,
          description,
          params,
          body: bare,
          response: answers({ 200: experimentResponse }),
        },
        config: {
          access: { rights: ['admin'] },
          contract: { idempotency: 'optional', errors: ['EXPERIMENT_NOT_FOUND'] },
        },
      },
      async (request, reply) => {
        const { tenant, actor } = signedInOf(request);
        const id = request.params.experiment_id as ExperimentId;
        return write<Experiment>(request, reply, {
          tenant,
          actor,
          key: 'optional',
          run: (context) => changeExperiment(runtime, { type, experiment: id }, context),
          answer: (state) => JSON.stringify(answerOf(id, state)),
        });
      },
    );

  app.post(
    '/v1/experiments/:experiment_id/ramp',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Let more players into an experiment that runs',
        description: 'Whoever takes part goes on, in the same cohort.',
        params,
        body: z.strictObject({ ramp, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: experimentResponse }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: {
          idempotency: 'optional',
          errors: ['EXPERIMENT_NOT_FOUND', 'EXPERIMENT_NOT_RUNNING', 'RAMP_SHRINKS'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const id = request.params.experiment_id as ExperimentId;
      const command = { type: 'RampExperiment', experiment: id, ramp: request.body.ramp } as const;
      return write<Experiment>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeExperiment(runtime, command, context),
        answer: (state) => JSON.stringify(answerOf(id, state)),
      });
    },
  );
}
