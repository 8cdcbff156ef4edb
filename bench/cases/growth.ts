import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { Benchmark, Measure, Values } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { fillWithScores, newPlayers } from '../harness/fill.ts';
import type { BenchDatabase } from '../harness/server.ts';
import type { GrowthAnswer, GrowthQuestion } from './growth.child.ts';

const eventsEach = 5;
const chunk = 500_000;
const lengths = { '1M': 1_000_000, '10M': 10_000_000 };
const kinds = ['rebuild', 'export'] as const;

async function measureAt(database: BenchDatabase, length: string): Promise<Values> {
  const values: Record<string, number> = {};
  for (const kind of kinds) {
    const child = startChild(new URL('./growth.child.ts', import.meta.url)); // a new one, whose peak of memory is of this work
    const answer = await child.ask<GrowthAnswer>({ kind, database } satisfies GrowthQuestion);
    await child.stop();
    values[`growth-${kind}-${length}`] = answer.eventsPerSecond;
    values[`growth-${kind}-${length}-memory`] = answer.peakMiB;
  }
  return values;
}

const measures: readonly Measure[] = kinds.flatMap((kind): Measure[] => [
  ...Object.keys(lengths).flatMap((length): Measure[] => [
    { name: `growth-${kind}-${length}`, unit: 'events/s', better: 'higher', floor: null },
    { name: `growth-${kind}-${length}-memory`, unit: 'MiB', better: 'lower', floor: null },
  ]),
  { name: `growth-${kind}`, unit: 'speed kept', better: 'higher', floor: { value: 0.8 } },
]);

/** A rebuild and an export of a log of 1 and of 10 million events: whether an event costs the same, and how much memory it takes. */
export const growth: Benchmark = {
  name: 'growth',
  measures,
  long: true,
  rounds: 1,
  async prepare(surroundings) {
    const database = await surroundings.database();
    return {
      peer: null,
      async sandai() {
        let values: Values = {};
        let events = 0;
        for (const [length, upTo] of Object.entries(lengths)) {
          const log = await openEventStore({ connectionString: database.appUrl, conditionCategories });
          for (; events < upTo; events += chunk) {
            surroundings.tell(`filling a log: ${events} of ${upTo} events`);
            await fillWithScores(log, newPlayers(chunk / eventsEach), eventsEach, (player, nth) => player + nth);
          }
          await log.close();
          values = { ...values, ...(await measureAt(database, length)) };
        }
        for (const kind of kinds)
          values = { ...values, [`growth-${kind}`]: values[`growth-${kind}-10M`]! / values[`growth-${kind}-1M`]! };
        return values;
      },
      close: () => surroundings.release(database),
    };
  },
};
