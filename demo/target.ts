import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/cli/open-database.ts';
import { loadSettings } from '../src/config/settings.ts';
import { startEmbeddedPostgres } from '../src/embedded-postgres/index.ts';
import { roleOfUrl } from '../src/migrate/index.ts';
import type { DemoOptions } from './options.ts';
import type { DatabaseUrls } from './rebuild.ts';
import { type SandaiProcess, startSandai, withoutRateLimits } from './sandai-process.ts';

/** The server to play against.
 *  @property database null where it cannot be reached from here */
export type Target = {
  readonly url: string;
  readonly adminToken: string;
  readonly database: DatabaseUrls | null;
  stop(): Promise<void>;
};

/** A target with its command line. */
export type ThrowAway = Target & Pick<SandaiProcess, 'cli'>;

/** A server of our own: throw-away database and keys, any free port, no rate limits. */
export async function startThrowAway(): Promise<ThrowAway> {
  const directory = mkdtempSync(join(tmpdir(), 'sandai-demo-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const postgres = await startEmbeddedPostgres({ dataDir: join(directory, 'database'), log: () => undefined });
  try {
    const { appUrl, ownerUrl } = postgres;
    const server = await startSandai({
      dataDir: join(directory, 'server'),
      flags: withoutRateLimits,
      env: { DATABASE_URL: appUrl, DATABASE_MIGRATION_URL: ownerUrl },
    });
    return {
      url: server.url,
      cli: server.cli,
      adminToken: await server.cli('token', '--role', 'admin'),
      database: { databaseUrl: appUrl, ownerUrl, appRole: roleOfUrl(appUrl) },
      async stop() {
        await server.stop();
        await postgres.destroy();
        remove();
      },
    };
  } catch (error) {
    await postgres.destroy();
    remove();
    throw error;
  }
}

/** A running server, and its database where the data directory or DATABASE_URL names it. */
export async function useRunning({ dataDir, adminToken = '' }: DemoOptions, url: string): Promise<Target> {
  const healthy = await fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!healthy) throw new Error(`no Sandai answers at ${url}: start one with npm start, or leave out --url.`);
  const { DATABASE_URL, DATABASE_MIGRATION_URL } = process.env;
  if (dataDir === undefined && DATABASE_URL === undefined)
    return { url, adminToken, database: null, stop: async () => undefined };
  const loaded = loadSettings({
    flags: new Map(dataDir === undefined ? [] : [['data-dir', dataDir]]),
    env: { DATABASE_URL, DATABASE_MIGRATION_URL },
    cwd: process.cwd(),
  });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  const { databaseUrl, ownerUrl, appRole, stop } = await openDatabase(loaded.settings, () => undefined);
  return { url, adminToken, database: { databaseUrl, ownerUrl, appRole }, stop };
}
