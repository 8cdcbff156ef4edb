import { randomUUID } from 'node:crypto';
import { postgreSQLProjection, rebuildPostgreSQLProjections } from '@event-driven-io/emmett-postgresql';
import { scoreData } from '../harness/events.ts';
import { type EmmettPeer, emmettName } from './emmett.ts';

type ScoreRecorded = { type: 'LeaderboardUpdated'; data: ReturnType<typeof scoreData> };

const upsert = `insert into bench_board (player_id, score) select * from unnest($1::text[], $2::bigint[])
  on conflict (player_id) do update set score = excluded.score`;

/** The same board as ours keeps of a score, written with one statement for all events that Emmett hands out at once.
 *  @param name new for each rebuild: under a name that was rebuilt before, it goes on from its checkpoint
 *  @param handled told how many events each call had */
const board = (name: string, handled: (events: number) => void) =>
  postgreSQLProjection<ScoreRecorded>({
    name,
    version: 1,
    canHandle: ['LeaderboardUpdated'],
    async handle(events, { connection }) {
      const last = new Map(events.map(({ data }) => [data.playerId, data.standing.score]));
      await connection.client.query(upsert, [[...last.keys()], [...last.values()]]);
      handled(events.length);
    },
    async truncate({ connection }) {
      await connection.client.query('truncate bench_board');
    },
  });

export async function fillEmmettWithScores({ store, pool }: EmmettPeer, events: number, each: number): Promise<void> {
  await pool.query('create table bench_board (player_id text primary key, score bigint not null)');
  const players = Array.from({ length: events / each }, () => randomUUID());
  const worker = async () => {
    for (let playerId = players.pop(); playerId !== undefined; playerId = players.pop()) {
      const id = playerId;
      const scores = Array.from({ length: each }, (_, nth) => ({
        type: 'LeaderboardUpdated',
        data: scoreData(id, nth),
      }));
      await store.appendToStream(`entry-${id}`, scores);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/** Rebuilds the board from the beginning, in batches of 1,000 (its default of 100 was slower). It ends before events that lie above
 *  the oldest transaction of the server, whichever that is, so the rate is that of what it did handle.
 *  @returns events a second */
export async function rebuildEmmettBoard({ url }: EmmettPeer): Promise<number> {
  let events = 0;
  const startedAt = performance.now();
  const consumer = rebuildPostgreSQLProjections<ScoreRecorded>({
    connectionString: url,
    projection: board(`bench_board_${randomUUID()}`, (more) => {
      events += more;
    }),
    pulling: { batchSize: 1_000 },
  });
  await consumer.start();
  const seconds = (performance.now() - startedAt) / 1000;
  await consumer.close();
  if (events === 0) throw new Error(`${emmettName} rebuilt nothing`);
  return events / seconds;
}
