import { describe, test } from 'vitest';
import { purchase } from '../../src/aggregates/purchase.ts';
import { receipt } from '../../src/aggregates/receipt.ts';
import type { PurchaseEvent, ReceiptEvent } from '../../src/events/purchase.ts';
import { gems, order, pack, payment, price, secondOrder } from './economy-examples.ts';
import { alice, bob, iso } from './examples.ts';
import { specification } from './specification.ts';

describe('a purchase', () => {
  const given = specification(purchase);
  const bought = { purchaseId: order, playerId: alice, productId: pack, store: 'test' };
  const proven = { ...bought, ...payment, purchasedAt: iso('11:00'), price, grants: [gems(500)] };
  const validate = { type: 'ValidatePurchase', ...proven } as const;
  const validated: PurchaseEvent = { type: 'PurchaseValidated', data: proven };
  const refuse = { type: 'RefusePurchase', ...bought, reason: 'invalid' } as const;
  const refused: PurchaseEvent = { type: 'PurchaseRefused', data: { ...bought, reason: 'invalid' } };
  const reverse = (reason: 'refund' | 'chargeback') =>
    ({ type: 'ReversePurchase', purchaseId: order, reason }) as const;
  const reversed = (reason: 'refund' | 'chargeback'): PurchaseEvent => ({
    type: 'PurchaseRefunded',
    data: { purchaseId: order, playerId: alice, reason },
  });

  test('is validated once', () => given().when(validate).then(validated));
  test('is refused once', () => given().when(refuse).then(refused));
  test('that was refused stays so', () => given(refused).when(validate).thenNothing());
  test('that was validated stays so', () => given(validated).when(refuse).thenNothing());

  test.each(['refund', 'chargeback'] as const)('is taken back by a %s', (reason) =>
    given(validated).when(reverse(reason)).then(reversed(reason)),
  );
  test('is taken back once', () => {
    given(validated, reversed('refund')).when(reverse('chargeback')).thenNothing();
    given(validated, reversed('chargeback')).when(reverse('refund')).thenNothing();
  });
  test('that is not there is not taken back', () => given().when(reverse('refund')).thenRejects('PURCHASE_NOT_FOUND'));
  test('that was refused is not taken back', () =>
    given(refused).when(reverse('refund')).thenRejects('PURCHASE_NOT_REFUNDABLE'));
  test('whose history begins with its end is not there', () =>
    given(reversed('refund')).when(reverse('refund')).thenRejects('PURCHASE_NOT_FOUND'));
});

describe('a receipt', () => {
  const given = specification(receipt);
  const claim = { type: 'ClaimReceipt', ...payment, purchaseId: order, playerId: alice } as const;
  const claimed: ReceiptEvent = { type: 'ReceiptClaimed', data: { ...payment, purchaseId: order, playerId: alice } };
  const revoke = { type: 'RevokeReceipt', ...payment, reason: 'chargeback' } as const;
  const revoked: ReceiptEvent = { type: 'ReceiptRevoked', data: { ...payment, reason: 'chargeback' } };

  test('is claimed by one purchase', () => given().when(claim).thenOnce('RECEIPT_ALREADY_USED', claimed));
  test.each([
    { purchaseId: secondOrder, playerId: alice },
    { purchaseId: secondOrder, playerId: bob },
  ])('that is claimed is refused to another purchase (%j)', (by) =>
    given(claimed)
      .when({ ...claim, ...by })
      .thenRejects('RECEIPT_ALREADY_USED'),
  );
  test('that nobody claimed is revoked', () => given().when(revoke).then(revoked));
  test('that was revoked cannot be claimed', () => given(revoked).when(claim).thenRejects('RECEIPT_REVOKED'));
  test('that is claimed cannot be revoked', () => given(claimed).when(revoke).thenRejects('RECEIPT_ALREADY_USED'));
  test('keeps its first fate, whatever its history says', () =>
    given(revoked, claimed).when(claim).thenRejects('RECEIPT_REVOKED'));
});
