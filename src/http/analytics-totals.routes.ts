import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { eventCounts } from '../projections/analytics-queries.ts';
import { dateOf } from '../projections/days.ts';
import { flowsByDay } from '../projections/economy-queries.ts';
import { revenueByDay } from '../projections/revenue.ts';
import { analyticsName } from './analytics.schema.ts';
import { dayField, dayRangeQuery, parseDayRange } from './day-range.ts';
import type { Dependencies } from './dependencies.ts';
import { productIdText } from './economy.schema.ts';
import { cursorQuery, limitQuery, nextCursor } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { decodeTextCursor, encodeTextCursor } from './text-cursor.ts';

const paged = { ...dayRangeQuery, limit: limitQuery, cursor: cursorQuery };
const number = (description: string, example: number) => z.int().meta({ description, example });
const pageOf = (item: z.ZodType) => answers({ 200: z.object({ items: z.array(item), next_cursor: nextCursor }) });

const countResponse = z.object({ day: dayField, name: analyticsName, events: number('How often it happened.', 4_200) });
const revenueResponse = z.object({
  day: dayField,
  product_id: productIdText,
  currency: z.string().meta({ example: 'EUR' }),
  purchases: number('Purchases that were paid on the day.', 12),
  payers: number('Players who paid.', 10),
  gross: number('What they paid, in minor units.', 5_988),
  refunds: number('Purchases whose money went back on the day.', 1),
  refunded: number('What went back, in minor units.', 499),
  net: number('What they paid, less what went back.', 5_489),
});
const flowResponse = z.object({
  day: dayField,
  kind: z.enum(['currency', 'item']),
  name: z.string().meta({ description: 'The currency or the item.', example: 'gems' }),
  cause: z.string().meta({ description: 'Why it moved.', example: 'reward' }),
  sources: number('How much came to players.', 12_000),
  sinks: number('How much left them.', 0),
  movements: number('In how many movements.', 120),
});

/** The first items of a longer list, and the cursor of the rest. */
function page<T>(rows: readonly T[], limit: number, placeOf: (row: T) => readonly [number, ...string[]]) {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last === undefined ? null : encodeTextCursor(placeOf(last)) };
}

/** What is added up by day, for operators: events, money, and what players have. */
export function analyticsTotalRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads, now } = dependencies;
  const config = { access: { rights: ['ops'] as const }, contract: { waitsFor: true as const } };

  app.get(
    '/v1/analytics/events/counts',
    {
      schema: {
        tags: ['analytics'],
        summary: 'How often what happened, by day and name, the latest day first',
        querystring: z.object({ ...paged, name: analyticsName.optional() }),
        response: pageOf(countResponse),
      },
      config,
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor, name = null } = request.query;
      const range = { ...parseDayRange(request.query, now()), name };
      const [day, lastName] = decodeTextCursor(cursor, 1) ?? [];
      const after = day === undefined ? null : { day, name: lastName! };
      await waitForRows(request, dependencies, ['analytics']);
      const found = await eventCounts(reads.sql, reads.generations, tenant, range, { after, limit: limit + 1 });
      const { items, next } = page(found, limit, (row) => [row.day, row.name]);
      return sendRead(request, reply, {
        items: items.map((row) => ({ ...row, day: dateOf(row.day) })),
        next_cursor: next,
      });
    },
  );

  app.get(
    '/v1/analytics/revenue',
    {
      schema: {
        tags: ['analytics'],
        summary: 'Revenue by day, product and currency, the latest day first',
        description:
          'A purchase counts on the day on which the store says it was paid, a refund or chargeback on its own day.',
        querystring: z.object(paged),
        response: pageOf(revenueResponse),
      },
      config,
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const range = parseDayRange(request.query, now());
      const [day, productId, currency] = decodeTextCursor(cursor, 2) ?? [];
      const after = day === undefined ? null : { day, productId: productId!, currency: currency! };
      await waitForRows(request, dependencies, ['revenue']);
      const found = await revenueByDay(reads.sql, reads.generations, tenant, range, { after, limit: limit + 1 });
      const { items, next } = page(found, limit, (row) => [row.day, row.productId, row.currency]);
      return sendRead(request, reply, {
        items: items.map(({ day: on, productId: product_id, ...row }) => ({
          day: dateOf(on),
          product_id,
          ...row,
          net: row.gross - row.refunded,
        })),
        next_cursor: next,
      });
    },
  );

  app.get(
    '/v1/analytics/economy',
    {
      schema: {
        tags: ['analytics'],
        summary: 'What came to players and what left them, by day, asset and cause, the latest day first',
        querystring: z.object(paged),
        response: pageOf(flowResponse),
      },
      config,
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const range = parseDayRange(request.query, now());
      const [day, kind, asset, cause] = decodeTextCursor(cursor, 3) ?? [];
      const after = day === undefined ? null : { day, kind: kind!, asset: asset!, cause: cause! };
      await waitForRows(request, dependencies, ['economy']);
      const found = await flowsByDay(reads.sql, reads.generations, tenant, range, { after, limit: limit + 1 });
      const { items, next } = page(found, limit, (row) => [row.day, row.kind, row.asset, row.cause]);
      return sendRead(request, reply, {
        items: items.map(({ day: on, kind: of, asset: name, ...row }) => ({ day: dateOf(on), kind: of, name, ...row })),
        next_cursor: next,
      });
    },
  );
}
