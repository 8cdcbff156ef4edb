import type { WalletEvent } from '../events/wallet.ts';
import { defineProjection } from './define.ts';
import { change } from './table.ts';

/** One row per account and asset of a player's ledger: the player's own and those of the house with them. */
export const accountsTable = {
  name: 'ledger_accounts',
  key: ['tenant', 'player_id', 'account', 'kind', 'asset'],
  columns: { tenant: 'text', player_id: 'uuid', account: 'text', kind: 'text', asset: 'text', balance: 'bigint' },
} as const;

/** One row per asset that an entry moved, from the player's side: `amount` is below 0 where it was taken. `posted_at` in µs since 1970. */
export const entriesTable = {
  name: 'ledger_entries',
  key: ['tenant', 'player_id', 'entry', 'kind', 'asset'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    entry: 'bigint',
    kind: 'text',
    asset: 'text',
    cause: 'text',
    ref: 'text',
    amount: 'bigint',
    balance: 'bigint',
    posted_at: 'bigint',
  },
} as const;

/** Balances and entries of all ledgers. */
export const ledger = defineProjection<WalletEvent>({
  name: 'ledger',
  about: 'Balances and entries of all ledgers.',
  version: 1,
  tables: [accountsTable, entriesTable],
  on: {
    LedgerEntryPosted: ({ tenant, version, recordedAt, data: { playerId, cause, postings } }) =>
      postings.flatMap(({ kind, asset, amount, from, to }) => [
        ...[from, to].map(({ account, balance }) =>
          change(accountsTable, version, { tenant, player_id: playerId, account, kind, asset, balance }),
        ),
        change(entriesTable, version, {
          tenant,
          player_id: playerId,
          entry: version,
          kind,
          asset,
          cause: cause.kind,
          ref: cause.ref,
          amount: to.account === 'player' ? amount : -amount,
          balance: (to.account === 'player' ? to : from).balance,
          posted_at: recordedAt,
        }),
      ]),
  },
});
