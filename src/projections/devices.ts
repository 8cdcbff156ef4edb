import { z } from 'zod';
import type { DeviceEvent } from '../events/device.ts';
import type { DeviceHash, PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per device; `player_id` NULL while it signs in as nobody, `linked_at` µs since 1970. */
const devicesTable = {
  name: 'devices',
  key: ['tenant', 'device_hash'],
  columns: { tenant: 'text', device_hash: 'text', player_id: 'uuid', linked_at: 'bigint' },
  indexes: [{ name: 'player', columns: ['tenant', 'player_id', 'linked_at'] }],
} as const;

/** Devices and the players they sign in as. */
export const devices = defineProjection<DeviceEvent>({
  name: 'devices',
  about: 'Devices, and the players they sign in as.',
  version: 1,
  tables: [devicesTable],
  on: {
    DeviceLinked: ({ tenant, version, data, recordedAt }) => [
      change(devicesTable, version, {
        tenant,
        device_hash: data.deviceHash,
        player_id: data.playerId,
        linked_at: recordedAt,
      }),
    ],
    DeviceUnlinked: ({ tenant, version, data }) => [
      change(devicesTable, version, { tenant, device_hash: data.deviceHash, player_id: null, linked_at: null }),
    ],
  },
});

const deviceRow = z.object({ device_hash: z.string() }).transform((row) => row.device_hash as DeviceHash);

/** Devices that sign in as a player. */
export async function devicesOf(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<readonly DeviceHash[]> {
  const { rows } = await sql.query(
    `SELECT device_hash FROM ${physicalName(devicesTable, await generations.of('devices'))}
     WHERE tenant = $1::text AND player_id = $2::uuid ORDER BY device_hash`,
    [tenant, playerId],
  );
  return rows.map((row) => deviceRow.parse(row));
}

const listedRow = z
  .object({ device_hash: z.string(), linked_at: z.coerce.bigint() })
  .transform((row) => ({ deviceHash: row.device_hash as DeviceHash, linkedAt: row.linked_at }));

/** A linked device. @property linkedAt µs since 1970 */
export type DeviceRow = z.infer<typeof listedRow>;

/** A page of the devices that sign in as a player, by their hashes. @param page.after last hash of the page before, '' for the first */
export async function listDevices(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: { readonly tenant: TenantId; readonly playerId: PlayerId },
  page: { readonly after: string; readonly limit: number },
): Promise<readonly DeviceRow[]> {
  const { rows } = await sql.query(
    `SELECT device_hash, linked_at FROM ${physicalName(devicesTable, await generations.of('devices'))}
     WHERE tenant = $1::text AND player_id = $2::uuid AND device_hash > $3::text
     ORDER BY device_hash LIMIT $4::int8`,
    [tenant, playerId, page.after, page.limit],
  );
  return rows.map((row) => listedRow.parse(row));
}
