import { z } from 'zod';
import { playerIdField } from '../events/fields.ts';
import type { EntryKey } from './rank-index.ts';

const cursorSchema = z
  .tuple([z.int(), z.int(), z.int().min(0), z.int().min(0), z.int().min(0), playerIdField])
  .transform(
    ([score, subscore, reachedAt, partition, position, playerId]): EntryKey => ({
      score,
      subscore,
      reachedAt,
      partition,
      position,
      playerId,
    }),
  );

/** Text for a place on a board, to go on from there: later pages neither repeat nor miss an entry that stayed where it was. */
export const encodeBoardCursor = (key: EntryKey): string =>
  Buffer.from(
    JSON.stringify([key.score, key.subscore, key.reachedAt, key.partition, key.position, key.playerId]),
  ).toString('base64url');

/** @returns null when the text was not made by {@link encodeBoardCursor} */
export function decodeBoardCursor(text: string): EntryKey | null {
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not JSON
  }
}
