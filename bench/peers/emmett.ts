import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import type { Surroundings, Values } from '../benchmark.ts';
import { scoreData } from '../harness/events.ts';

export const emmettName = 'emmett-postgresql 0.42';

/** Emmett's PostgreSQL store on a database of its own. */
export type EmmettPeer = {
  readonly url: string;
  readonly store: ReturnType<typeof getPostgreSQLEventStore>;
  readonly pool: pg.Pool;
};

// 8, 16, 32 and 64 connections were tried on 2 cores; 16 was the fastest for Emmett at 64 in flight, and none better by more than a tenth at 1,024.
const connections = 16;

/** Appends one score as a new stream. */
export const appendToEmmett = ({ store }: EmmettPeer, playerId: string) =>
  store.appendToStream(`entry-${playerId}`, [{ type: 'LeaderboardUpdated', data: scoreData(playerId, 1_000) }], {
    expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
  });

export async function countEmmettEvents({ pool }: EmmettPeer): Promise<number> {
  const { rows } = await pool.query('select count(*) as n from emt_messages');
  return Number(rows[0].n);
}

/** The peer's side of a benchmark, or null where the run has no peers. Each measurement is checked to have committed something.
 *  @param fill      brings its database to where the measurement starts
 *  @param appending whether a measurement adds events */
export async function withEmmett(
  { server, withPeer }: Surroundings,
  measure: (emmett: EmmettPeer) => Promise<Values>,
  { fill, appending = true }: { fill?: (emmett: EmmettPeer) => Promise<void>; appending?: boolean } = {},
) {
  if (!withPeer) return null;
  const database = await server.empty();
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: connections });
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(database.ownerUrl, { connectionOptions: { pool } });
  await store.schema.migrate();
  const emmett = { url: database.ownerUrl, store, pool };
  await fill?.(emmett);
  return {
    name: emmettName,
    async measure() {
      const before = await countEmmettEvents(emmett);
      const values = await measure(emmett);
      if (appending && (await countEmmettEvents(emmett)) <= before) throw new Error('Emmett committed nothing');
      return values;
    },
    async close() {
      await store.close();
      await pool.end();
      await server.drop(database);
    },
  };
}
