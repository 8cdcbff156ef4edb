import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { SeasonName } from '../../src/events/ids.ts';
import type { Benchmark } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { buildReadModels, fillWithScores, newPlayers } from '../harness/fill.ts';
import type { Load } from '../harness/load.ts';
import { openSeason, startMeasuredServer } from '../harness/sandai-server.ts';
import type { HttpQuestion } from './http.child.ts';

const history = 300_000;
const eventsEach = 5;
const rebuildEventsPerSecond = 10_000;
const season = 'bench-live';

/** What is left of the speed of live traffic while a projection is rebuilt at a held rate by a process of its own. */
export const rebuildBesideLive: Benchmark = {
  name: 'rebuild-beside-live',
  long: true,
  measures: [
    { name: 'rebuild-beside-live', unit: 'share kept', better: 'higher', floor: { value: 0.8 } },
    { name: 'rebuild-beside-live-alone', unit: 'submissions/s', better: 'higher', floor: null },
    { name: 'rebuild-beside-live-beside', unit: 'submissions/s', better: 'higher', floor: null },
    { name: 'rebuild-beside-live-rate', unit: 'events/s', better: 'higher', floor: null },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const log = await openEventStore({ connectionString: database.appUrl, conditionCategories });
    surroundings.tell(`filling the log with ${history} events`);
    const past = 'history' as SeasonName;
    await fillWithScores(log, newPlayers(history / eventsEach), eventsEach, (player, nth) => player + nth, past);
    await buildReadModels(log, database);
    await log.close();
    const server = await startMeasuredServer(database);
    const load = startChild(new URL('./http.child.ts', import.meta.url));
    const times = { warmUpMs: 2_000, durationMs: 8_000 };
    const ask = <Answer>(question: Partial<HttpQuestion> & Pick<HttpQuestion, 'kind'>) =>
      load.ask<Answer>({ url: server.url, connections: 64, ...times, ...question });
    await openSeason(server, season);
    await ask({ kind: 'players', count: 2_000 });
    return {
      peer: null,
      async sandai() {
        const alone = await ask<Load>({ kind: 'scores', season });
        let ended = false;
        const rebuilding = server
          .cli('projections', 'rebuild', 'leaderboards', '--grace=0', `--max-rate=${rebuildEventsPerSecond}`)
          .finally(() => {
            ended = true;
          });
        const beside = await ask<Load>({ kind: 'scores', season });
        if (ended) throw new Error(`the rebuild ended before the load: ${await rebuilding}`);
        const rate = /\((\d+)\/s\)/.exec(await rebuilding)?.[1];
        return {
          'rebuild-beside-live': beside.perSecond / alone.perSecond,
          'rebuild-beside-live-alone': alone.perSecond,
          'rebuild-beside-live-beside': beside.perSecond,
          'rebuild-beside-live-rate': Number(rate),
        };
      },
      async close() {
        await load.stop();
        await server.stop();
        await surroundings.release(database);
      },
    };
  },
};
