import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import { newClientKey } from './key-material.ts';
import { createTtlCache } from './ttl-cache.ts';

export const tenantName = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'a tenant is named by 1 to 32 lower-case letters, digits or dashes');

/** @property clientKey public: it names the tenant in X-Client-Key and proves nothing */
export type Tenant = {
  readonly tenant: TenantId;
  readonly clientKey: string;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
};

const rowShape = z
  .object({
    tenant: z.string(),
    client_key: z.string(),
    created_at: z.coerce.date(),
    disabled_at: z.coerce.date().nullable(),
  })
  .transform(
    (row): Tenant => ({
      tenant: row.tenant as TenantId,
      clientKey: row.client_key,
      createdAt: row.created_at,
      disabledAt: row.disabled_at,
    }),
  );
const columns = 'tenant, client_key, created_at, disabled_at';

async function tenantRows(sql: Sql, text: string, params: unknown[]): Promise<Tenant[]> {
  const { rows } = await sql.query(text, params);
  return z.array(rowShape).parse(rows);
}

/** All tenants by name, disabled ones too. */
export const listTenants = (sql: Sql): Promise<Tenant[]> =>
  tenantRows(sql, `SELECT ${columns} FROM tenants ORDER BY tenant`, []);

/** Whether a start has ever finished on this database. If so, fresh keys must not be generated: they could not read it. */
export async function hasTenants(sql: Sql): Promise<boolean> {
  return (await sql.query('SELECT 1 FROM tenants LIMIT 1', [])).rows.length > 0;
}

/** Makes a tenant with a new client key.
 *  @returns null when the name is taken */
export async function createTenant(sql: Sql, tenant: TenantId): Promise<Tenant | null> {
  const text = `INSERT INTO tenants (tenant, client_key) VALUES ($1::text, $2::text)
                ON CONFLICT (tenant) DO NOTHING RETURNING ${columns}`;
  const [created] = await tenantRows(sql, text, [tenant, newClientKey()]);
  return created ?? null;
}

/** Makes sure that a tenant exists and has this client key; run at each start for `default`, whose key is in the keys. */
export async function ensureTenant(sql: Sql, tenant: TenantId, clientKey: string): Promise<void> {
  const text = `INSERT INTO tenants (tenant, client_key) VALUES ($1::text, $2::text)
                ON CONFLICT (tenant) DO UPDATE SET client_key = excluded.client_key
                WHERE tenants.client_key <> excluded.client_key`;
  await sql.query(text, [tenant, clientKey]);
}

/** Switches a tenant off; its tokens, client key and service keys stop counting within seconds. Nothing is deleted.
 *  @returns null when there is no such tenant */
export async function disableTenant(sql: Sql, tenant: TenantId): Promise<Tenant | null> {
  const text = `UPDATE tenants SET disabled_at = coalesce(disabled_at, clock_timestamp())
                WHERE tenant = $1::text RETURNING ${columns}`;
  const [disabled] = await tenantRows(sql, text, [tenant]);
  return disabled ?? null;
}

/** Switches a disabled tenant on again.
 *  @returns null when there is no such tenant */
export async function enableTenant(sql: Sql, tenant: TenantId): Promise<Tenant | null> {
  const text = `UPDATE tenants SET disabled_at = NULL WHERE tenant = $1::text RETURNING ${columns}`;
  const [enabled] = await tenantRows(sql, text, [tenant]);
  return enabled ?? null;
}

/** Cached lookups for requests; a change counts after at most `ttlMs`. Disabled tenants are not found. */
export type TenantDirectory = {
  readonly byClientKey: (clientKey: string) => Promise<TenantId | null>;
  /** For tokens issued before: whether their tenant may still be served. */
  readonly isEnabled: (tenant: TenantId) => Promise<boolean>;
};

/** @param now   ms since 1970
 *  @param ttlMs at most 1 s: whoever remembers an answer for another second stays within the 2 s that are promised */
export function createTenantDirectory(sql: Sql, now: () => number, ttlMs = 1_000): TenantDirectory {
  const cache = createTtlCache<Tenant>({ ttlMs, maxEntries: 10_000, keepAbsent: true, now });
  const find = async (column: 'client_key' | 'tenant', value: string): Promise<TenantId | null> => {
    const text = `SELECT ${columns} FROM tenants WHERE ${column} = $1::text`;
    const [tenant] = await cache.getMany([`${column}=${value}`], async ([key]) => {
      const rows = await tenantRows(sql, text, [value]);
      return new Map(rows.map((row) => [key!, row]));
    });
    return tenant && tenant.disabledAt === null ? tenant.tenant : null;
  };
  return {
    byClientKey: async (clientKey) =>
      /^ck_[A-Za-z0-9]{16,64}$/.test(clientKey) ? find('client_key', clientKey) : null,
    isEnabled: async (tenant) => (await find('tenant', tenant)) !== null,
  };
}
