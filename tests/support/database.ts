import pg from 'pg';
import { inject } from 'vitest';
import { connected, createDatabase, prepareTestDatabase, withDatabase } from './test-server.ts';

/** A prepared database of a test file's own.
 *  @property url      the application's role
 *  @property ownerUrl the role that owns the tables
 *  @property query    runs a statement as the owner */
export type TestDatabase = {
  readonly name: string;
  readonly url: string;
  readonly ownerUrl: string;
  query(text: string, params?: unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
};

/** Creates one. Needs the `integration` project's global setup. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('testServer');
  const name = await createDatabase(server, server.template);
  const url = withDatabase(server.appUrl, name);
  const ownerUrl = withDatabase(server.ownerUrl, name);
  if (server.template === null) await prepareTestDatabase(ownerUrl, url);
  // kept open: to connect takes longer than most statements
  const owner = new pg.Pool({ connectionString: ownerUrl, allowExitOnIdle: true });
  owner.on('error', () => undefined);
  return {
    name,
    url,
    ownerUrl,
    query: async (text, params = []) => (await owner.query(text, params)).rows,
    async drop() {
      await owner.end();
      await connected(server.adminUrl, (client) => client.query(`drop database ${name}${force(server.template)}`));
    },
  };
}

/** CockroachDB has no FORCE and does not need it. */
const force = (template: string | null): string => (template === null ? ' cascade' : ' with (force)');
