import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client, ClientBase } from 'pg';
import { connect, isTransient } from './connection.ts';
import { appendOnlyWarning, grantApplicationRole } from './grants.ts';
import { type MigrationLease, MigrationLeaseLost, withMigrationLease } from './lease.ts';

export { connect, describeUrl } from './connection.ts';
export { grantApplicationRole, grantTable, privilegesOn } from './grants.ts';

const table = 'pgmigrations';

/** Statements of the role that owns the tables. */
export type OwnerSql = {
  query(text: string, params?: readonly unknown[]): Promise<{ rows: readonly unknown[]; rowCount: number }>;
};

export type MigrateOptions = {
  /** Connection URL of the role that owns the tables. */
  migrationUrl: string;
  /** Role that the application uses; it gets its privileges. Absent = the owner itself, which gives a warning. */
  appRole?: string;
  /** Folder of numbered SQL files; default: the project's `migrations/`. */
  directory?: string;
  /** Runs under the lease after the migrations, before the grants, on the owner's connection; must be safe to repeat.
   *  What it returns is added to the warnings. */
  afterMigrations?: (owner: OwnerSql) => Promise<readonly string[]>;
  /** How long a migrating process that died keeps others waiting. */
  leaseMs?: number;
  log: (line: string) => void;
};

export type MigrateResult = {
  /** Names of the migrations that this call applied, in order. */
  applied: string[];
  /** Sentences for the operator: shown at start and by /readyz. */
  warnings: string[];
};

/** The role name in a connection URL. */
export const roleOfUrl = (url: string): string | undefined => decodeURIComponent(new URL(url).username) || undefined;

async function appliedNames(client: ClientBase): Promise<string[]> {
  const tables = await client.query(
    'select 1 from information_schema.tables where table_schema = current_schema() and table_name = $1::text',
    [table],
  );
  if (tables.rowCount === 0) return [];
  const rows = await client.query<{ name: string }>(`select name from ${table} order by run_on, id`);
  return rows.rows.map((row) => row.name);
}

/** Whether migrations of the folder are missing from the database.
 *  @throws Error when the database has some that the folder has not */
async function isBehind(client: ClientBase, directory: string): Promise<boolean> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql'));
  const known = new Set(files.map((file) => basename(file, '.sql')));
  const applied = await appliedNames(client);
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(
      `The database is newer than this release: it has the migration${unknown.length > 1 ? 's' : ''} ${unknown.join(', ')}, which this release does not know. Start the release that made it, or a newer one.`,
    );
  }
  return applied.length < known.size;
}

const sqlOf = (client: ClientBase): OwnerSql => ({
  query: async (text, params = []) => {
    const { rows, rowCount } = await client.query(text, [...params]);
    return { rows, rowCount: rowCount ?? 0 };
  },
});

/** The client as node-pg-migrate sees it: each of its transactions starts with proof that the lease is still ours. */
function fenced(client: Client, lease: MigrationLease): Client {
  const view: Client = Object.create(client);
  const query = async (...args: unknown[]) => {
    const result = await Reflect.apply(client.query, client, args);
    if (/^\s*begin\b/i.test(String(args[0]))) await lease.check(client);
    return result;
  };
  return Object.assign(view, { query });
}

async function applyMissing(
  client: Client,
  directory: string,
  lease: MigrationLease,
  told: string[],
): Promise<string[]> {
  const { runner } = await import('node-pg-migrate'); // a sixth of what every command took to start
  const ran = await runner({
    dbClient: fenced(client, lease),
    dir: directory,
    ignorePattern: '(?!.*\\.sql$).*',
    direction: 'up',
    migrationsTable: table,
    noLock: true,
    singleTransaction: false,
    log: (message: string) => told.push(message),
  });
  return ran.map(({ name }) => name);
}

async function migrateOnce(options: MigrateOptions, lease: MigrationLease): Promise<MigrateResult> {
  const { log, appRole, directory = fileURLToPath(new URL('../../migrations', import.meta.url)) } = options;
  const client = await connect(options.migrationUrl);
  const told: string[] = [];
  try {
    const ran = (await isBehind(client, directory)) ? await applyMissing(client, directory, lease, told) : [];
    for (const name of ran) log(`Applied migration ${name}.`);
    const owner = (await client.query<{ role: string }>('select current_user::text as role')).rows[0]!.role;
    const role = appRole ?? owner;
    const hints = (await options.afterMigrations?.(sqlOf(client))) ?? [];
    if (role !== owner) await grantApplicationRole(client, role);
    const warning = await appendOnlyWarning(client, role);
    return { applied: ran, warnings: [...(warning ? [warning] : []), ...hints] };
  } catch (error) {
    const statement = told.find((message) => message.startsWith('Error executing'));
    if (statement && error instanceof Error && !isTransient(error) && !(error instanceof MigrationLeaseLost)) {
      throw new Error(`A migration failed and was rolled back: ${error.message}`, { cause: statement });
    }
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Brings the database to this release's schema under a lease row, so that any number of processes may start at once, and gives the
 *  application's role its privileges.
 *  @throws Error when the database is newer than the code, cannot be reached, or a migration fails (that one is rolled back) */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const onWait = () => options.log('Another process is migrating the database; waiting for it.');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withMigrationLease(options.migrationUrl, options.leaseMs ?? 10_000, onWait, (lease) =>
        migrateOnce(options, lease),
      );
    } catch (error) {
      const lost =
        error instanceof MigrationLeaseLost || ['40001', '40P01'].includes((error as { code?: string }).code ?? '');
      if (!lost || attempt === 10) throw error;
      await sleep(Math.random() * 200);
    }
  }
}
