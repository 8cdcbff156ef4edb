import { z } from 'zod';
import type { EventDefinition, EventsOf } from './definition.ts';
import { jsonObjectField, playerIdField, scoreField, seasonField } from './fields.ts';
import { type PlayerId, type SeasonName, streamId, type TenantId } from './ids.ts';
import { operatorField } from './season.ts';

const points = { score: scoreField, subscore: scoreField };
const attempt = {
  season: seasonField,
  playerId: playerIdField,
  operator: operatorField,
  /** What was submitted. */
  attempt: z.object(points),
  metadata: jsonObjectField,
};

/** Stream `entry-<tenant>_<season>_<player>`: one player's scores in one season. */
export const leaderboardEntryEvents = {
  /** The standing score changed to `standing`, reached at this event's place in the log. */
  LeaderboardUpdated: {
    version: 1,
    schema: z.object({
      ...attempt,
      standing: z.object(points),
      previous: z.object({ ...points, eventId: z.uuid() }).nullable(),
    }),
  },
  /** A score was accepted and left the standing one as it was. */
  ScoreAttempted: { version: 1, schema: z.object(attempt) },
  /** A score was taken back; `standing` is what the remaining ones give, `null` = no entry any more.
   *  `reached` is the place in the log of the event that first reached it (time in µs). */
  ScoreWithdrawn: {
    version: 1,
    schema: z.object({
      season: seasonField,
      playerId: playerIdField,
      withdrawnEventId: z.uuid(),
      standing: z
        .object({
          ...points,
          eventId: z.uuid(),
          reached: z.object({ recordedAt: z.string(), partition: z.int(), position: z.string() }),
        })
        .nullable(),
    }),
  },
} satisfies Record<string, EventDefinition>;

export type LeaderboardEntryEvent = EventsOf<typeof leaderboardEntryEvents>;

export const leaderboardEntryStream = (tenant: TenantId, season: SeasonName, player: PlayerId) =>
  streamId('entry', tenant, season, player);
