import { z } from 'zod';
import type { NotificationId } from '../events/ids.ts';
import type { InboxPlace } from '../projections/notification-queries.ts';
import { invalid } from './problem.ts';

const shape = z.tuple([z.boolean(), z.string().regex(/^\d{1,18}$/), z.uuid()]);

/** Text for a place in the list of a player's notifications. */
export const encodeInboxCursor = ({ isRead, addressedAt, notificationId }: InboxPlace): string =>
  Buffer.from(JSON.stringify([isRead, String(addressedAt), notificationId])).toString('base64url');

/** @throws Problem when the text was not made by {@link encodeInboxCursor} */
export function decodeInboxCursor(cursor: string | undefined): InboxPlace | null {
  if (cursor === undefined) return null;
  try {
    const [isRead, addressedAt, id] = shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { isRead, addressedAt: BigInt(addressedAt), notificationId: id as NotificationId };
  } catch {
    throw invalid('query.cursor', 'is not a cursor of this list');
  }
}
