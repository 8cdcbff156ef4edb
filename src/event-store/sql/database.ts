import pg from 'pg';
import type { Database, Sql, SqlResult } from '../../ports/database.ts';
import { backoff } from '../backoff.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { failureOf } from './failure.ts';

/** A {@link Database} that also tells its dialect. */
export type SqlDatabase = Database & {
  readonly dialect: Dialect;
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

/** Opens a pool whose sessions have their isolation and durability set explicitly.
 *  @throws the driver's error when the database does not answer before the deadline */
export async function openDatabase(options: DatabaseOptions): Promise<SqlDatabase> {
  const deadlineMs = options.deadlineMs ?? 15_000;
  let dialect: Dialect | undefined;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    application_name: options.applicationName ?? 'sandai',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    onConnect: async (client) => {
      dialect ??= await detect(client);
      await client.query(dialect.session.join('; '));
    },
  });
  // A broken idle connection leaves the pool by itself; the next statement opens another.
  pool.on('error', () => undefined);

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

  const client = await until(
    () => pool.connect(),
    (error) => ['retry', 'unknown'].includes(failureOf(error)),
  );
  client.release();
  if (dialect === undefined) throw new Error('the connection pool opened no connection');

  return {
    dialect,
    connect: () => pool.connect(),
    query: (text, params) => until(() => run(pool, text, params), rolledBack),
    transaction: (body) => until(() => inTransaction(pool, body), rolledBack),
    close: () => pool.end(),
  };
}

async function detect(client: pg.ClientBase): Promise<Dialect> {
  const { rows } = await client.query<{ version: string }>('SELECT version() AS version');
  return dialectOf(rows[0]?.version ?? '');
}

async function run(client: pg.Pool | pg.ClientBase, text: string, params: readonly unknown[] = []): Promise<SqlResult> {
  const { rows, rowCount } = await client.query(text, params as unknown[]);
  return { rows, rowCount: rowCount ?? 0 };
}

async function inTransaction<T>(pool: pg.Pool, body: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await body({ query: (text, params) => run(client, text, params) });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
