import { invalid } from './problem.ts';

/** Writes a place in a list as clients carry it: a number and some texts. */
export const encodeTextCursor = (place: readonly [number, ...string[]]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** @param texts how many texts there are
 *  @throws Problem when it is not what {@link encodeTextCursor} wrote */
export function decodeTextCursor(cursor: string | undefined, texts: number): readonly [number, ...string[]] | null {
  if (cursor === undefined) return null;
  const [number, ...rest] = parsed(cursor);
  const isPlace =
    Number.isSafeInteger(number) &&
    Math.abs(number as number) < 10_000_000 &&
    rest.length === texts &&
    rest.every((text) => typeof text === 'string' && text.isWellFormed() && !text.includes('\0'));
  if (!isPlace) throw invalid('query.cursor', 'must be the `next_cursor` of the page before');
  return [number as number, ...(rest as string[])];
}

function parsed(cursor: string): unknown[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(place) ? place : [];
  } catch {
    return [];
  }
}
