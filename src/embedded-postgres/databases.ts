import pg from 'pg';
import type { ClusterState } from './state.ts';
import { names, urlsOf } from './urls.ts';

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // the query that fails reports it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1::text', [role]);
  if (found.rowCount !== 0) return;
  await client.query(`create role ${client.escapeIdentifier(role)} login password ${client.escapeLiteral(password)}`);
}

async function ensureDatabase(client: pg.Client, name: string, template?: string): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1::text', [name]);
  if (found.rowCount !== 0) return;
  const from = template === undefined ? '' : ` template ${client.escapeIdentifier(template)}`;
  await client.query(
    `create database ${client.escapeIdentifier(name)} owner ${client.escapeIdentifier(names.owner)}${from}`,
  );
}

/** Makes the two roles and the database of a new cluster. */
export const ensureRolesAndDatabase = (state: ClusterState, port: number): Promise<void> =>
  withClient(urlsOf(state, port, 'postgres').superuserUrl, async (client) => {
    // a statement that fails would otherwise put its text, with the password, into the server's log
    await client.query('set log_min_error_statement = panic');
    await ensureRole(client, names.owner, state.ownerPassword);
    await ensureRole(client, names.application, state.applicationPassword);
    await ensureDatabase(client, names.database);
  });

/** Makes a further database owned by the owner role; one that exists stays.
 *  @param template  a database to copy, which nobody may be connected to */
export const addDatabase = (state: ClusterState, port: number, name: string, template?: string): Promise<void> =>
  withClient(urlsOf(state, port, 'postgres').superuserUrl, (client) => ensureDatabase(client, name, template));

/** Deletes a database and ends its connections. */
export const removeDatabase = (state: ClusterState, port: number, name: string): Promise<void> =>
  withClient(urlsOf(state, port, 'postgres').superuserUrl, async (client) => {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  });
