import { randomUUID } from 'node:crypto';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { Benchmark } from '../benchmark.ts';
import { scoreData } from '../harness/events.ts';
import { closedLoop } from '../harness/load.ts';
import { withEmmett } from '../peers/emmett.ts';

const streams = 200;
const times = { inFlight: 16, warmUpMs: 1_500, durationMs: 4_000 };
const hundred = () =>
  Array.from({ length: 100 }, (_, score) => ({ type: 'LeaderboardUpdated', data: scoreData(randomUUID(), score) }));

type Store = {
  appendToStream(stream: string, events: ReturnType<typeof hundred>): Promise<unknown>;
  readStream(stream: string): Promise<{ events: readonly unknown[] }>;
};

async function fill(store: Store, nameOf: (number: number) => string): Promise<void> {
  for (let number = 0; number < streams; number += 1) await store.appendToStream(nameOf(number), hundred());
}

async function measure(store: Store, nameOf: (number: number) => string) {
  const load = await closedLoop({
    ...times,
    operation: async (number) => {
      const { events } = await store.readStream(nameOf(number % streams));
      if (events.length !== 100) throw new Error(`a stream of 100 events came with ${events.length}`);
    },
  });
  return { 'stream-read-100': load.perSecond };
}

/** Whole streams of 100 events, 16 readers. */
export const streamRead: Benchmark = {
  name: 'stream-read-100',
  measures: [{ name: 'stream-read-100', unit: 'streams/s', better: 'higher', floor: null }],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const run = randomUUID();
    const ours = (number: number) => `entry-default_${run}_${number}`;
    const theirs = (number: number) => `entry-${run}${number}`;
    const store = await openEventStore({ connectionString: database.appUrl, conditionCategories });
    await fill(store, ours);
    const peer = await withEmmett(surroundings, (emmett) => measure(emmett.store, theirs), {
      fill: (emmett) => fill(emmett.store, theirs),
      appending: false,
    });
    return {
      sandai: () => measure(store, ours),
      peer,
      async close() {
        await peer?.close();
        await store.close();
        await surroundings.release(database);
      },
    };
  },
};
