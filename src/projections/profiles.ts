import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { PlayerEvent } from '../events/player.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per account; `display_name` is the ciphertext as the log has it, `registered_at` µs since 1970. */
const profilesTable = {
  name: 'profiles',
  key: ['tenant', 'player_id'],
  columns: { tenant: 'text', player_id: 'uuid', display_name: 'text', method: 'text', registered_at: 'bigint' },
} as const;

/** Accounts. */
export const profiles = defineProjection<PlayerEvent>({
  name: 'profiles',
  about: 'Accounts of players; their names are sealed.',
  version: 1,
  tables: [profilesTable],
  on: {
    PlayerRegistered: ({ tenant, version, data, recordedAt }) => [
      change(profilesTable, version, {
        tenant,
        player_id: data.playerId,
        method: data.method,
        registered_at: recordedAt,
      }),
    ],
    DisplayNameChanged: ({ tenant, version, data }) => [
      change(profilesTable, version, { tenant, player_id: data.playerId, display_name: data.displayName }),
    ],
    EntitlementGranted: 'ignored',
    EntitlementRevoked: 'ignored',
    CredentialLinked: 'ignored',
    CredentialUnlinked: 'ignored',
    PersonalDataErasureRequested: 'ignored',
    PersonalDataErased: 'ignored', // the name stays as it is, and nobody can read it
  },
});

const profileRow = z
  .object({
    player_id: z.string(),
    display_name: z.string().nullable(),
    method: z.string().nullable(),
    registered_at: z.coerce.bigint().nullable(),
  })
  .transform((row) => ({
    playerId: row.player_id as PlayerId,
    displayName: row.display_name,
    method: row.method,
    registeredAt: row.registered_at,
  }));

/** An account as the read model knows it. @property displayName ciphertext, null until one was set; @property registeredAt µs since 1970 */
export type ProfileRow = z.infer<typeof profileRow>;

/** Profiles of some players of a tenant; players that the read model does not know are missing. */
export async function findProfiles(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  players: readonly PlayerId[],
): Promise<ReadonlyMap<PlayerId, ProfileRow>> {
  if (players.length === 0) return new Map();
  const { rows } = await sql.query(
    `SELECT player_id::text AS player_id, display_name, method, registered_at
     FROM ${physicalName(profilesTable, await generations.of('profiles'))}
     WHERE tenant = $1::text AND player_id = ANY($2::uuid[]) ORDER BY player_id`,
    [tenant, players],
  );
  return new Map(rows.map((row) => profileRow.parse(row)).map((row) => [row.playerId, row]));
}
