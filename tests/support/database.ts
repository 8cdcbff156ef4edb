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
  return {
    name,
    url,
    ownerUrl,
    query: (text, params = []) => connected(ownerUrl, async (client) => (await client.query(text, params)).rows),
    drop: () =>
      connected(
        server.adminUrl,
        async (client) => void (await client.query(`drop database ${name}${force(server.template)}`)),
      ),
  };
}

/** CockroachDB has no FORCE and does not need it. */
const force = (template: string | null): string => (template === null ? ' cascade' : ' with (force)');
