import type { Settings } from '../config/settings.ts';
import { openEmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import { describeUrl, roleOfUrl } from '../migrate/index.ts';

/** A database ready to connect to. */
export type OpenDatabase = {
  /** For the application's role. */
  databaseUrl: string;
  /** For the role that owns the tables. */
  ownerUrl: string;
  /** Role to grant to; absent when the application's is the owner's own. */
  appRole: string | undefined;
  embedded: boolean;
  /** Where it is, without a password. */
  description: string;
  /** Ends a database that was started for this call. */
  stop: () => Promise<void>;
};

const external = (url: string, ownerUrl: string): OpenDatabase => ({
  databaseUrl: url,
  ownerUrl,
  appRole: ownerUrl === url ? undefined : roleOfUrl(url),
  embedded: false,
  description: describeUrl(url),
  stop: async () => {},
});

/** The database of the settings, for a command: an external one, or the embedded one, which a running `sandai start` shares. */
export async function openDatabase(
  { database, dataDir }: Settings,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  if (database.url) return external(database.url, database.migrationUrl ?? database.url);
  const { appUrl, ownerUrl, stop } = await openEmbeddedPostgres({ dataDir, log });
  return {
    databaseUrl: appUrl,
    ownerUrl,
    appRole: roleOfUrl(appUrl),
    embedded: true,
    description: 'embedded PostgreSQL',
    stop,
  };
}

/** The database of the settings, for `start`: the embedded one is run and supervised by this process.
 *  @param onGiveUp  called when the embedded one does not stay up */
export async function startDatabase(
  { database, dataDir }: Settings,
  log: (line: string) => void,
  onGiveUp: (error: Error) => void,
): Promise<OpenDatabase> {
  if (database.url) return external(database.url, database.migrationUrl ?? database.url);
  const { appUrl, ownerUrl, port, cluster, stop } = await startEmbeddedPostgres({ dataDir, log, onGiveUp });
  const description = `embedded PostgreSQL on port ${port}, files in ${cluster}`;
  return { databaseUrl: appUrl, ownerUrl, appRole: roleOfUrl(appUrl), embedded: true, description, stop };
}
