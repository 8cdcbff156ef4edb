import { z } from 'zod';
import type { PlayerId, PurchaseId, TenantId } from '../events/ids.ts';
import { type PurchaseEvent, refusalField } from '../events/purchase.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per purchase, refused ones too. Times in µs since 1970. */
const purchasesTable = {
  name: 'purchases',
  key: ['tenant', 'purchase_id'],
  columns: {
    tenant: 'text',
    purchase_id: 'uuid',
    player_id: 'uuid',
    product_id: 'text',
    store: 'text',
    status: 'text',
    reason: 'text',
    price_amount: 'bigint',
    price_currency: 'text',
    made_at: 'bigint',
    reversed_at: 'bigint',
  },
  indexes: [{ name: 'of_player', columns: ['tenant', 'player_id', 'made_at', 'purchase_id'] }],
} as const;

/** What players bought, and what became of it. */
export const purchases = defineProjection<PurchaseEvent>({
  name: 'purchases',
  about: 'What players bought, and what became of it.',
  version: 1,
  tables: [purchasesTable],
  on: {
    PurchaseValidated: ({ tenant, version, recordedAt, data }) => [
      change(purchasesTable, version, {
        tenant,
        purchase_id: data.purchaseId,
        player_id: data.playerId,
        product_id: data.productId,
        store: data.store,
        status: 'validated',
        reason: null,
        price_amount: data.price.amount,
        price_currency: data.price.currency,
        made_at: recordedAt,
        reversed_at: null,
      }),
    ],
    PurchaseRefused: ({ tenant, version, recordedAt, data }) => [
      change(purchasesTable, version, {
        tenant,
        purchase_id: data.purchaseId,
        player_id: data.playerId,
        product_id: data.productId,
        store: data.store,
        status: 'refused',
        reason: data.reason,
        price_amount: null,
        price_currency: null,
        made_at: recordedAt,
        reversed_at: null,
      }),
    ],
    PurchaseRefunded: ({ tenant, version, recordedAt, data: { purchaseId, reason } }) => [
      change(purchasesTable, version, {
        tenant,
        purchase_id: purchaseId,
        status: reason === 'refund' ? 'refunded' : 'charged_back',
        reversed_at: recordedAt,
      }),
    ],
  },
});

export const purchaseStatus = z.enum(['validated', 'refused', 'refunded', 'charged_back']);
const bigint = z.coerce.bigint();
const purchaseRow = z
  .object({
    purchase_id: z.string(),
    player_id: z.string(),
    product_id: z.string(),
    store: z.string(),
    status: purchaseStatus,
    reason: refusalField.nullable(),
    price_amount: z.coerce.number().nullable(),
    price_currency: z.string().nullable(),
    made_at: bigint,
    reversed_at: bigint.nullable(),
  })
  .transform((row) => ({
    purchaseId: row.purchase_id as PurchaseId,
    playerId: row.player_id as PlayerId,
    productId: row.product_id,
    store: row.store,
    status: row.status,
    reason: row.reason,
    price: row.price_amount === null ? null : { amount: row.price_amount, currency: row.price_currency ?? '' },
    madeAt: row.made_at,
    reversedAt: row.reversed_at,
  }));

/** A purchase as the read model knows it. @property madeAt, reversedAt µs since 1970 */
export type PurchaseRow = z.infer<typeof purchaseRow>;
/** Where a page begins: after this purchase. */
export type PurchasePlace = Pick<PurchaseRow, 'madeAt' | 'purchaseId'>;

const columns =
  'purchase_id::text AS purchase_id, player_id::text AS player_id, product_id, store, status, reason, price_amount, price_currency, made_at, reversed_at';
const tableIn = async (generations: Generations) => physicalName(purchasesTable, await generations.of('purchases'));

/** A player's purchases, the newest first. */
export async function listPurchases(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: { readonly tenant: TenantId; readonly playerId: PlayerId },
  { after, limit }: { readonly after: PurchasePlace | null; readonly limit: number },
): Promise<readonly PurchaseRow[]> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${await tableIn(generations)}
     WHERE tenant = $1::text AND player_id = $2::uuid
       AND ($3::bigint IS NULL OR made_at < $3::bigint OR (made_at = $3::bigint AND purchase_id < $4::uuid))
     ORDER BY made_at DESC, purchase_id DESC LIMIT $5::int8`,
    [tenant, playerId, after?.madeAt ?? null, after?.purchaseId ?? null, limit],
  );
  return rows.map((row) => purchaseRow.parse(row));
}

/** One purchase of a tenant; null when there is none. */
export async function findPurchase(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  purchaseId: PurchaseId,
): Promise<PurchaseRow | null> {
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${await tableIn(generations)}
     WHERE tenant = $1::text AND purchase_id = $2::uuid AND player_id IS NOT NULL`,
    [tenant, purchaseId],
  );
  return rows[0] === undefined ? null : purchaseRow.parse(rows[0]);
}
