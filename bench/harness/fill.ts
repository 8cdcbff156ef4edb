import { randomUUID } from 'node:crypto';
import type { EventLog, StreamAppend } from '../../src/event-store/port.ts';
import { entryStream, scoreEvent, tenant } from './events.ts';

const eventsPerAppend = 100;
const appendsAtOnce = 32;

/** Fills a log with scores of new players, 100 to an append, without public messages and records.
 *  @param players  ids; each gets `each` events
 *  @param scoreOf  score of a player's event */
export async function fillWithScores(
  log: EventLog,
  players: readonly string[],
  each: number,
  scoreOf: (player: number, nth: number) => number,
): Promise<void> {
  const playersPerAppend = Math.max(1, Math.floor(eventsPerAppend / each));
  let next = 0;
  const worker = async () => {
    while (next < players.length) {
      const from = next;
      next += playersPerAppend;
      const streams: StreamAppend[] = players.slice(from, next).map((playerId, index) => ({
        streamId: entryStream(playerId),
        expectedVersion: 0n,
        events: Array.from({ length: each }, (_, nth) => scoreEvent(playerId, scoreOf(from + index, nth))),
      }));
      await log.append({ tenant, streams });
    }
  };
  await Promise.all(Array.from({ length: appendsAtOnce }, worker));
}

export const newPlayers = (count: number): string[] => Array.from({ length: count }, () => randomUUID());
