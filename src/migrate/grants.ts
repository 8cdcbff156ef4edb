import type { ClientBase } from 'pg';

export type TablePrivilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const everything: readonly TablePrivilege[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

const restricted: Readonly<Record<string, readonly TablePrivilege[]>> = {
  events: ['SELECT', 'INSERT'],
  sandai_outbox: ['SELECT', 'INSERT'],
  log_partitions: ['SELECT', 'UPDATE'],
  log_info: ['SELECT'],
  pgmigrations: ['SELECT'],
  migration_lease: [],
};

/** What the application's role may do with a table: everything, but never change the log. */
export const privilegesOn = (table: string): readonly TablePrivilege[] => restricted[table] ?? everything;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function changeTable(client: ClientBase, table: string, role: string, has: ReadonlySet<string>): Promise<void> {
  const wanted = new Set<string>(privilegesOn(table));
  const surplus = [...has].filter((privilege) => !wanted.has(privilege));
  const missing = [...wanted].filter((privilege) => !has.has(privilege) || surplus.includes('ALL'));
  if (surplus.length > 0)
    await client.query(`revoke ${surplus.join(', ')} on table ${quoted(table)} from ${quoted(role)}`);
  if (missing.length > 0)
    await client.query(`grant ${missing.join(', ')} on table ${quoted(table)} to ${quoted(role)}`);
}

/** In two statements: joined to the tables, PostgreSQL looks all privileges through for each of them. */
async function grantsOf(client: ClientBase, role: string, table?: string): Promise<Map<string, Set<string>>> {
  const tables = await client.query<{ table_name: string }>(
    `select table_name::text as table_name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE' and ($1::text is null or table_name = $1::text)
     order by table_name`,
    [table ?? null],
  );
  const privileges = await client.query<{ table_name: string; privilege_type: string }>(
    `select table_name::text as table_name, privilege_type::text as privilege_type from information_schema.table_privileges
     where table_schema = current_schema() and grantee = $1::text and ($2::text is null or table_name = $2::text)`,
    [role, table ?? null],
  );
  const granted = new Map(tables.rows.map(({ table_name }) => [table_name, new Set<string>()]));
  for (const { table_name, privilege_type } of privileges.rows) granted.get(table_name)?.add(privilege_type);
  return granted;
}

/** Gives the application's role its privileges on one table, for a table made outside the migrations (a projection's).
 *  @param client  connection of the owner */
export async function grantTable(client: ClientBase, role: string, table: string): Promise<void> {
  const has = (await grantsOf(client, role, table)).get(table);
  if (!has) throw new Error(`There is no table ${table} to grant.`);
  await changeTable(client, table, role, has);
}

/** Gives the application's role exactly its privileges on every table of the schema: what is missing is granted, what is too much revoked,
 *  what fits stays untouched (so a running process never loses a privilege for a moment).
 *  @param client  connection of the owner, outside a transaction */
export async function grantApplicationRole(client: ClientBase, role: string): Promise<void> {
  const usage = await client.query<{ usable: boolean }>(
    `select has_schema_privilege($1::text, current_schema()::text, 'USAGE') as usable`,
    [role],
  );
  const schema = await client.query<{ name: string }>('select current_schema()::text as name');
  if (!usage.rows[0]?.usable)
    await client.query(`grant usage on schema ${quoted(schema.rows[0]!.name)} to ${quoted(role)}`);
  for (const [table, has] of await grantsOf(client, role)) await changeTable(client, table, role, has);
}

/** Whether the role can rewrite history whatever was granted: it owns `events`, is a superuser, or inherits from such a role.
 *  @returns a sentence for the operator, or undefined when `events` is append-only for the role */
export async function appendOnlyWarning(client: ClientBase, role: string): Promise<string | undefined> {
  const tables = await client.query(
    `select 1 from information_schema.tables where table_schema = current_schema() and table_name = 'events'`,
  );
  if (tables.rowCount === 0) return undefined;
  const able = await client.query<{ able: boolean }>(
    `select has_table_privilege($1::text, 'events', 'UPDATE') or has_table_privilege($1::text, 'events', 'DELETE') as able`,
    [role],
  );
  if (!able.rows[0]?.able) return undefined;
  return `The database role "${role}" can change and delete events: the log is append-only by convention only. Give DATABASE_URL a role of its own, and DATABASE_MIGRATION_URL the owner.`;
}
