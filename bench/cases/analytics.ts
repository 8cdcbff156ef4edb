import type { Benchmark } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { startMeasuredServer } from '../harness/sandai-server.ts';
import { type BenchDatabase, withClient } from '../harness/server.ts';
import type { AnalyticsAnswer } from './analytics.child.ts';

const players = 200;
const connections = 8;
const eventsInBatch = 100;
const times = { warmUpMs: 2_000, durationMs: 10_000 };
const giveUpMs = 120_000;

/** What the read model holds. @property told events; @property counted what they were added up to, by name and day */
const rows = ({ ownerUrl }: BenchDatabase) =>
  withClient(ownerUrl, async (client) => {
    const { rows: found } = await client.query(
      `select (select count(*)::int from analytics_events__g1) as told,
              (select coalesce(sum(events), 0)::int from analytics_event_counts__g1) as counted`,
    );
    return found[0] as { readonly told: number; readonly counted: number };
  });

/** Waits until the read model holds so many events, or does not get there. @returns seconds */
async function caughtUp(database: BenchDatabase, events: number): Promise<number> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  while ((await rows(database)).told < events && seconds() * 1_000 < giveUpMs)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return seconds();
}

/** Players tell of full batches of 100 events with properties, which are sealed one by one. */
export const analytics: Benchmark = {
  name: 'analytics',
  rounds: 1,
  measures: [
    { name: 'analytics', unit: 'events/s', better: 'higher', floor: null },
    { name: 'analytics-batch-p50', unit: 'ms', better: 'lower', floor: null },
    { name: 'analytics-batch-p99', unit: 'ms', better: 'lower', floor: { value: 500 } },
    { name: 'analytics-catch-up', unit: 's', better: 'lower', floor: null },
    { name: 'analytics-server-cpu', unit: 'ms/batch', better: 'lower', floor: null },
    { name: 'analytics-lost', unit: 'events', better: 'lower', floor: { value: 1 } },
    { name: 'analytics-doubled', unit: 'events', better: 'lower', floor: { value: 1 } },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const load = startChild(new URL('./analytics.child.ts', import.meta.url));
    const server = await startMeasuredServer(database);
    return {
      async sandai() {
        const [before, cpuBefore] = [await rows(database), await server.cpuSeconds()];
        const question = { url: server.url, players, connections, ...times };
        const { load: found, events } = await load.ask<AnalyticsAnswer>(question);
        const seconds = await caughtUp(database, before.told + events);
        const [after, cpu] = [await rows(database), (await server.cpuSeconds()) - cpuBefore];
        surroundings.tell(
          `analytics: ${events} events, and every fifth batch one that was told before, by ${connections} players at once`,
        );
        return {
          analytics: found.perSecond * eventsInBatch,
          'analytics-batch-p50': found.p50Ms,
          'analytics-batch-p99': found.p99Ms,
          'analytics-catch-up': seconds,
          'analytics-server-cpu': (cpu * 1_000 * eventsInBatch) / events,
          'analytics-lost': Math.max(0, events - (after.told - before.told)),
          'analytics-doubled': after.counted - after.told,
        };
      },
      peer: null,
      async close() {
        await server.stop();
        await load.stop();
        await surroundings.release(database);
      },
    };
  },
};
