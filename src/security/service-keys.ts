import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import { createTtlCache } from './ttl-cache.ts';

/** What a service key may be allowed to do; the one list. */
export const serviceScopes = {
  metrics: 'read /metrics from anywhere',
  ops: 'call what an operator of role ops may call',
  'scores:write': 'submit scores for players, also where a season takes them from services only',
  'matches:write': 'report the results of matches',
  'economy:write': 'give and take items and currency of players',
  'players:read': "read players' profiles, inventories and analytics events",
  'exposures:write': 'record that players were shown what an experiment changes',
  nakama: "the Nakama module's calls: verify sessions, report match results",
} as const;

export type ServiceScope = keyof typeof serviceScopes;
const scopeNames = Object.keys(serviceScopes) as ServiceScope[];
export const serviceScope = z.enum(scopeNames, { error: `a scope is one of ${scopeNames.join(', ')}` });

/** A service key without its secret, which is stored nowhere. */
export type ServiceKey = {
  readonly keyId: string;
  readonly tenant: TenantId;
  readonly name: string;
  readonly scopes: readonly ServiceScope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

type KeyRow = ServiceKey & { readonly hash: Buffer; readonly counts: boolean };

const isScope = (scope: string): scope is ServiceScope => scope in serviceScopes;
const rowShape = z
  .object({
    key_id: z.string(),
    tenant: z.string(),
    name: z.string(),
    key_hash: z.string(),
    scopes: z.array(z.string()),
    created_at: z.coerce.date(),
    revoked_at: z.coerce.date().nullable(),
    counts: z.boolean(),
  })
  .transform(
    (row): KeyRow => ({
      keyId: row.key_id,
      tenant: row.tenant as TenantId,
      name: row.name,
      // a newer version may have granted scopes that this one does not know
      scopes: row.scopes.filter(isScope),
      createdAt: row.created_at,
      revokedAt: row.revoked_at,
      hash: Buffer.from(row.key_hash, 'hex'),
      counts: row.counts,
    }),
  );
const select = `SELECT k.key_id, k.tenant, k.name, k.key_hash, k.scopes, k.created_at, k.revoked_at,
                       t.disabled_at IS NULL AND coalesce(k.revoked_at > clock_timestamp(), true) AS counts
                FROM service_keys AS k JOIN tenants AS t ON t.tenant = k.tenant`;

const withoutSecrets = ({ hash: _hash, counts: _counts, ...key }: KeyRow): ServiceKey => key;
// the secret has 256 random bits, so a plain hash cannot be searched
const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @property name what it is for, in the operator's words */
export type NewServiceKey = {
  readonly tenant: TenantId;
  readonly name: string;
  readonly scopes: readonly ServiceScope[];
};

/** Makes a service key `sk_<key id>_<secret>`; its text is returned here and never again.
 *  @returns null when there is no such tenant */
export async function createServiceKey(
  sql: Sql,
  { tenant, name, scopes }: NewServiceKey,
): Promise<{ keyId: string; text: string } | null> {
  const keyId = randomBytes(8).toString('hex');
  const text = `sk_${keyId}_${randomBytes(32).toString('base64url')}`;
  const insert = `INSERT INTO service_keys (key_id, tenant, name, key_hash, scopes)
                  SELECT $1::text, t.tenant, $3::text, $4::text, $5::text[] FROM tenants AS t WHERE t.tenant = $2::text
                  RETURNING key_id`;
  const { rows } = await sql.query(insert, [keyId, tenant, name, hashOf(text).toString('hex'), [...scopes]]);
  return rows.length === 1 ? { keyId, text } : null;
}

/** All service keys, revoked ones too, oldest first. */
export async function listServiceKeys(sql: Sql): Promise<ServiceKey[]> {
  const { rows } = await sql.query(`${select} ORDER BY k.created_at, k.key_id`, []);
  return z.array(rowShape).parse(rows).map(withoutSecrets);
}

/** Revokes a service key; it stops counting 2 s after that at the latest. Never later than an earlier call said.
 *  @param afterS seconds until then
 *  @returns false when there is no such key */
export async function revokeServiceKey(sql: Sql, keyId: string, afterS = 0): Promise<boolean> {
  const text = `UPDATE service_keys
                SET revoked_at = least(revoked_at, clock_timestamp() + $2::float8 * interval '1 second')
                WHERE key_id = $1::text RETURNING key_id`;
  return (await sql.query(text, [keyId, afterS])).rows.length === 1;
}

/** Makes a key like another one, which ends after a time in which both count.
 *  @returns the new key as {@link createServiceKey} does; null when there is no such key, or it is revoked */
export async function rotateServiceKey(
  sql: Sql,
  keyId: string,
  overlapS: number,
): Promise<{ keyId: string; text: string } | null> {
  const { rows } = await sql.query(`${select} WHERE k.key_id = $1::text AND k.revoked_at IS NULL`, [keyId]);
  const [old] = z.array(rowShape).parse(rows);
  if (old === undefined) return null;
  const { tenant, name, scopes } = old;
  const fresh = await createServiceKey(sql, { tenant, name, scopes });
  if (fresh !== null) await revokeServiceKey(sql, keyId, overlapS);
  return fresh;
}

const form = /^sk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** Checks service keys of requests. A revocation, or the tenant being disabled, counts after at most `ttlMs`.
 *  @param now   ms since 1970
 *  @param ttlMs at most 2 s
 *  @returns a function that gives the key, or null when the text is no valid service key */
export function createServiceKeyVerifier(
  sql: Sql,
  now: () => number,
  ttlMs = 2_000,
): (text: string) => Promise<ServiceKey | null> {
  const cache = createTtlCache<KeyRow>({ ttlMs, maxEntries: 10_000, keepAbsent: true, now });
  return async (text) => {
    const keyId = form.exec(text)?.[1];
    if (!keyId) return null;
    const [key] = await cache.getMany([keyId], async () => {
      const { rows } = await sql.query(`${select} WHERE k.key_id = $1::text`, [keyId]);
      return new Map(
        z
          .array(rowShape)
          .parse(rows)
          .map((row) => [keyId, row]),
      );
    });
    const presented = hashOf(text);
    if (!key || key.hash.length !== presented.length || !timingSafeEqual(key.hash, presented)) return null;
    return key.counts ? withoutSecrets(key) : null;
  };
}
