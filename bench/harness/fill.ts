import { randomUUID } from 'node:crypto';
import { projections } from '../../projections.config.ts';
import type { EventLog, StreamAppend } from '../../src/event-store/port.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import type { SqlEventLog } from '../../src/event-store/sql/store.ts';
import type { SeasonName } from '../../src/events/ids.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { entryStream, scoreEvent, tenant } from './events.ts';
import { appRoleOf, type BenchDatabase } from './server.ts';

const eventsPerAppend = 100;
const appendsAtOnce = 32;

/** Fills a log with scores of new players, 100 to an append, without public messages and records.
 *  @param players  ids; each gets `each` events
 *  @param scoreOf  score of a player's event
 *  @param season   that of the benchmarks when left out */
export async function fillWithScores(
  log: EventLog,
  players: readonly string[],
  each: number,
  scoreOf: (player: number, nth: number) => number,
  season?: SeasonName,
): Promise<void> {
  const playersPerAppend = Math.max(1, Math.floor(eventsPerAppend / each));
  let next = 0;
  const worker = async () => {
    while (next < players.length) {
      const from = next;
      next += playersPerAppend;
      const streams: StreamAppend[] = players.slice(from, next).map((playerId, index) => ({
        streamId: entryStream(playerId, season),
        expectedVersion: 0n,
        events: Array.from({ length: each }, (_, nth) => scoreEvent(playerId, scoreOf(from + index, nth), season)),
      }));
      await log.append({ tenant, streams });
    }
  };
  await Promise.all(Array.from({ length: appendsAtOnce }, worker));
}

export const newPlayers = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** Brings every read model of a filled log up to date, so that a server has nothing to catch up on. */
export async function buildReadModels(log: SqlEventLog, database: BenchDatabase): Promise<void> {
  const owner = await openDatabase({ url: database.ownerUrl, maxConnections: 2 });
  try {
    const appRole = appRoleOf(database) ?? null;
    for (const projection of projections)
      await rebuildProjection({ projection, log, database: log.database, owner, appRole, graceMs: 0 });
  } finally {
    await owner.close();
  }
}
