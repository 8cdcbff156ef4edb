import pg from 'pg';

/** Where a connection URL points, without its password. */
export function describeUrl(url: string): string {
  try {
    const { username, hostname, port, pathname } = new URL(url);
    return `${decodeURIComponent(username) || 'default user'} at ${hostname}${port && `:${port}`}${pathname}`;
  } catch {
    return 'an unreadable URL';
  }
}

/** Opens a connection for migrations.
 *  @throws Error that names the server without the password, and what to check */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sandai migrate',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {}); // the query under way reports a lost connection
  try {
    await client.connect();
  } catch (error) {
    throw new Error(
      `Cannot connect to the database (${describeUrl(url)}): ${(error as Error).message || (error as NodeJS.ErrnoException).code}. Check DATABASE_URL and DATABASE_MIGRATION_URL, and that the database runs.`,
      { cause: error },
    );
  }
  return client;
}

/** Whether a statement may simply be run again: serialization failures, deadlocks, and the ways in which two `CREATE … IF NOT EXISTS`
 *  that run at once fail on PostgreSQL. */
export const isTransient = (error: unknown): boolean =>
  ['40001', '40P01', '23505', '42P07', '42710', 'XX000'].includes((error as { code?: string } | null)?.code ?? '');
