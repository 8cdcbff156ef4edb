import { z } from 'zod';
import type { ParsePspEvent } from '../ports/psp-event.ts';
import { transactionHash } from './transaction-hash.ts';

const named = z.looseObject({ id: z.string().regex(/^[!-~]{1,255}$/), type: z.string().min(1).max(100) });
const payment = z.looseObject({
  store: z.string().regex(/^[a-z0-9_-]{1,32}$/),
  transaction_id: z.string().regex(/^[!-~]{1,255}$/),
});
const reasons = { 'payment.refunded': 'refund', 'payment.charged_back': 'chargeback' } as const;

/** Reads `{id, type, store, transaction_id}`; fields that are not listed and events of other types are nothing to us. */
export const parsePspEvent: ParsePspEvent = (body) => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const event = named.safeParse(json).data;
  if (event === undefined) return null;
  const { id, type } = event;
  if (!Object.hasOwn(reasons, type)) return { id, reversed: null };
  const paid = payment.safeParse(json).data;
  if (paid === undefined) return null;
  const reason = reasons[type as keyof typeof reasons];
  return { id, reversed: { store: paid.store, transaction: transactionHash(paid.transaction_id), reason } };
};
