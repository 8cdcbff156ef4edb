import pg from 'pg';
import type { Database, Sql, SqlResult } from '../../ports/database.ts';
import { backoff } from '../backoff.ts';
import { StoreUnavailable } from '../errors.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { failureOf } from './failure.ts';

/** A {@link Database} that also tells its dialect. */
export type SqlDatabase = Database & {
  readonly dialect: Dialect;
  /** For statements that may run more than once, as reads may: repeated on lost connections too.
   *  @throws StoreUnavailable after the deadline */
  readonly repeatable: Sql;
  /** After so long without an answer, the connection of a short statement counts as dead. */
  readonly answerTimeoutMs: number;
  /** Borrows a connection for statements that must share it. Give it back, with the error if it may be broken. */
  connect(): Promise<pg.PoolClient>;
};

/** @property url            `postgresql://…` of PostgreSQL or CockroachDB
 *  @property maxConnections at most so many at once
 *  @property deadlineMs     how long retries go on */
export type DatabaseOptions = {
  readonly url: string;
  readonly maxConnections: number;
  readonly deadlineMs?: number;
  readonly applicationName?: string;
};

// The server gives up first (its statement_timeout is 60 s); this is for answers that never come.
const longestAnswerMs = 65_000;

/** Opens a pool whose sessions have their isolation and durability set explicitly.
 *  @throws the driver's error when the database does not answer before the deadline */
export async function openDatabase(options: DatabaseOptions): Promise<SqlDatabase> {
  const deadlineMs = options.deadlineMs ?? 15_000;
  const connectTimeoutMs = Math.min(10_000, deadlineMs);
  // Leaves time for another connection before the deadline.
  const answerTimeoutMs = Math.max(100, Math.floor(deadlineMs * 0.3));
  // A stopped process lets go of its locks before the appends of the others give up.
  const letGo = `SET idle_in_transaction_session_timeout = ${Math.ceil((deadlineMs * 2) / 3)}`;
  let dialect: Dialect | undefined;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    application_name: options.applicationName ?? 'sandai',
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: longestAnswerMs,
    keepAlive: true,
    onConnect: async (client) => {
      dialect ??= await detect(client, connectTimeoutMs);
      await client.query(timed(connectTimeoutMs, [...dialect.session, letGo].join('; ')));
    },
  });
  // A broken idle connection leaves the pool by itself; the next statement opens another.
  pool.on('error', () => undefined);
  // A borrowed one tells it with its next statement. Without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));

  const until = async <T>(work: () => Promise<T>, mayRepeat: (error: unknown) => boolean): Promise<T> => {
    const deadline = Date.now() + deadlineMs;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!mayRepeat(error) || Date.now() > deadline) throw error;
        await backoff(attempt);
      }
    }
  };
  const rolledBack = (error: unknown) => failureOf(error) === 'retry';
  const unanswered = (error: unknown) => ['retry', 'unknown'].includes(failureOf(error));
  const repeatable: Sql = {
    query: async (text, params) => {
      try {
        return await until(async () => result(await pool.query(timed(deadlineMs, text, params))), unanswered);
      } catch (error) {
        throw unanswered(error) ? new StoreUnavailable(false, error) : error;
      }
    },
  };

  const client = await until(() => pool.connect(), unanswered);
  client.release();
  if (dialect === undefined) throw new Error('the connection pool opened no connection');

  return {
    dialect,
    repeatable,
    answerTimeoutMs,
    connect: () => pool.connect(),
    query: (text, params) => until(() => run(pool, text, params), rolledBack),
    transaction: (body) => until(() => inTransaction(pool, body), rolledBack),
    close: () => pool.end(),
  };
}

/** A statement whose answer must come within `timeoutMs`. */
export const timed = (timeoutMs: number, text: string, params: readonly unknown[] = []) => ({
  text,
  values: params as unknown[],
  query_timeout: timeoutMs,
});

async function detect(client: pg.ClientBase, timeoutMs: number): Promise<Dialect> {
  const { rows } = await client.query<{ version: string }>(timed(timeoutMs, 'SELECT version() AS version'));
  return dialectOf(rows[0]?.version ?? '');
}

const result = ({ rows, rowCount }: pg.QueryResult): SqlResult => ({ rows, rowCount: rowCount ?? 0 });

const run = async (client: pg.Pool | pg.ClientBase, text: string, params: readonly unknown[] = []) =>
  result(await client.query(text, params as unknown[]));

async function inTransaction<T>(pool: pg.Pool, body: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const value = await body({ query: (text, params) => run(client, text, params) });
    await client.query('COMMIT');
    return value;
  } catch (error) {
    if (failureOf(error) === 'unknown') broken = error as Error;
    else
      await client.query('ROLLBACK').catch((failed: Error) => {
        broken = failed;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}
