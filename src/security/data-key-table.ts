import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import { type DataKeyRow, unwrapDataKey, type WrappedDataKey, wrapDataKey } from './data-key.ts';
import type { KeyRing } from './key-ring.ts';
import type { LoadDataKeys } from './personal-data.ts';

const rowShape = z
  .object({
    tenant: z.string(),
    player_id: z.string(),
    wrapped_key: z.string().nullable(),
    kek_id: z.string().nullable(),
  })
  .transform(
    (row): DataKeyRow => ({
      tenant: row.tenant as TenantId,
      playerId: row.player_id as PlayerId,
      wrappedKey: row.wrapped_key,
      kekId: row.kek_id,
    }),
  );
const columns = 'd.tenant, d.player_id, d.wrapped_key, d.kek_id';

/** The loader of `createPersonalData` over the table `data_keys`; one statement per call. */
export const dataKeyLoader =
  (sql: Sql): LoadDataKeys =>
  async (ids) => {
    const text = `SELECT ${columns} FROM data_keys AS d
                  JOIN unnest($1::text[], $2::text[]) AS wanted (tenant, player_id)
                    ON wanted.tenant = d.tenant AND wanted.player_id = d.player_id`;
    const { rows } = await sql.query(text, [ids.map(({ tenant }) => tenant), ids.map(({ playerId }) => playerId)]);
    return z.array(rowShape).parse(rows);
  };

/** Deletes a player's data key and leaves a tombstone in its place: an insert of a key meets it, whenever it comes. */
export async function eraseDataKey(sql: Sql, tenant: TenantId, playerId: PlayerId): Promise<void> {
  await sql.query(
    `INSERT INTO data_keys (tenant, player_id, wrapped_key, kek_id, erased_at)
     VALUES ($1::text, $2::text, NULL, NULL, clock_timestamp())
     ON CONFLICT (tenant, player_id) DO UPDATE SET wrapped_key = NULL, kek_id = NULL, erased_at = excluded.erased_at
     WHERE data_keys.erased_at IS NULL`,
    [tenant, playerId],
  );
}

/** @property batchSize  rows per statement
 *  @property onProgress gets the number of keys rewrapped so far */
export type RewrapOptions = {
  readonly sql: Sql;
  readonly ring: KeyRing;
  readonly now: () => number;
  readonly batchSize?: number;
  readonly onProgress?: (rewrapped: number) => void;
};

/** Wraps every data key with the active master key, in small statements beside normal work. Safe to stop and run again:
 *  a key that was erased or rewrapped meanwhile is left alone.
 *  @returns number of keys rewrapped
 *  @throws CiphertextUnreadable when an old master key is not in the ring */
export async function rewrapDataKeys({ sql, ring, now, batchSize = 200, onProgress }: RewrapOptions): Promise<number> {
  let after: { tenant: string; playerId: string } = { tenant: '', playerId: '' };
  let rewrapped = 0;
  for (;;) {
    const master = ring.wrappingKey(now());
    const { rows } = await sql.query(
      `SELECT ${columns} FROM data_keys AS d
       WHERE (d.tenant, d.player_id) > ($1::text, $2::text) AND d.wrapped_key IS NOT NULL AND d.kek_id <> $3::text
       ORDER BY d.tenant, d.player_id LIMIT $4::int8`,
      [after.tenant, after.playerId, master.id, batchSize],
    );
    const batch = z.array(rowShape).parse(rows) as WrappedDataKey[]; // the statement leaves tombstones out
    const last = batch.at(-1);
    if (!last) return rewrapped;
    const fresh = batch.map((row) =>
      wrapDataKey(master, { tenant: row.tenant, playerId: row.playerId }, unwrapDataKey(ring, row)),
    );
    const updated = await sql.query(
      `UPDATE data_keys AS d SET wrapped_key = f.fresh, kek_id = $5::text
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS f (tenant, player_id, old, fresh)
       WHERE d.tenant = f.tenant AND d.player_id = f.player_id AND d.wrapped_key = f.old
       RETURNING d.player_id`,
      [
        batch.map(({ tenant }) => tenant),
        batch.map(({ playerId }) => playerId),
        batch.map(({ wrappedKey }) => wrappedKey),
        fresh.map(({ wrappedKey }) => wrappedKey),
        master.id,
      ],
    );
    rewrapped += updated.rows.length;
    onProgress?.(rewrapped);
    after = last;
  }
}
