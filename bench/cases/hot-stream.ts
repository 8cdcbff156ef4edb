import { randomUUID } from 'node:crypto';
import { isExpectedVersionConflictError } from '@event-driven-io/emmett';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { Benchmark } from '../benchmark.ts';
import { scoreData } from '../harness/events.ts';
import { closedLoop } from '../harness/load.ts';
import { type EmmettPeer, withEmmett } from '../peers/emmett.ts';

const times = { inFlight: 64, warmUpMs: 2_000, durationMs: 5_000 };
const event = () => ({ type: 'LeaderboardUpdated', data: scoreData(randomUUID(), 1_000) });

/** Emmett's callers repeat an append that another one overtook, as its command handler does. */
async function untilAppended({ store }: EmmettPeer, stream: string): Promise<void> {
  for (;;) {
    try {
      await store.appendToStream(stream, [event()]);
      return;
    } catch (error) {
      if (!isExpectedVersionConflictError(error)) throw error;
    }
  }
}

/** 64 callers that all append to the same stream, whatever its version, through Emmett's interface on both sides. */
export const hotStream: Benchmark = {
  name: 'hot-stream-64',
  measures: [{ name: 'hot-stream-64', unit: 'appends/s', better: 'higher', floor: null }],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const store = await openEventStore({ connectionString: database.appUrl, conditionCategories });
    const peer = await withEmmett(surroundings, async (emmett) => {
      const stream = `hot-${randomUUID()}`;
      const load = await closedLoop({ ...times, operation: () => untilAppended(emmett, stream) });
      return { 'hot-stream-64': load.perSecond };
    });
    return {
      async sandai() {
        const stream = `hot-default_${randomUUID()}`;
        const load = await closedLoop({ ...times, operation: () => store.appendToStream(stream, [event()]) });
        return { 'hot-stream-64': load.perSecond };
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
