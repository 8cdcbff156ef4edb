import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { prepareDatabase } from '../../src/application/database.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';

/** @property adminUrl may create databases; @property ownerUrl migrates; @property appUrl is the application's role
 *  @property template  prepared database to copy; null where databases cannot be copied (CockroachDB) */
export type TestServer = {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly template: string | null;
};

export const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

/** Runs work on one connection. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Prepares a database as `sandai start` does: the schema, the log, and the tables of the read models. */
export async function prepareTestDatabase(ownerUrl: string, appUrl: string): Promise<void> {
  const appRole = roleOfUrl(appUrl);
  const separate = appRole !== roleOfUrl(ownerUrl);
  await prepareDatabase({ ownerUrl, appRole: separate ? appRole : undefined, log: () => undefined });
}

/** Makes the template that test databases are copied from, where the server can copy. */
export async function prepareTestServer(urls: Omit<TestServer, 'template'>): Promise<TestServer> {
  const version = await connected(
    urls.adminUrl,
    async (client) => (await client.query('select version() as v')).rows[0].v,
  );
  if (/cockroach/i.test(version)) return { ...urls, template: null };
  const template = await createDatabase(urls, null);
  await prepareTestDatabase(withDatabase(urls.ownerUrl, template), withDatabase(urls.appUrl, template));
  return { ...urls, template };
}

/** Creates a database owned by the owner's role. @returns its name */
export async function createDatabase({ adminUrl, ownerUrl }: Omit<TestServer, 'template'>, template: string | null) {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const owner = roleOfUrl(ownerUrl);
  await connected(adminUrl, async (client) => {
    const copy = template === null ? '' : ` template ${template}`;
    const owned = owner === undefined || owner === roleOfUrl(adminUrl) ? '' : ` owner "${owner}"`;
    await client.query(`create database ${name}${owned}${copy}`);
  });
  return name;
}
