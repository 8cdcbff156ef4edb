import { z } from 'zod';
import { idempotencyKeyField, instant, nextCursor, playerIdText, scoreNumber, seasonName } from './fields.ts';
import { storageProblem } from './json-value.ts';

export const scoreBody = z.strictObject({
  score: scoreNumber,
  subscore: scoreNumber.optional().meta({ description: 'Decides between equal scores; 0 when left out.', example: 0 }),
  metadata: z
    .record(z.string(), z.unknown())
    .superRefine((value, context) => {
      const problem = storageProblem(value);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .optional()
    .meta({
      description: 'Anything about the attempt, up to 16 KiB of JSON; no personal data.',
      example: { level: 3 },
    }),
  player_id: playerIdText.optional().meta({ description: 'For services only: whose score it is.' }),
  idempotency_key: idempotencyKeyField,
});

export const scoreResponse = z.object({
  rank: z.int().min(1).meta({ description: 'From 1, of the standing entry.', example: 1 }),
});

const eventId = z
  .uuid('must be an event id')
  .toLowerCase()
  .meta({ description: 'The event of the score.', example: '5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a' });

export const withdrawBody = z.strictObject({
  player_id: playerIdText,
  event_id: eventId,
  idempotency_key: idempotencyKeyField,
});

export const withdrawResponse = z.object({
  season: seasonName,
  player_id: playerIdText,
  event_id: eventId,
  withdrawn: z.literal(true),
});

export const boardResponse = z.object({
  entries: z.array(
    z.object({
      rank: z.int().min(1).meta({ example: 1 }),
      player_id: playerIdText,
      display_name: z.string().nullable().meta({ example: 'Ada' }),
      score: scoreNumber,
      subscore: scoreNumber,
      reached_at: instant,
    }),
  ),
  next_cursor: nextCursor,
});
