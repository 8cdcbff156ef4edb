import { randomUUID } from 'node:crypto';
import { conditionCategories } from '../../src/application/database.ts';
import { type EventStore, openEventStore } from '../../src/event-store/index.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { answerQuestions } from '../harness/child.ts';
import { entryStream, scoreCommand } from '../harness/events.ts';
import { closedLoop } from '../harness/load.ts';

export type NeighbourQuestion = {
  readonly url: string;
  readonly neighbours: number;
  readonly hotStream: string | null;
  readonly warmUpMs: number;
  readonly durationMs: number;
};
/** Appends a second. */
export type NeighbourAnswer = { readonly neighbours: number; readonly hot: number };

let opened: Promise<EventStore> | undefined;

async function run({ url, neighbours, hotStream, ...times }: NeighbourQuestion): Promise<NeighbourAnswer> {
  opened ??= openEventStore({ connectionString: url, conditionCategories });
  const store = await opened;
  const own = Array.from({ length: neighbours }, () => {
    const playerId = randomUUID();
    return { playerId, stream: entryStream(playerId), version: 0n };
  });
  const free = [...own];
  const neighbour = async () => {
    const mine = free.pop()!;
    await store.append(scoreCommand(mine.stream, mine.version, mine.playerId, 1_000));
    mine.version += 1n;
    free.push(mine);
  };
  const hot = () => {
    const playerId = randomUUID();
    const command = scoreCommand(hotStream as StreamId, 0n, playerId, 1_000);
    const streams = command.streams.map((stream) => ({ ...stream, expectedVersion: 'any' as const }));
    return store.append({ ...command, streams });
  };
  const [ownLoad, hotLoad] = await Promise.all([
    closedLoop({ ...times, inFlight: neighbours, operation: neighbour }),
    hotStream === null ? null : closedLoop({ ...times, inFlight: 1, operation: hot }),
  ]);
  return { neighbours: ownLoad.perSecond, hot: hotLoad?.perSecond ?? 0 };
}

answerQuestions(run, async () => (await opened)?.close());
