import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ExperimentId } from '../events/ids.ts';
import { activityByDay, retentionByCohort } from '../projections/activity-queries.ts';
import { furthestReturn } from '../projections/analytics-tables.ts';
import { cohortMetric } from '../projections/cohort-metrics.ts';
import { dateOf, dayAt } from '../projections/days.ts';
import { funnel, maxSteps } from '../projections/funnel-query.ts';
import { analyticsName, experimentName, measureName } from './analytics.schema.ts';
import { dayField, dayRangeQuery, parseDayRange } from './day-range.ts';
import type { Dependencies } from './dependencies.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';

const seconds = z.coerce
  .number()
  .int()
  .min(1)
  .max(30 * 86_400)
  .meta({ example: 86_400 });
const retentionDays = z
  .string()
  .regex(/^\d{1,2}(,\d{1,2}){0,15}$/, 'must be 1 to 16 numbers, separated by commas')
  .default('1,3,7,14,30')
  .refine(
    (text) => text.split(',').every((each) => Number(each) >= 1 && Number(each) <= furthestReturn),
    `must be numbers from 1 to ${furthestReturn}`,
  )
  .meta({ description: 'After how many days.', example: '1,7,30' });
const funnelSteps = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(analyticsName).min(2).max(maxSteps))
  .meta({
    description: `2 to ${maxSteps} names of events, separated by commas, in the order in which they are done.`,
    example: 'shop_opened,item_viewed,item_bought',
  });

const count = (description: string, example = 120) => z.int().meta({ description, example });
const share = z.number().nullable().meta({ description: 'Of all, from 0 to 1.', example: 0.45 });
const shareOf = (part: number, all: number): number | null => (all === 0 ? null : part / all);

const activityResponse = z.object({
  days: z.array(
    z.object({
      day: dayField,
      dau: count('Players who signed in or did something on the day.'),
      wau: count('The same within the 7 days that end with it.', 400),
      mau: count('The same within the 30 days that end with it.', 900),
      new_players: count('Players whose first day it is.', 12),
      sessions: count('Play sessions that began on it.', 180),
      play_seconds: count('Time between one event and the next of a session.', 86_400),
    }),
  ),
});
const retentionResponse = z.object({
  cohorts: z.array(
    z.object({
      day: dayField,
      players: count('Players whose first day it is.'),
      returned: z.array(
        z.object({
          after_days: count('So many days later.', 1),
          players: z.int().nullable().meta({ description: 'null while that day has not begun.', example: 54 }),
          share,
        }),
      ),
    }),
  ),
});
const funnelResponse = z.object({
  steps: z.array(z.object({ name: analyticsName, players: count('Players who came to this step.'), share })),
});

const sum = (description: string, example = 420) => z.number().meta({ description, example });
const cohortsResponse = z.object({
  cohorts: z.array(
    z.object({
      cohort: z.string().meta({ description: 'A cohort that players were shown.', example: 'short' }),
      players: count('Players who were shown it.'),
      doers: count('Of them, who did it in time.', 54),
      sum: sum('Of the values of all of them; without the event it is 0.'),
      sum_of_squares: sum('Of the same values.', 4_200),
      before: z.object({
        sum: sum('Of the values from before the exposure.', 300),
        sum_of_squares: sum('Of those values.', 2_100),
        sum_of_products: sum('Of the values from before and after, player by player.', 2_800),
      }),
    }),
  ),
});

/** Reports on what players do, for operators. */
export function analyticsReportRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads, settings, now } = dependencies;
  const gapMs = settings.analytics.sessionGapMinutes * 60_000;
  const access = { rights: ['ops'] as const };

  app.get(
    '/v1/analytics/activity',
    {
      schema: {
        tags: ['analytics'],
        summary: 'Active and new players, and play sessions, by day',
        querystring: z.object(dayRangeQuery),
        response: answers({ 200: activityResponse }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const range = parseDayRange(request.query, now());
      await waitForRows(request, dependencies, ['analytics']);
      const days = await activityByDay(reads.sql, reads.generations, tenant, range, gapMs);
      return sendRead(request, reply, {
        days: days.map(({ day, newPlayers, playSeconds, sessions, ...active }) => ({
          day: dateOf(day),
          ...active,
          new_players: newPlayers,
          sessions,
          play_seconds: playSeconds,
        })),
      });
    },
  );

  app.get(
    '/v1/analytics/retention',
    {
      schema: {
        tags: ['analytics'],
        summary: 'How many players come back, by their first day',
        querystring: z.object({ ...dayRangeQuery, days: retentionDays }),
        response: answers({ 200: retentionResponse }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const range = parseDayRange(request.query, now());
      const after = [...new Set(request.query.days.split(',').map(Number))];
      await waitForRows(request, dependencies, ['analytics']);
      const cohorts = await retentionByCohort(reads.sql, reads.generations, tenant, range, after, dayAt(now()));
      return sendRead(request, reply, {
        cohorts: cohorts.map(({ day, players, returned }) => ({
          day: dateOf(day),
          players,
          returned: returned.map((each) => ({
            after_days: each.after,
            players: each.players,
            share: each.players === null ? null : shareOf(each.players, players),
          })),
        })),
      });
    },
  );

  app.get(
    '/v1/analytics/funnel',
    {
      schema: {
        tags: ['analytics'],
        summary: 'How far players come on the way from one event to another',
        description:
          'A step counts when it comes after the one before, and not later than `within_s` after the first one.',
        querystring: z.object({
          ...dayRangeQuery,
          steps: funnelSteps,
          within_s: seconds
            .default(86_400)
            .meta({ description: 'Seconds from the first step to the last.', example: 86_400 }),
        }),
        response: answers({ 200: funnelResponse }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { steps, within_s } = request.query;
      const range = parseDayRange(request.query, now());
      await waitForRows(request, dependencies, ['analytics']);
      const reached = await funnel(reads.sql, reads.generations, tenant, steps, range, within_s * 1_000);
      return sendRead(request, reply, {
        steps: reached.map(({ step, players }) => ({
          name: step,
          players,
          share: shareOf(players, reached[0]!.players),
        })),
      });
    },
  );

  app.get(
    '/v1/analytics/cohorts',
    {
      schema: {
        tags: ['analytics'],
        summary: 'What the players of an experiment did after they were exposed, by cohort',
        querystring: z.object({
          experiment: experimentName.meta({ description: 'An experiment.' }),
          run: z.coerce
            .number()
            .int()
            .min(1)
            .max(1_000_000)
            .default(1)
            .meta({ description: 'One of its runs.', example: 1 }),
          event: analyticsName,
          measure: measureName.optional().meta({ description: 'What is added up; left out, the events are counted.' }),
          within_s: seconds.default(7 * 86_400).meta({ description: 'Seconds after the exposure, and before it.' }),
        }),
        response: answers({ 200: cohortsResponse }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { experiment, run, event, measure = null, within_s } = request.query;
      await waitForRows(request, dependencies, ['analytics', 'exposures']);
      const place = { tenant, experiment: experiment as ExperimentId, run };
      const metric = { event, measure, windowMs: within_s * 1_000 };
      const cohorts = await cohortMetric(reads.sql, reads.generations, place, metric);
      return sendRead(request, reply, {
        cohorts: cohorts.map(({ sumOfSquares, before, ...row }) => ({
          ...row,
          sum_of_squares: sumOfSquares,
          before: {
            sum: before.sum,
            sum_of_squares: before.sumOfSquares,
            sum_of_products: before.sumOfProducts,
          },
        })),
      });
    },
  );
}
