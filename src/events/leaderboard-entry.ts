import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
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
  LeaderboardUpdated: define({
    version: 1,
    schema: z.object({
      ...attempt,
      standing: z.object(points),
      previous: z.object({ ...points, eventId: z.uuid() }).nullable(),
    }),
    message: ({ season, playerId, standing, operator }) => ({
      aggregateType: 'leaderboard',
      aggregateId: season,
      payload: { season, player_id: playerId, operator, ...standing },
    }),
  }),
  /** A score was accepted and left the standing one as it was. */
  ScoreAttempted: { version: 1, schema: z.object(attempt) },
  /** A score was taken back; `standing` is what the remaining ones give, `null` = no entry any more.
   *  `reached` is the place in the log of the event that first reached it (time in µs). */
  ScoreWithdrawn: define({
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
    message: ({ season, playerId, withdrawnEventId, standing }) => ({
      aggregateType: 'leaderboard',
      aggregateId: season,
      payload: {
        season,
        player_id: playerId,
        withdrawn_event_id: withdrawnEventId,
        standing: standing && { score: standing.score, subscore: standing.subscore },
      },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type LeaderboardEntryEvent = EventsOf<typeof leaderboardEntryEvents>;

export const leaderboardEntryStream = (tenant: TenantId, season: SeasonName, player: PlayerId) =>
  streamId('entry', tenant, season, player);
