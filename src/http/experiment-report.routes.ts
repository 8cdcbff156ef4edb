import { setImmediate as giveWay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findExperiment } from '../commands/experiment.ts';
import type { ExperimentId } from '../events/ids.ts';
import { reportJson } from '../experiment-report/json.ts';
import { makeReportGently } from '../experiment-report/make-report.ts';
import { addMetric } from '../experiment-report/metric-text.ts';
import { readModelsOfReport, readRows } from '../experiment-report/read-rows.ts';
import type { AskedMetric } from '../experiment-report/tally.ts';
import { exposureCounts } from '../projections/exposures.ts';
import type { Dependencies } from './dependencies.ts';
import { cohortText, experimentIdText } from './experiment.schema.ts';
import { experimentReportResponse } from './experiment-report.schema.ts';
import { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';

const maxMetrics = 16;
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const query = z.object({
  run: whole(1, 999_999).optional().meta({ description: 'Which run; left out, the last one.', example: 1 }),
  control: cohortText
    .optional()
    .meta({ description: 'What the others are held against; left out, as defined.', example: 'control' }),
  covariate_days: whole(0, 90).default(14).meta({
    description: 'A mean is made sharper by the same number of so many days before the exposure.',
    example: 14,
  }),
  planned_players: whole(100, 999_999_999)
    .optional()
    .meta({ description: 'Of all cohorts, as planned before the start; left out, 10,000.', example: 20_000 }),
  metrics: z
    .string()
    .max(2_000)
    .optional()
    .meta({
      description: `At most ${maxMetrics}, separated by commas; left out, each measure of the events that name the experiment. After a name, separated by colons: \`mean\` or \`share\`, \`lower\`, \`guardrail=<margin>\`, and, for events that name no experiment, \`event=<name>\`, \`measure=<name>\`, \`within=<seconds>\`.`,
      example: 'retention_7,crashes:mean:lower,spent:event=item_bought:measure=price:within=86400',
    }),
});

/** What a report may cost: a comparison takes some 20 ms of this process, 1,000 players some 20 ms of the database for each source of metrics. */
const maxComparisons = 50;
const maxPlayers = 250_000;
const maxWaiting = 8;

function metricsIn(text: string | undefined) {
  const texts = text === undefined ? [] : text.split(',');
  if (texts.length > maxMetrics) throw invalid('query.metrics', `must be at most ${maxMetrics}`);
  try {
    return texts.reduce<AskedMetric[]>((before, each) => addMetric(before, each.trim()), []);
  } catch (error) {
    throw error instanceof RangeError ? invalid('query.metrics', error.message) : error;
  }
}

/** @throws Problem when there is too much to compare */
function refuseMany(metrics: readonly unknown[], cohorts: readonly unknown[]): void {
  if (metrics.length * (cohorts.length - 1) > maxComparisons) throw new Problem('REPORT_TOO_LARGE');
}

/** Lets one at a time do what is costly. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= maxWaiting) throw new Problem('OVERLOADED', [], { 'retry-after': '5' });
    waiting += 1;
    const turn = last.then(work);
    last = turn
      .catch(() => undefined)
      .finally(() => {
        waiting -= 1;
      });
    return turn;
  };
}

/** What an experiment has shown. */
export function experimentReportRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads } = dependencies;
  const inTurn = createTurns();

  app.get(
    '/v1/experiments/:experiment_id/report',
    {
      schema: {
        tags: ['experiments'],
        summary: 'Whether the cohorts of an experiment differ, metric by metric',
        description:
          'As `npx sandai experiments report --json`: the sample ratio first, then each cohort against control. What cannot be computed has a `problem` in place of numbers.',
        params: z.object({ experiment_id: experimentIdText }),
        querystring: query,
        response: answers({ 200: experimentReportResponse }),
      },
      config: {
        access: { rights: ['ops', 'admin'] },
        contract: {
          waitsFor: true,
          errors: ['EXPERIMENT_NOT_FOUND', 'EXPERIMENT_RUN_NOT_FOUND', 'COHORT_NOT_FOUND', 'REPORT_TOO_LARGE'],
        },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const experiment = request.params.experiment_id as ExperimentId;
      const { control, covariate_days, planned_players: plannedPlayers } = request.query;
      const asked = {
        control: control ?? null,
        covariateDays: covariate_days,
        metrics: metricsIn(request.query.metrics),
      };
      const found = await findExperiment(runtime, tenant, experiment);
      if (found.phase === 'absent') throw new Problem('EXPERIMENT_NOT_FOUND');
      const { definition } = found;
      const run = request.query.run ?? found.run;
      if (run === 0 || run > found.run) throw new Problem('EXPERIMENT_RUN_NOT_FOUND');
      if (control !== undefined && !definition.cohorts.some(({ cohort }) => cohort === control))
        throw new Problem('COHORT_NOT_FOUND');
      refuseMany(asked.metrics, definition.cohorts);
      await waitForRows(
        request,
        dependencies,
        readModelsOfReport.map(({ name }) => name),
      );
      const report = await inTurn(async () => {
        const place = { tenant, experiment, run };
        const shown = await exposureCounts(reads.sql, reads.generations, place);
        if (shown.reduce((sum, { players }) => sum + players, 0) > maxPlayers) throw new Problem('REPORT_TOO_LARGE');
        const input = await readRows(reads.sql, reads.generations, place, definition, asked);
        refuseMany(input.metrics, input.cohorts);
        return makeReportGently({ ...input, ...(plannedPlayers !== undefined && { plannedPlayers }) }, giveWay);
      });
      return sendRead(request, reply, reportJson(report) as object);
    },
  );
}
