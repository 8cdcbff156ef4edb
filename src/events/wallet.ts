import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { playerIdField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** The largest amount that one movement may have, so that sums stay far from where numbers lose their last digit. */
export const maxAmount = 1_000_000_000_000;

const asset = {
  kind: z.enum(['currency', 'item']),
  asset: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
};
export const assetAmountField = z.object({ ...asset, amount: z.int().min(1).max(maxAmount) });
/** So many of a wallet currency or of an item. */
export type AssetAmount = z.infer<typeof assetAmountField>;
export type AssetKind = AssetAmount['kind'];

/** Accounts of the house. Each player has one of each of their own, so that no stream is written to by everybody. */
export const houseAccounts = ['sales', 'rewards', 'spending', 'adjustments'] as const;
export type HouseAccount = (typeof houseAccounts)[number];
export const accountField = z.enum(['player', ...houseAccounts]);
/** An account in a player's ledger: their own, or the house's with them. */
export type Account = z.infer<typeof accountField>;

const side = z.object({ account: accountField, balance: z.int() });
export const causeField = z.object({
  kind: z.enum(['purchase', 'refund', 'chargeback', 'reward', 'adjustment', 'spending']),
  /** What it was for: the purchase, the match, a word of who asked. */
  ref: z.string().min(1).max(200),
});
export type Cause = z.infer<typeof causeField>;

/** Stream `wallet-<tenant>_<player>`: a player's ledger. Each posting takes an amount from one account and gives it to another, and
 *  tells what both hold then; so what all accounts hold together is 0 at any time. */
export const walletEvents = {
  LedgerEntryPosted: define({
    version: 1,
    schema: z.object({
      playerId: playerIdField,
      cause: causeField,
      postings: z
        .array(z.object({ ...assetAmountField.shape, from: side, to: side }))
        .min(1)
        .max(100),
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type WalletEvent = EventsOf<typeof walletEvents>;
export type Posting = WalletEvent['data']['postings'][number];

export const walletStream = (tenant: TenantId, player: PlayerId) => streamId('wallet', tenant, player);
