import type { z } from 'zod';
import type { JsonValue } from '../events/envelope.ts';
import { invalid } from './problem.ts';

/** Texts for places in a list, which clients hand back as they are.
 *  @param shape of a place
 *  @returns `decode` throws a Problem when `encode` did not make the text */
export const cursorOf = <Place extends readonly JsonValue[]>(shape: z.ZodType<Place>) => ({
  encode: (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url'),
  decode(cursor: string | undefined): Place | null {
    if (cursor === undefined) return null;
    try {
      return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    } catch {
      throw invalid('query.cursor', 'is not a cursor of this list');
    }
  },
});
