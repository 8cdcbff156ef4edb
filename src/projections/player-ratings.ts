import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { RatingEvent } from '../events/rating.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per player and mode; `rated_at` µs since 1970. */
const ratingsTable = {
  name: 'player_ratings',
  key: ['tenant', 'player_id', 'mode'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    mode: 'text',
    rating: 'int',
    matches: 'int',
    rated_at: 'bigint',
  },
} as const;

/** Ratings as they stand. */
export const playerRatings = defineProjection<RatingEvent>({
  name: 'player_ratings',
  about: 'Ratings of players in each mode, as they stand.',
  version: 1,
  tables: [ratingsTable],
  on: {
    RatingChanged: ({ tenant, version, recordedAt, data: { playerId, mode, rating, matches } }) => [
      change(ratingsTable, version, { tenant, player_id: playerId, mode, rating, matches, rated_at: recordedAt }),
    ],
  },
});

const ratingRow = z.object({ mode: z.string(), rating: z.coerce.number(), matches: z.coerce.number() });

/** A player's rating in one mode. @property matches how many it rests on */
export type RatingRow = z.infer<typeof ratingRow>;

/** Ratings of a player, by mode. */
export async function ratingsOf(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<readonly RatingRow[]> {
  const { rows } = await sql.query(
    `SELECT mode, rating, matches FROM ${physicalName(ratingsTable, await generations.of('player_ratings'))}
     WHERE tenant = $1::text AND player_id = $2::uuid ORDER BY mode`,
    [tenant, playerId],
  );
  return rows.map((row) => ratingRow.parse(row));
}
