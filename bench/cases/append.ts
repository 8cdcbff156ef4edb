import { randomUUID } from 'node:crypto';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { Benchmark, Floor } from '../benchmark.ts';
import { entryStream, scoreCommand } from '../harness/events.ts';
import { closedLoop } from '../harness/load.ts';
import { appendToEmmett, withEmmett } from '../peers/emmett.ts';

/** One event to a new stream per command: ours with public message and idempotency record, the peer's the event alone. */
export const appendBenchmark = (inFlight: number, floor: Floor | null): Benchmark => {
  const name = `append-${inFlight}`;
  const times = { inFlight, warmUpMs: 2_000, durationMs: 5_000 };
  return {
    name,
    measures: [
      { name, unit: 'appends/s', better: 'higher', floor },
      { name: `${name}-p99`, unit: 'ms', better: 'lower', floor: null },
    ],
    async prepare(surroundings) {
      const database = await surroundings.database();
      const store = await openEventStore({ connectionString: database.appUrl, conditionCategories });
      const peer = await withEmmett(surroundings, async (emmett) => {
        const load = await closedLoop({ ...times, operation: () => appendToEmmett(emmett, randomUUID()) });
        return { [name]: load.perSecond, [`${name}-p99`]: load.p99Ms };
      });
      return {
        async sandai() {
          const load = await closedLoop({
            ...times,
            operation: () => {
              const playerId = randomUUID();
              return store.append(scoreCommand(entryStream(playerId), 0n, playerId, 1_000));
            },
          });
          return { [name]: load.perSecond, [`${name}-p99`]: load.p99Ms };
        },
        peer,
        async close() {
          await peer?.close();
          await store.close();
          await surroundings.release(database);
        },
      };
    },
  };
};
