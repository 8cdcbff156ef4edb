import { describe, expect, test } from 'vitest';
import { type DefineProduct, isSoldAt, product } from '../../src/aggregates/product.ts';
import type { ProductEvent } from '../../src/events/product.ts';
import { gems, pack, price, swords } from './economy-examples.ts';
import { at, iso } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(product);
const data = { productId: pack, name: '500 gems', price, grants: [gems(500)] };
const define: DefineProduct = { type: 'DefineProduct', ...data };
const defined: ProductEvent = { type: 'ProductDefined', data };
const retire = { type: 'RetireProduct', productId: pack, at: iso('12:00') } as const;
const retired: ProductEvent = { type: 'ProductRetired', data: { productId: pack, retiredAt: iso('12:00') } };

describe('defining a product', () => {
  test('puts it on sale', () => given().when(define).then(defined));
  test('as it is changes nothing', () => given(defined).when(define).thenNothing());
  test('puts a retired one on sale again', () => given(defined, retired).when(define).then(defined));
  test.each([
    { name: '501 gems' },
    { price: { ...price, amount: 500 } },
    { price: { ...price, currency: 'USD' } },
    { grants: [] },
    { grants: [gems(501)] },
    { grants: [swords(500)] },
    { grants: [{ ...gems(500), asset: 'gold' }] },
  ])('otherwise changes it: %j', (change) =>
    given(defined)
      .when({ ...define, ...change })
      .then({ type: 'ProductDefined', data: { ...data, ...change } }),
  );
});

describe('retiring a product', () => {
  test('takes it off sale', () => given(defined).when(retire).then(retired));
  test('that is retired changes nothing', () => given(defined, retired).when(retire).thenNothing());
  test('that is not there is refused', () => given().when(retire).thenRejects('PRODUCT_NOT_FOUND'));
});

test('a product is sold until just before it is retired', () => {
  const sold = (events: readonly ProductEvent[], time: string) => isSoldAt(fold(product, events), at(time));
  expect(sold([], '11:00')).toBe(false);
  expect(sold([retired], '11:00')).toBe(false);
  expect(sold([defined], '13:00')).toBe(true);
  expect(sold([defined, retired], '11:59')).toBe(true);
  expect(sold([defined, retired], '12:00')).toBe(false);
  expect(sold([defined, retired, defined], '12:00')).toBe(true);
});
