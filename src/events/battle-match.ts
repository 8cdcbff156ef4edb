import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, jsonObjectField, matchIdField, modeField, playerIdField } from './fields.ts';
import { type MatchId, streamId, type TenantId } from './ids.ts';

const outcomeField = z.enum(['won', 'lost', 'drawn']);
/** What a match was for a team. */
export type TeamOutcome = z.infer<typeof outcomeField>;

/** How a match ended: nobody but one team was left, a service said so, or its time ran out. */
const endField = z.enum(['surrender', 'reported', 'deadline']);
export type MatchEnd = z.infer<typeof endField>;

const teamField = z.int().min(1);
const resultField = z.array(
  z.object({
    team: teamField,
    /** From 1; teams that share a place drew. */
    place: z.int().min(1),
    outcome: outcomeField,
    players: z.array(z.object({ playerId: playerIdField, score: z.int() })),
  }),
);
/** Per team, in the order of teams. */
export type MatchResult = z.infer<typeof resultField>;

/** Stream `match-<tenant>_<match>`: one battle, its teams, what its players did, and how it ended. */
export const battleMatchEvents = {
  MatchStarted: define({
    version: 1,
    schema: z.object({
      matchId: matchIdField,
      mode: modeField,
      teams: z.array(z.object({ team: teamField, players: z.array(playerIdField).min(1) })).min(2),
      /** From then on no command counts. */
      endsBy: instantField,
    }),
    message: ({ matchId, mode, teams, endsBy }) => ({
      aggregateType: 'match',
      aggregateId: matchId,
      payload: { match_id: matchId, mode, teams, ends_by: endsBy },
    }),
  }),
  /** @property tick the how manieth command of the match, from 1 */
  MatchCommandAccepted: define({
    version: 1,
    schema: z.object({
      matchId: matchIdField,
      playerId: playerIdField,
      command: z.enum(['ready', 'move', 'attack', 'use_item', 'surrender']),
      payload: jsonObjectField,
      tick: z.int().min(1),
    }),
  }),
  MatchCompleted: define({
    version: 1,
    schema: z.object({ matchId: matchIdField, mode: modeField, end: endField, tick: z.int(), result: resultField }),
    message: ({ matchId, mode, end, result }) => ({
      aggregateType: 'match',
      aggregateId: matchId,
      payload: {
        match_id: matchId,
        mode,
        end,
        result: result.map(({ team, place, outcome, players }) => ({
          team,
          place,
          outcome,
          players: players.map(({ playerId, score }) => ({ player_id: playerId, score })),
        })),
      },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type BattleMatchEvent = EventsOf<typeof battleMatchEvents>;

export const matchStream = (tenant: TenantId, match: MatchId) => streamId('match', tenant, match);
