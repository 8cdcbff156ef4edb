import type { ProductId } from '../events/ids.ts';
import type { Price, ProductEvent } from '../events/product.ts';
import type { AssetAmount } from '../events/wallet.ts';
import { accept, type Decider, reject } from './decider.ts';

/** Something to be bought. @property retiredAt milliseconds since 1970; null = it is on sale */
export type Product =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'defined';
      readonly name: string;
      readonly price: Price;
      readonly grants: readonly AssetAmount[];
      readonly retiredAt: number | null;
    };

export type DefineProduct = {
  readonly type: 'DefineProduct';
  readonly productId: ProductId;
  readonly name: string;
  readonly price: Price;
  readonly grants: readonly AssetAmount[];
};
/** @property at RFC 3339 UTC */
export type RetireProduct = { readonly type: 'RetireProduct'; readonly productId: ProductId; readonly at: string };
export type ProductRejection = 'PRODUCT_NOT_FOUND';

export const product: Decider<Product, DefineProduct | RetireProduct, ProductEvent, ProductRejection> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'ProductDefined') {
      const { name, price, grants } = data;
      return { phase: 'defined', name, price, grants, retiredAt: null };
    }
    return state.phase === 'absent' ? state : { ...state, retiredAt: Date.parse(data.retiredAt) };
  },

  decide(command, state) {
    if (command.type === 'DefineProduct') {
      const { productId, name, price, grants } = command;
      if (state.phase === 'defined' && state.retiredAt === null && isSame(state, command)) return accept();
      return accept({ type: 'ProductDefined', data: { productId, name, price, grants: [...grants] } });
    }
    if (state.phase === 'absent') return reject('PRODUCT_NOT_FOUND');
    if (state.retiredAt !== null) return accept();
    return accept({ type: 'ProductRetired', data: { productId: command.productId, retiredAt: command.at } });
  },
};

type Definition = Pick<DefineProduct, 'name' | 'price' | 'grants'>;
const isSame = (left: Definition, right: Definition): boolean =>
  left.name === right.name &&
  left.price.amount === right.price.amount &&
  left.price.currency === right.price.currency &&
  left.grants.length === right.grants.length &&
  left.grants.every(({ kind, asset, amount }, index) => {
    const other = right.grants[index];
    return kind === other?.kind && asset === other.asset && amount === other.amount;
  });

/** Whether somebody who paid at a moment gets it. @param at milliseconds since 1970 */
export const isSoldAt = (state: Product, at: number): boolean =>
  state.phase === 'defined' && (state.retiredAt === null || at < state.retiredAt);
