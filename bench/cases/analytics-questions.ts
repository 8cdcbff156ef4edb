import type { CohortName, ExperimentId } from '../../src/events/ids.ts';
import { metricOf } from '../../src/experiment-report/metric-text.ts';
import { readRows } from '../../src/experiment-report/read-rows.ts';
import type { Sql } from '../../src/ports/database.ts';
import type { Generations } from '../../src/ports/projection.ts';
import { activityByDay, retentionByCohort } from '../../src/projections/activity-queries.ts';
import { type AnalyticsSearch, eventCounts, searchAnalyticsEvents } from '../../src/projections/analytics-queries.ts';
import { cohortMetric } from '../../src/projections/cohort-metrics.ts';
import { funnel } from '../../src/projections/funnel-query.ts';
import { playSessions } from '../../src/projections/play-sessions.ts';
import { revenueByDay } from '../../src/projections/revenue.ts';
import { tenant } from '../harness/events.ts';
import { type Activity, busiest, eventNames, experiment, playerOf } from '../harness/fill-analytics.ts';

type Question = {
  readonly name: string;
  readonly ask: (sql: Sql, generations: Generations, activity: Activity) => Promise<unknown>;
};

const dayMs = 86_400_000;
const sessionGapMs = 1_800_000;
const place = { tenant, experiment: experiment as ExperimentId, run: 1 };
const cohorts = ['control', 'short'].map((cohort) => ({ cohort: cohort as CohortName, share: 5_000 }));
const definition = { cohorts, control: 'control' as CohortName };
const limit = 21; // a page of the façade, and whether there is another
const page = { after: null, limit };
const anything: AnalyticsSearch = { playerId: null, name: null, experiment: null, cohort: null, from: null, to: null };
const lastDays = (days: number, { lastDay }: Activity) => ({ from: lastDay - days + 1, to: lastDay });
const [first, second] = eventNames;

const ranged = (days: number): readonly Question[] => [
  {
    name: `activity-${days}d`,
    ask: (sql, generations, activity) =>
      activityByDay(sql, generations, tenant, lastDays(days, activity), sessionGapMs),
  },
  {
    name: `retention-${days}d`,
    ask: (sql, generations, activity) =>
      retentionByCohort(sql, generations, tenant, lastDays(days, activity), [1, 3, 7, 14, 30], activity.lastDay),
  },
  {
    name: `funnel-2-steps-${days}d`,
    ask: (sql, generations, activity) =>
      funnel(sql, generations, tenant, [first, second], lastDays(days, activity), dayMs),
  },
  {
    name: `funnel-5-steps-${days}d`,
    ask: (sql, generations, activity) => funnel(sql, generations, tenant, eventNames, lastDays(days, activity), dayMs),
  },
  {
    name: `revenue-${days}d`,
    ask: (sql, generations, activity) => revenueByDay(sql, generations, tenant, lastDays(days, activity), page),
  },
  {
    name: `counts-${days}d`,
    ask: (sql, generations, activity) =>
      eventCounts(sql, generations, tenant, { ...lastDays(days, activity), name: null }, page),
  },
];

const search = (name: string, wanted: Partial<AnalyticsSearch>): Question => ({
  name: `events-${name}`,
  ask: (sql, generations) => searchAnalyticsEvents(sql, generations, tenant, { ...anything, ...wanted }, page),
});

const report = (name: string, ...metrics: readonly string[]): Question => ({
  name: `report-${name}`,
  ask: (sql, generations) =>
    readRows(sql, generations, place, definition, {
      control: null,
      covariateDays: 14,
      metrics: metrics.map((text) => metricOf(text)),
    }),
});

/** What operators ask, by the functions that answer the façade. */
export const analyticsQuestions: readonly Question[] = [
  ...ranged(30),
  ...ranged(90),
  search('of-player', { playerId: playerOf(busiest) }),
  search('of-player-by-name', { playerId: playerOf(busiest), name: eventNames[4] }),
  search('by-name', { name: eventNames[4] }),
  search('by-cohort', { experiment, cohort: 'short' }),
  {
    name: 'play-sessions',
    ask: (sql, generations) =>
      playSessions(sql, generations, { tenant, playerId: playerOf(busiest) }, sessionGapMs, {
        before: null,
        limit,
      }),
  },
  {
    name: 'cohorts',
    ask: (sql, generations) =>
      cohortMetric(sql, generations, place, { event: eventNames[4], measure: 'price', windowMs: 7 * dayMs }),
  },
  report('all-metrics'),
  report('one-event', `spent:event=${eventNames[4]}:measure=price`),
];
