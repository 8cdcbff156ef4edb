import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { SeasonName } from '../../src/events/ids.ts';
import { buildReadModels, fillWithScores, newPlayers } from './fill.ts';
import type { BenchDatabase, BenchServer } from './server.ts';

const eventsEach = 5;
const chunk = 100_000;
const history = 'history' as SeasonName;

/** Makes a database whose log is already long, with its read models up to date. */
export async function longLog(
  server: BenchServer,
  events: number,
  tell: (line: string) => void,
): Promise<BenchDatabase> {
  const database = await server.migrated();
  const log = await openEventStore({ connectionString: database.appUrl, conditionCategories });
  try {
    for (let done = 0; done < events; ) {
      const players = newPlayers(Math.min(chunk, (events - done) / eventsEach));
      await fillWithScores(log, players, eventsEach, (player, nth) => player + nth, history);
      done += players.length * eventsEach;
      tell(`filling a log: ${done} of ${events} events`);
    }
    await buildReadModels(log, database);
    return database;
  } finally {
    await log.close();
  }
}
