import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareDatabase } from '../../src/application/database.ts';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { dialectOf } from '../../src/event-store/sql/dialect.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';

/** Connection URLs of one database. */
export type BenchDatabase = { readonly appUrl: string; readonly ownerUrl: string };

/** The one database server that everything in a run is measured on.
 *  @property description version and durability settings, as it answers itself */
export type BenchServer = {
  readonly description: string;
  /** An empty database. */
  empty(): Promise<BenchDatabase>;
  /** A database with Sandai's tables and an empty log. */
  migrated(): Promise<BenchDatabase>;
  drop(database: BenchDatabase): Promise<void>;
  stop(): Promise<void>;
};

/** Runs work on one connection. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the query that fails reports it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const withName = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const versionOf = async (client: pg.Client): Promise<string> =>
  String((await client.query('select version() as version')).rows[0].version);
const isCockroachDb = (version: string): boolean => dialectOf(version).kind === 'cockroachdb';

async function describe(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const version = await versionOf(client);
    if (isCockroachDb(version)) return version.split(' (')[0]!;
    const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size'];
    const shown: string[] = [];
    for (const name of settings) shown.push(`${name}=${(await client.query(`show ${name}`)).rows[0][name]}`);
    return `${version.split(' on ')[0]}, ${shown.join(', ')}`;
  });
}

/** Does now what PostgreSQL would do by itself beside the measurement, after a database was filled. */
export const vacuum = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    if (!isCockroachDb(await versionOf(client))) await client.query('vacuum (analyze)');
  });

const walFiles = 64;

/** A new server makes each 16 MiB file of its write-ahead log, and has it on the disk, while the commit that needs it waits. One that has run for a while
 *  takes files that it no longer needs: so does this one after it. */
const fillWal = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    for (let file = 0; file < walFiles; file += 1) {
      await client.query("select pg_logical_emit_message(false, 'bench', '')");
      await client.query('select pg_switch_wal()');
    }
    await client.query('checkpoint');
  });

/** @param external a server of the caller's, with a role that may create databases; without it an embedded PostgreSQL with its default
 *                  settings runs in a throw-away directory */
export async function startBenchServer(external: string | undefined): Promise<BenchServer> {
  const embedded =
    external === undefined
      ? await startEmbeddedPostgres({ dataDir: mkdtempSync(join(tmpdir(), 'sandai-bench-')), log: () => undefined })
      : undefined;
  const adminUrl = external ?? embedded!.superuserUrl;
  if (embedded !== undefined) await fillWal(adminUrl);
  const empty = async (): Promise<BenchDatabase> => {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    if (embedded !== undefined) return embedded.createDatabase(name);
    await withClient(adminUrl, (client) => client.query(`create database ${name}`));
    return { appUrl: withName(adminUrl, name), ownerUrl: withName(adminUrl, name) };
  };
  return {
    description: await describe(adminUrl),
    empty,
    async migrated() {
      const database = await empty();
      await prepareDatabase({ ownerUrl: database.ownerUrl, appRole: appRoleOf(database), log: () => undefined });
      return database;
    },
    async drop({ ownerUrl }) {
      const name = new URL(ownerUrl).pathname.slice(1);
      await withClient(adminUrl, (client) => client.query(`drop database if exists ${name}`));
    },
    async stop() {
      await embedded?.destroy();
    },
  };
}

/** The application's role, undefined where it is the owner itself. */
export const appRoleOf = ({ appUrl, ownerUrl }: BenchDatabase): string | undefined =>
  roleOfUrl(appUrl) === roleOfUrl(ownerUrl) ? undefined : roleOfUrl(appUrl);
