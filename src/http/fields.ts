import { z } from 'zod';
import { operatorField } from '../events/season.ts';

/** Fields that several routes take or answer with. */

/** An idempotency key in a body; its form is checked with that of the header. */
export const idempotencyKeyField = z.string().optional().meta({
  description: 'As the Idempotency-Key header; one of them is enough.',
  example: 'attempt-7f3a',
  minLength: 1,
  maxLength: 255,
  pattern: '^[!-~]{1,255}$',
});

export const playerIdText = z
  .uuid('must be a player id')
  .toLowerCase()
  .meta({ description: 'A player.', example: '0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e' });

export const newSeasonName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, underscores or dashes')
  .meta({ description: 'Name of a season.', example: 'spring-2026' });

/** As {@link newSeasonName}, or the season of a tournament's occurrence, whose name has a tilde. */
export const seasonName = z
  .string()
  .regex(/^[A-Za-z0-9._~-]{1,64}$/, 'must be the name of a season')
  .meta({ description: 'Name of a season, or of an occurrence of a tournament.', example: 'spring-2026' });

/** Whole number within ±(2^53 − 1). */
export const scoreNumber = z.int('must be a whole number within ±(2^53 − 1)').meta({ example: 1500 });

export const operatorName = operatorField.meta({
  description: 'How a new score meets the standing one: the better counts, the latest counts, or they add up.',
  example: 'best',
});

export const instant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-03-01T12:00:00Z' })
  .meta({ example: '2026-03-01T12:00:00Z' });

/** Optional page size. */
export const limitQuery = z.coerce
  .number()
  .int()
  .min(1)
  .max(100)
  .default(20)
  .meta({ description: 'Most items in a page.', example: 20 });

export const cursorQuery = z
  .string()
  .min(1)
  .max(512)
  .optional()
  .meta({ description: '`next_cursor` of the page before.' });

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'For the next page; null on the last one.', example: null });
