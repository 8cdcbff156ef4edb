import { z } from 'zod';
import { priceField } from '../events/product.ts';
import { type AssetAmount, causeField, maxAmount } from '../events/wallet.ts';
import { playerIdText } from './fields.ts';

const name = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, underscores or dashes');
export const productIdText = name.meta({ description: 'A product.', example: 'gems-500' });
const itemName = name.meta({ description: 'Name of an item.', example: 'sword-of-dawn' });
const currencyName = name.meta({ description: 'Name of a wallet currency.', example: 'gems' });
const amount = z.int().min(1).max(maxAmount);

export const purchaseIdText = z
  .uuid('must be a purchase id')
  .toLowerCase()
  .meta({ description: 'A purchase.', example: '4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11' });

export const price = z
  .strictObject({
    amount: priceField.shape.amount.meta({ description: 'Minor units, such as cents.', example: 499 }),
    currency: priceField.shape.currency.meta({ description: 'ISO 4217.', example: 'EUR' }),
  })
  .meta({ description: 'What one pays.' });

const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** Items and wallet currencies, each at most once. */
export const assetsField = z.strictObject({
  items: z
    .array(z.strictObject({ item: itemName, quantity: amount.meta({ example: 1 }) }))
    .max(20)
    .default([])
    .refine((items) => distinct(items.map(({ item }) => item)), 'names an item twice'),
  currencies: z
    .array(z.strictObject({ currency: currencyName, amount: amount.meta({ example: 500 }) }))
    .max(20)
    .default([])
    .refine((currencies) => distinct(currencies.map(({ currency }) => currency)), 'names a currency twice'),
});
export const grants = assetsField
  .refine(({ items, currencies }) => items.length + currencies.length <= 20, 'has more than 20 things')
  .meta({
    description: 'What the player gets.',
    example: { items: [{ item: 'sword-of-dawn', quantity: 1 }], currencies: [{ currency: 'gems', amount: 500 }] },
  });

export const assetsOf = ({ items, currencies }: z.infer<typeof assetsField>): AssetAmount[] => [
  ...currencies.map(({ currency, amount: units }) => ({ kind: 'currency' as const, asset: currency, amount: units })),
  ...items.map(({ item, quantity }) => ({ kind: 'item' as const, asset: item, amount: quantity })),
];

export const shownAssets = (assets: readonly AssetAmount[]) => ({
  items: assets.flatMap(({ kind, asset, amount: quantity }) => (kind === 'item' ? [{ item: asset, quantity }] : [])),
  currencies: assets.flatMap(({ kind, asset, amount: units }) =>
    kind === 'currency' ? [{ currency: asset, amount: units }] : [],
  ),
});

const owed = 'Below 0: owed, because it was spent before its purchase was taken back.';
export const balancesFields = {
  items: z.array(z.object({ item: itemName, quantity: z.int().meta({ description: owed, example: 1 }) })),
  currencies: z.array(z.object({ currency: currencyName, balance: z.int().meta({ description: owed, example: 380 }) })),
};
type Balance = { readonly kind: 'currency' | 'item'; readonly asset: string; readonly balance: number };
export const shownBalances = (balances: readonly Balance[]) => ({
  items: balances.flatMap(({ kind, asset, balance }) => (kind === 'item' ? [{ item: asset, quantity: balance }] : [])),
  currencies: balances.flatMap(({ kind, asset, balance }) =>
    kind === 'currency' ? [{ currency: asset, balance }] : [],
  ),
});

export const causeResponse = z.object({
  kind: causeField.shape.kind,
  ref: z.string().meta({ description: 'What it was for, such as the purchase.', example: 'match-4711' }),
});
export const entryResponse = z.object({
  entry: z.int().meta({ description: 'Number of the entry, from 1 without a gap.', example: 17 }),
  cause: causeResponse,
  changes: z
    .array(
      z.object({
        kind: z.enum(['currency', 'item']),
        name,
        amount: z.int().meta({ description: 'Below 0: it was taken.', example: -120 }),
        balance: z.int().meta({ description: 'What the player had of it then.', example: 380 }),
      }),
    )
    .meta({ example: [{ kind: 'currency', name: 'gems', amount: -120, balance: 380 }] }),
  posted_at: z.iso.datetime(),
});

/** Whose inventory it is, for callers who are no player. */
export const ownerQuery = playerIdText.optional().meta({
  description: 'Whose it is; players read their own and leave it out.',
});
