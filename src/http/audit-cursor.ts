import type { AuditPlace } from '../projections/audit.ts';
import { invalid } from './problem.ts';

/** Writes the place of an entry as clients carry it. */
export const encodeAuditCursor = ({ recordedAt, partition, position }: AuditPlace): string =>
  Buffer.from(`${recordedAt}.${partition}.${position}`).toString('base64url');

/** @throws Problem when it is not what {@link encodeAuditCursor} wrote */
export function decodeAuditCursor(cursor: string | undefined): AuditPlace | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, recordedAt, partition, position] = /^(\d{1,18})\.(\d{1,5})\.(\d{1,18})$/.exec(text) ?? [];
  if (recordedAt === undefined || partition === undefined || position === undefined)
    throw invalid('query.cursor', 'must be the `next_cursor` of the page before');
  return { recordedAt: BigInt(recordedAt), partition: Number(partition), position: BigInt(position) };
}
