import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField } from './fields.ts';
import { type ProductId, streamId, type TenantId } from './ids.ts';
import { assetAmountField } from './wallet.ts';

export const productIdField = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/) as unknown as z.ZodType<ProductId, string>;
/** Minor units of a currency that one pays with. */
export const priceField = z.object({
  amount: z.int().min(0).max(1_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type Price = z.infer<typeof priceField>;
export const grantsField = z.array(assetAmountField).max(20);

/** Stream `product-<tenant>_<product>`: a condition of every purchase, so it has a head row. */
export const productEvents = {
  /** Made, changed, or on sale again. */
  ProductDefined: define({
    version: 1,
    schema: z.object({
      productId: productIdField,
      name: z.string().min(1).max(100),
      price: priceField,
      grants: grantsField,
    }),
    message: ({ productId, name, price, grants }) => ({
      aggregateType: 'product',
      aggregateId: productId,
      payload: { product_id: productId, name, price, grants },
    }),
  }),
  ProductRetired: define({
    version: 1,
    schema: z.object({ productId: productIdField, retiredAt: instantField }),
    message: ({ productId, retiredAt }) => ({
      aggregateType: 'product',
      aggregateId: productId,
      payload: { product_id: productId, retired_at: retiredAt },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type ProductEvent = EventsOf<typeof productEvents>;

export const productCategory = 'product';
export const productStream = (tenant: TenantId, product: ProductId) => streamId(productCategory, tenant, product);
