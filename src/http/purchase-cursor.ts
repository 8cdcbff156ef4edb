import { z } from 'zod';
import type { PurchaseId } from '../events/ids.ts';
import type { PurchasePlace } from '../projections/purchases.ts';
import { invalid } from './problem.ts';

const shape = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid()]);

/** Text for a place in the list of a player's purchases. */
export const encodePurchaseCursor = ({ madeAt, purchaseId }: PurchasePlace): string =>
  Buffer.from(JSON.stringify([String(madeAt), purchaseId])).toString('base64url');

/** @throws Problem when the text was not made by {@link encodePurchaseCursor} */
export function decodePurchaseCursor(cursor: string | undefined): PurchasePlace | null {
  if (cursor === undefined) return null;
  try {
    const [madeAt, id] = shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { madeAt: BigInt(madeAt), purchaseId: id as PurchaseId };
  } catch {
    throw invalid('query.cursor', 'is not a cursor of this list');
  }
}
