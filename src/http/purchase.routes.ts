import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type PurchaseMade, purchaseProduct } from '../commands/purchase.ts';
import { type Reversed, reversePurchase } from '../commands/refund.ts';
import type { ProductId, PurchaseId } from '../events/ids.ts';
import { refusalField } from '../events/purchase.ts';
import { findPurchase, listPurchases, type PurchaseRow, purchaseStatus } from '../projections/purchases.ts';
import { price, productIdText, purchaseIdText } from './economy.schema.ts';
import { cursorQuery, idempotencyKeyField, instant, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { playerOf, signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { decodePurchaseCursor, encodePurchaseCursor } from './purchase-cursor.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const storeName = z
  .string()
  .regex(/^[a-z0-9_-]{1,32}$/, 'must be 1 to 32 lower-case letters, digits, dashes or underscores')
  .meta({ description: 'Name of the store that was paid.', example: 'test' });
const purchaseResponse = z.object({
  purchase_id: purchaseIdText,
  player_id: playerIdText,
  product_id: productIdText,
  store: storeName,
  status: purchaseStatus,
  refusal: refusalField.nullable().meta({ description: 'Why the receipt was refused.', example: null }),
  price: price.nullable(),
  created_at: instant,
  reversed_at: instant.nullable().meta({ description: 'When it was refunded or charged back.', example: null }),
});

const shown = (row: PurchaseRow) => ({
  purchase_id: row.purchaseId,
  player_id: row.playerId,
  product_id: row.productId,
  store: row.store,
  status: row.status,
  refusal: row.reason,
  price: row.price,
  created_at: timeOf(row.madeAt),
  reversed_at: row.reversedAt === null ? null : timeOf(row.reversedAt),
});

/** Purchases: made with a receipt, listed, taken back. */
export function purchaseRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  app.post(
    '/v1/purchases',
    {
      schema: {
        tags: ['economy'],
        summary: 'Show the receipt of a payment, and get what was paid for',
        description: 'A payment counts once in its tenant, whoever shows its receipt. A refused receipt is recorded.',
        body: z.strictObject({
          product_id: productIdText,
          store: storeName,
          receipt: z.string().min(1).max(16_384).meta({
            description: 'As the store gave it; for the test store see `npx sandai receipt --help`.',
            example: 'eyJ0ZW5hbnQiOiJkZWZhdWx0In0.c2lnbmF0dXJl',
          }),
          idempotency_key: idempotencyKeyField,
        }),
        response: answers({ 201: z.object({ purchase_id: purchaseIdText, status: z.literal('validated') }) }),
      },
      config: {
        access: { rights: ['player'] },
        contract: {
          idempotency: 'required',
          errors: [
            'PRODUCT_NOT_FOUND',
            'PRODUCT_RETIRED',
            'STORE_UNKNOWN',
            'RECEIPT_INVALID',
            'RECEIPT_OF_ANOTHER_PRODUCT',
            'RECEIPT_ALREADY_USED',
            'RECEIPT_REVOKED',
            'BALANCE_OUT_OF_RANGE',
          ],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const { product_id, store, receipt } = request.body;
      const purchaseId = randomUUID() as PurchaseId;
      const command = { purchaseId, playerId, productId: product_id as ProductId, store, receipt };
      return write<PurchaseMade>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => purchaseProduct(runtime, command, context),
        answer: (made) => JSON.stringify({ purchase_id: made.purchaseId, status: 'validated' }),
        status: 201,
        location: (body) => `/v1/purchases/${JSON.parse(body).purchase_id}`,
      });
    },
  );

  app.get(
    '/v1/purchases',
    {
      schema: {
        tags: ['economy'],
        summary: "The caller's purchases, the newest first",
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: z.object({ items: z.array(purchaseResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      const { limit, cursor } = request.query;
      const after = decodePurchaseCursor(cursor);
      await waitForRows(request, dependencies, ['purchases']);
      const owner = { tenant, playerId };
      const rows = await listPurchases(reads.sql, reads.generations, owner, { after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return sendRead(request, reply, {
        items: items.map(shown),
        next_cursor: last === undefined ? null : encodePurchaseCursor(last),
      });
    },
  );

  app.get(
    '/v1/purchases/:purchase_id',
    {
      schema: {
        tags: ['economy'],
        summary: 'A purchase: one of the own, or any for operators',
        params: z.object({ purchase_id: purchaseIdText }),
        response: answers({ 200: purchaseResponse }),
      },
      config: {
        access: { rights: ['player', 'ops'] },
        contract: { waitsFor: true, errors: ['PURCHASE_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const caller = signedInOf(request);
      await waitForRows(request, dependencies, ['purchases']);
      const purchaseId = request.params.purchase_id as PurchaseId;
      const row = await findPurchase(reads.sql, reads.generations, caller.tenant, purchaseId);
      if (row === null || (caller.kind === 'player' && row.playerId !== caller.playerId))
        throw new Problem('PURCHASE_NOT_FOUND');
      return sendRead(request, reply, shown(row));
    },
  );

  app.post(
    '/v1/purchases/:purchase_id/refund',
    {
      schema: {
        tags: ['economy'],
        summary: 'Take a purchase back, and exactly what was granted for it',
        description:
          'What the player has spent of it they owe: their balance falls below 0, and what they get next pays for it. The money itself is given back in the store. Refunding again changes nothing.',
        params: z.object({ purchase_id: purchaseIdText }),
        body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
        response: answers({
          200: z.object({ purchase_id: purchaseIdText, status: z.enum(['refunded', 'charged_back']) }),
        }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: {
          idempotency: 'optional',
          errors: ['PURCHASE_NOT_FOUND', 'PURCHASE_NOT_REFUNDABLE', 'BALANCE_OUT_OF_RANGE'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const purchaseId = request.params.purchase_id as PurchaseId;
      return write<Reversed>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => reversePurchase(runtime, { purchaseId, reason: 'refund' }, context),
        answer: (status) => JSON.stringify({ purchase_id: purchaseId, status }),
      });
    },
  );
}
