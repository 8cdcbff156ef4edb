import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeProduct } from '../commands/product.ts';
import type { ProductId } from '../events/ids.ts';
import { listProducts } from '../projections/products.ts';
import { assetsOf, grants, price, productIdText, shownAssets } from './economy.schema.ts';
import { idempotencyKeyField, limitQuery, nextCursor } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const productName = z.string().trim().min(1).max(100).meta({ description: 'For people.', example: '500 gems' });
const status = z.enum(['on_sale', 'retired']);
const productResponse = z.object({ product_id: productIdText, name: productName, price, grants, status });

/** The product catalogue. */
export function productRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, now } = dependencies;

  app.get(
    '/v1/products',
    {
      schema: {
        tags: ['economy'],
        summary: 'What is on sale, by product id',
        description: 'Operators see what was retired too.',
        querystring: z.object({ limit: limitQuery, cursor: productIdText.optional() }),
        response: answers({ 200: z.object({ items: z.array(productResponse), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: ['player', 'ops', 'admin', 'scope:economy:write', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true },
      },
    },
    async (request, reply) => {
      const { tenant, kind } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['products']);
      const page = { after: cursor ?? '', alsoRetired: kind === 'operator', limit: limit + 1 };
      const rows = await listProducts(reads.sql, reads.generations, tenant, page);
      const items = rows.slice(0, limit).map((row) => ({
        product_id: row.productId,
        name: row.name,
        price: row.price,
        grants: shownAssets(row.grants),
        status: row.isRetired ? 'retired' : 'on_sale',
      }));
      return sendRead(request, reply, {
        items,
        next_cursor: rows.length > limit ? (items.at(-1)?.product_id ?? null) : null,
      });
    },
  );

  app.put(
    '/v1/products/:product_id',
    {
      schema: {
        tags: ['economy'],
        summary: 'Put a product on sale, or change it',
        description: 'Purchases that were made keep what they were. One that was retired is on sale again.',
        params: z.object({ product_id: productIdText }),
        body: z.strictObject({ name: productName, price, grants, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: productResponse }),
      },
      config: { access: { rights: ['admin'] }, contract: { idempotency: 'optional' } },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const productId = request.params.product_id as ProductId;
      const { name, price: asked, grants: granted } = request.body;
      const assets = assetsOf(granted);
      const command = { type: 'DefineProduct', productId, name, price: asked, grants: assets } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeProduct(runtime, command, context),
        answer: () =>
          JSON.stringify({ product_id: productId, name, price: asked, grants: shownAssets(assets), status: 'on_sale' }),
      });
    },
  );

  app.delete(
    '/v1/products/:product_id',
    {
      schema: {
        tags: ['economy'],
        summary: 'Take a product off sale',
        description: 'What was paid for before is still granted. Retiring a retired one changes nothing.',
        params: z.object({ product_id: productIdText }),
        response: answers({ 204: z.null() }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', errors: ['PRODUCT_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const productId = request.params.product_id as ProductId;
      const command = { type: 'RetireProduct', productId, at: new Date(now()).toISOString() } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeProduct(runtime, command, context),
        answer: () => '',
        status: 204,
      });
    },
  );
}
