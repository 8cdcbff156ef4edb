import type { MatchId } from '../events/ids.ts';
import type { PlayedMatch } from './matches.ts';

/** Where a page of matches ended. */
type Place = Pick<PlayedMatch, 'startedAt' | 'matchId'>;

const form = /^(\d{1,18})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const encodeMatchCursor = ({ startedAt, matchId }: Place): string =>
  Buffer.from(`${startedAt}.${matchId}`).toString('base64url');

/** @returns null when it is no cursor of ours */
export function decodeMatchCursor(cursor: string): Place | null {
  const [, startedAt, matchId] = form.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (startedAt === undefined || matchId === undefined) return null;
  return { startedAt: BigInt(startedAt), matchId: matchId as MatchId };
}
