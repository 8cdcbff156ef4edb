import { z } from 'zod';
import type { MatchView } from '../commands/match.ts';
import type { MatchId } from '../events/ids.ts';
import type { PlayedMatch } from '../projections/matches.ts';
import { idempotencyKeyField, instant, nextCursor, playerIdText } from './fields.ts';
import { storageProblem } from './json-value.ts';

const idText = (problem: string) => z.uuid(problem).toLowerCase();

export const ticketIdText = idText('must be a ticket').meta({
  description: 'A ticket of the matchmaker.',
  example: '9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f',
});
export const matchIdText = idText('must be a match id').meta({
  description: 'A match.',
  example: '4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f',
});
export const modeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be the name of a mode')
  .meta({ description: 'A way to play.', example: 'duo' });

export const commandBody = z.strictObject({
  command: z
    .string()
    .regex(/^[a-z][a-z_]{0,31}$/, 'must be the name of a command')
    .meta({ description: '`ready`, `move`, `attack`, `use_item` or `surrender`.', example: 'attack' }),
  payload: z
    .record(z.string(), z.unknown())
    .superRefine((value, context) => {
      const problem = storageProblem(value);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .default({})
    .meta({
      description:
        '`move` has `x` and `y`, or a `direction`; `attack` may name an opponent in `target_player_id`; `use_item` names the `item`. Further fields are kept as they are. Up to 4 KiB of JSON; no personal data.',
      example: { target_player_id: '0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e', strength: 3 },
    }),
  idempotency_key: idempotencyKeyField,
});

const team = z.int().min(1).meta({ description: 'Number of a team, from 1.', example: 1 });
const place = z.int().min(1).meta({ description: 'From 1; teams that share a place drew.', example: 1 });
const score = z.int('must be a whole number within ±(2^53 − 1)').meta({ example: 12 });

export const resultBody = z.strictObject({
  teams: z
    .array(z.strictObject({ team, place }))
    .min(2)
    .max(32)
    .meta({
      description: 'Each team of the match.',
      example: [
        { team: 1, place: 2 },
        { team: 2, place: 1 },
      ],
    }),
  scores: z
    .array(z.strictObject({ player_id: playerIdText, score }))
    .max(32)
    .default([])
    .meta({ description: 'Points of single players; those left out have 0.' }),
  idempotency_key: idempotencyKeyField,
});

const outcome = z.enum(['won', 'lost', 'drawn']).meta({ example: 'won' });
const matchStatus = z.enum(['running', 'ended']).meta({ example: 'running' });

export const resultResponse = z.object({
  end: z
    .enum(['surrender', 'reported', 'deadline'])
    .meta({ description: 'How the match ended.', example: 'surrender' }),
  teams: z.array(z.object({ team, place, outcome, players: z.array(z.object({ player_id: playerIdText, score })) })),
});

export const matchResponse = z.object({
  match_id: matchIdText,
  mode: modeName,
  status: matchStatus,
  tick: z.int().min(0).meta({ description: 'Commands accepted so far.', example: 7 }),
  ends_by: instant,
  teams: z.array(
    z.object({
      team,
      players: z.array(z.object({ player_id: playerIdText, ready: z.boolean(), surrendered: z.boolean() })),
    }),
  ),
  result: resultResponse.nullable(),
});

/** A match as one of its players sees it. */
export const playedMatch = z.object({
  match_id: matchIdText,
  mode: modeName,
  team,
  status: matchStatus,
  started_at: instant,
  outcome: outcome.nullable(),
  score: score.nullable(),
});
export const playedResponse = z.object({ items: z.array(playedMatch), next_cursor: nextCursor });

export const playedBody = ({ matchId, mode, team, status, startedAt, outcome, score }: PlayedMatch) => ({
  match_id: matchId,
  mode,
  team,
  status,
  started_at: new Date(Number(startedAt / 1000n)).toISOString(),
  outcome,
  score,
});

/** A match as clients see it. */
export const matchBody = (
  matchId: MatchId,
  { mode, status, tick, endsBy, teams, ended }: MatchView,
): z.input<typeof matchResponse> => ({
  match_id: matchId,
  mode,
  status,
  tick,
  ends_by: new Date(endsBy).toISOString(),
  teams: teams.map(({ team, players }) => ({
    team,
    players: players.map(({ playerId, ready, surrendered }) => ({ player_id: playerId, ready, surrendered })),
  })),
  result: ended && resultOf(ended),
});

const resultOf = ({ end, result }: NonNullable<MatchView['ended']>): z.input<typeof resultResponse> => ({
  end,
  teams: result.map(({ team, place, outcome, players }) => ({
    team,
    place,
    outcome,
    players: players.map(({ playerId, score }) => ({ player_id: playerId, score })),
  })),
});
