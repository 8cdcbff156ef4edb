import { dayOf, microsOf, type Stored } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

type Posting = {
  readonly kind: string;
  readonly asset: string;
  readonly amount: number;
  readonly from: { readonly account: string };
  readonly to: { readonly account: string };
};

/** Every posting of the log; the balances that events name are not looked at. */
const postingsIn = (log: readonly Stored[]) =>
  log.flatMap((event) =>
    event.type === 'LedgerEntryPosted' ? (event.data.postings as Posting[]).map((posting) => ({ event, posting })) : [],
  );

/** What is sold, what was bought, and what everybody has of it. */
export const economy: Tables = {
  products(log) {
    const rows = rowsBy('product_id');
    for (const { tenant, type, data } of log) {
      const row = { tenant, product_id: data.productId };
      if (type === 'ProductDefined') {
        const price = { price_amount: data.price.amount, price_currency: data.price.currency };
        rows.set({ ...row, name: data.name, ...price, grants: data.grants, retired_at: null });
      }
      if (type === 'ProductRetired') rows.set({ ...row, retired_at: Date.parse(data.retiredAt) });
    }
    return rows.all();
  },

  purchases(log) {
    const rows = rowsBy('purchase_id');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, purchase_id: data.purchaseId };
      if (type === 'PurchaseValidated' || type === 'PurchaseRefused')
        rows.set({
          ...row,
          player_id: data.playerId,
          product_id: data.productId,
          store: data.store,
          status: type === 'PurchaseValidated' ? 'validated' : 'refused',
          reason: data.reason ?? null,
          price_amount: data.price?.amount ?? null,
          price_currency: data.price?.currency ?? null,
          made_at: at,
        });
      if (type === 'PurchaseRefunded')
        rows.set({ ...row, status: data.reason === 'refund' ? 'refunded' : 'charged_back', reversed_at: at });
    }
    return rows.all();
  },

  revenue(log) {
    const rows = rowsBy('purchase_id');
    for (const { tenant, type, data, at } of log) {
      if (type === 'PurchaseValidated')
        rows.set({
          tenant,
          purchase_id: data.purchaseId,
          player_id: data.playerId,
          product_id: data.productId,
          ...data.price,
          paid_day: dayOf(microsOf(data.purchasedAt)),
        });
      if (type === 'PurchaseRefunded') rows.set({ purchase_id: data.purchaseId, reversed_day: dayOf(at) });
    }
    return rows.all();
  },

  ledger_accounts(log) {
    const rows = rowsBy('player_id', 'account', 'kind', 'asset');
    for (const { event, posting } of postingsIn(log)) {
      const { kind, asset, amount, from, to } = posting;
      const row = { tenant: event.tenant, player_id: event.data.playerId, kind, asset };
      rows.add({ ...row, account: from.account }, { balance: -amount });
      rows.add({ ...row, account: to.account }, { balance: amount });
    }
    return rows.all();
  },

  ledger_entries(log) {
    const own = rowsBy('player_id', 'kind', 'asset');
    return postingsIn(log).map(({ event, posting }) => {
      const { tenant, version, data, at } = event;
      const { kind, asset } = posting;
      const amount = posting.to.account === 'player' ? posting.amount : -posting.amount;
      const { balance } = own.add({ player_id: data.playerId, kind, asset }, { balance: amount });
      const cause = { cause: data.cause.kind, ref: data.cause.ref };
      return {
        tenant,
        player_id: data.playerId,
        entry: version,
        kind,
        asset,
        ...cause,
        amount,
        balance,
        posted_at: at,
      };
    });
  },

  economy_days(log) {
    const rows = rowsBy('day', 'kind', 'asset', 'cause', 'partition');
    for (const { event, posting } of postingsIn(log)) {
      const { tenant, at, partition, position, data } = event;
      const { kind, asset, amount, from, to } = posting;
      const row = { tenant, day: dayOf(at), kind, asset, cause: data.cause.kind, partition };
      const sources = to.account === 'player' ? amount : 0;
      const sinks = from.account === 'player' ? amount : 0;
      rows.add({ ...row, last_position: position }, { sources, sinks, movements: 1 });
    }
    return rows.all();
  },
};
