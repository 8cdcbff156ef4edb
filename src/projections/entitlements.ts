import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { PaidTier, PlayerEvent } from '../events/player.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per player who was ever granted something: until when each tier is theirs, ms since 1970. */
const entitlementsTable = {
  name: 'entitlements',
  key: ['tenant', 'player_id'],
  columns: { tenant: 'text', player_id: 'uuid', silver_until: 'bigint', gold_until: 'bigint' },
} as const;

const columnOf = { silver: 'silver_until', gold: 'gold_until' } as const satisfies Record<PaidTier, string>;
/** What stands for a tier without an end: the last time that there is. */
const forGood = 8_640_000_000_000_000;

/** Tiers of players. */
export const entitlements = defineProjection<PlayerEvent>({
  name: 'entitlements',
  about: 'Tiers of players, with their ends.',
  version: 1,
  tables: [entitlementsTable],
  on: {
    PlayerRegistered: 'ignored',
    DisplayNameChanged: 'ignored',
    EntitlementGranted: ({ tenant, version, data }) => [
      change(entitlementsTable, version, {
        tenant,
        player_id: data.playerId,
        [columnOf[data.tier]]: data.expiresAt === null ? forGood : Date.parse(data.expiresAt),
      }),
    ],
    EntitlementRevoked: ({ tenant, version, data }) => [
      change(entitlementsTable, version, { tenant, player_id: data.playerId, [columnOf[data.tier]]: null }),
    ],
    CredentialLinked: 'ignored',
    CredentialUnlinked: 'ignored',
    PersonalDataErasureRequested: 'ignored',
    PersonalDataErased: 'ignored',
  },
});

const until = z.coerce
  .number()
  .nullable()
  .transform((ms) => (ms === forGood ? Number.POSITIVE_INFINITY : (ms ?? undefined)));
const entitlementsRow = z
  .object({ silver_until: until, gold_until: until })
  .transform(({ silver_until: silver, gold_until: gold }) => ({
    ...(silver !== undefined && { silver }),
    ...(gold !== undefined && { gold }),
  }));

/** Until when a player has which tier: milliseconds since 1970, `Infinity` = for good. */
export type EntitlementsRow = { readonly [Tier in PaidTier]?: number };

/** What a player is entitled to as the read model knows it. */
export async function findEntitlements(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<EntitlementsRow> {
  const { rows } = await sql.query(
    `SELECT silver_until, gold_until FROM ${physicalName(entitlementsTable, await generations.of('entitlements'))}
     WHERE tenant = $1::text AND player_id = $2::uuid`,
    [tenant, playerId],
  );
  return rows[0] === undefined ? {} : entitlementsRow.parse(rows[0]);
}
