import { z } from 'zod';
import type { ProductId, TenantId } from '../events/ids.ts';
import { grantsField, type ProductEvent } from '../events/product.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per product; `retired_at` in ms since 1970, NULL = on sale. */
const productsTable = {
  name: 'products',
  key: ['tenant', 'product_id'],
  columns: {
    tenant: 'text',
    product_id: 'text',
    name: 'text',
    price_amount: 'bigint',
    price_currency: 'text',
    grants: 'text',
    retired_at: 'bigint',
  },
} as const;

/** The product catalogue of each tenant. */
export const products = defineProjection<ProductEvent>({
  name: 'products',
  about: 'The product catalogue of each tenant.',
  version: 1,
  tables: [productsTable],
  on: {
    ProductDefined: ({ tenant, version, data: { productId, name, price, grants } }) => [
      change(productsTable, version, {
        tenant,
        product_id: productId,
        name,
        price_amount: price.amount,
        price_currency: price.currency,
        grants: JSON.stringify(grants),
        retired_at: null,
      }),
    ],
    ProductRetired: ({ tenant, version, data: { productId, retiredAt } }) => [
      change(productsTable, version, { tenant, product_id: productId, retired_at: Date.parse(retiredAt) }),
    ],
  },
});

const productRow = z
  .object({
    product_id: z.string(),
    name: z.string(),
    price_amount: z.coerce.number(),
    price_currency: z.string(),
    grants: z.string().transform((text) => grantsField.parse(JSON.parse(text))),
    retired_at: z.coerce.number().nullable(),
  })
  .transform((row) => ({
    productId: row.product_id as ProductId,
    name: row.name,
    price: { amount: row.price_amount, currency: row.price_currency },
    grants: row.grants,
    isRetired: row.retired_at !== null,
  }));

/** A product as the catalogue shows it. */
export type ProductRow = z.infer<typeof productRow>;

/** Products of a tenant by id.
 *  @param page.after      id of the last one of the page before
 *  @param page.alsoRetired whether those that are off sale are among them */
export async function listProducts(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly alsoRetired: boolean; readonly limit: number },
): Promise<readonly ProductRow[]> {
  const table = physicalName(productsTable, await generations.of('products'));
  const { rows } = await sql.query(
    `SELECT product_id, name, price_amount, price_currency, grants, retired_at FROM ${table}
     WHERE tenant = $1::text AND product_id > $2::text AND name IS NOT NULL AND ($3::bool OR retired_at IS NULL)
     ORDER BY product_id LIMIT $4::int8`,
    [tenant, page.after, page.alsoRetired, page.limit],
  );
  return rows.map((row) => productRow.parse(row));
}
