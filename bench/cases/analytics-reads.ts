import { projections } from '../../projections.config.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { dayAt } from '../../src/projections/days.ts';
import type { Benchmark } from '../benchmark.ts';
import { type Activity, fillWithActivity } from '../harness/fill-analytics.ts';
import { analyticsQuestions } from './analytics-questions.ts';

const players = 200_000;
const days = 90;
const giveUpMs = 120_000;

/** What operators ask of analytics, of 90 days of 200,000 players. */
export const analyticsReads: Benchmark = {
  name: 'analytics-reads',
  measures: analyticsQuestions.map(({ name }) => ({
    name: `analytics-reads-${name}`,
    unit: 'ms',
    better: 'lower',
    floor: null,
  })),
  long: true,
  async prepare(surroundings) {
    const database = await surroundings.database();
    const activity: Activity = { players, days, lastDay: dayAt(Date.now()) - 1 };
    const owner = await openDatabase({ url: database.ownerUrl, maxConnections: 4, deadlineMs: giveUpMs });
    await fillWithActivity(owner, activity, (done) =>
      surroundings.tell(`filling analytics: ${done} of ${players} players`),
    );
    await owner.query('ANALYZE');
    const app = await openDatabase({ url: database.appUrl, maxConnections: 1, deadlineMs: giveUpMs });
    const generations = createGenerations(app, projections);
    return {
      peer: null,
      async sandai() {
        const values: Record<string, number> = {};
        for (const { name, ask } of analyticsQuestions) {
          const startedAt = performance.now();
          await ask(app, generations, activity);
          values[`analytics-reads-${name}`] = performance.now() - startedAt;
        }
        return values;
      },
      async close() {
        await app.close();
        await owner.close();
        await surroundings.release(database);
      },
    };
  },
};
