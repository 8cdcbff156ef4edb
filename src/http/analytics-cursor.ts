import { z } from 'zod';
import type { PlayerId } from '../events/ids.ts';
import type { AnalyticsPlace } from '../projections/analytics-queries.ts';
import { invalid } from './problem.ts';

/** Writes the place of an analytics event as clients carry it. */
export const encodeAnalyticsCursor = ({ at, playerId, batch, ordinal }: AnalyticsPlace): string =>
  Buffer.from(`${at}.${playerId}.${batch}.${ordinal}`).toString('base64url');

/** @throws Problem when it is not what {@link encodeAnalyticsCursor} wrote */
export function decodeAnalyticsCursor(cursor: string | undefined): AnalyticsPlace | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, at, playerId, batch, ordinal] = /^(\d{1,18})\.([0-9a-f-]{36})\.(\d{1,18})\.(\d{1,3})$/.exec(text) ?? [];
  if (at === undefined || batch === undefined || ordinal === undefined || !z.uuid().safeParse(playerId).success)
    throw invalid('query.cursor', 'must be the `next_cursor` of the page before');
  return { at: BigInt(at), playerId: playerId as PlayerId, batch: BigInt(batch), ordinal: Number(ordinal) };
}
