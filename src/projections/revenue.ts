import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { PurchaseEvent } from '../events/purchase.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { type DayRange, dayOf, dayOfInstant } from './days.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per purchase that was paid: when, for how much in minor units, and when the money went back. Days since 1970 in UTC. */
const revenueTable = {
  name: 'revenue',
  key: ['tenant', 'purchase_id'],
  columns: {
    tenant: 'text',
    purchase_id: 'uuid',
    player_id: 'uuid',
    product_id: 'text',
    amount: 'bigint',
    currency: 'text',
    paid_day: 'int',
    reversed_day: 'int',
  },
  indexes: [
    { name: 'paid', columns: ['tenant', 'paid_day'], where: 'paid_day IS NOT NULL' },
    { name: 'reversed', columns: ['tenant', 'reversed_day'], where: 'reversed_day IS NOT NULL' },
  ],
} as const;

/** What was paid and what went back. A purchase counts on the day on which the store says it was paid, a refund on that of its event. */
export const revenue = defineProjection<PurchaseEvent>({
  name: 'revenue',
  about: 'What was paid for, by day, product and currency, and what went back.',
  version: 1,
  tables: [revenueTable],
  on: {
    PurchaseValidated: ({ tenant, version, data }) => [
      change(revenueTable, version, {
        tenant,
        purchase_id: data.purchaseId,
        player_id: data.playerId,
        product_id: data.productId,
        amount: data.price.amount,
        currency: data.price.currency,
        paid_day: dayOfInstant(data.purchasedAt),
        reversed_day: null,
      }),
    ],
    PurchaseRefunded: ({ tenant, version, recordedAt, data }) => [
      change(revenueTable, version, { tenant, purchase_id: data.purchaseId, reversed_day: dayOf(recordedAt) }),
    ],
    PurchaseRefused: 'ignored',
  },
});

const number = z.coerce.number();
const revenueRow = z.object({
  day: number,
  product_id: z.string(),
  currency: z.string(),
  purchases: number,
  payers: number,
  gross: number,
  refunds: number,
  refunded: number,
});

/** What one product brought in one currency on a day. @property gross paid, @property refunded gone back, both minor units at least 0 */
export type RevenueOfDay = Omit<z.infer<typeof revenueRow>, 'product_id'> & { readonly productId: string };
export type RevenuePlace = Pick<RevenueOfDay, 'day' | 'productId' | 'currency'>;

/** Revenue by day, product and currency, the latest day first. */
export async function revenueByDay(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  { from, to }: DayRange,
  { after, limit }: { readonly after: RevenuePlace | null; readonly limit: number },
): Promise<readonly RevenueOfDay[]> {
  const table = physicalName(revenueTable, await generations.of('revenue'));
  const { rows } = await sql.query(
    `SELECT day, product_id, currency, count(payer) AS purchases, count(DISTINCT payer) AS payers, sum(gross) AS gross,
            sum(refunds) AS refunds, sum(refunded) AS refunded
     FROM (
       SELECT paid_day AS day, product_id, currency, player_id AS payer, amount AS gross, 0 AS refunds, 0 AS refunded
       FROM ${table} WHERE tenant = $1::text AND paid_day >= $2::int AND paid_day <= $3::int
       UNION ALL
       SELECT reversed_day AS day, product_id, currency, NULL AS payer, 0 AS gross, 1 AS refunds, amount AS refunded
       FROM ${table} WHERE tenant = $1::text AND reversed_day >= $2::int AND reversed_day <= $3::int AND amount IS NOT NULL
     ) AS booked
     WHERE (-day, product_id, currency) > ($4::int, $5::text, $6::text)
     GROUP BY day, product_id, currency ORDER BY day DESC, product_id, currency LIMIT $7::bigint`,
    [tenant, from, to, after === null ? -to - 1 : -after.day, after?.productId ?? '', after?.currency ?? '', limit],
  );
  return rows.map((row) => {
    const { product_id, ...rest } = revenueRow.parse(row);
    return { ...rest, productId: product_id };
  });
}
