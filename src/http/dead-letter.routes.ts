import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeDeadLetter, letterField, letterSubject } from '../commands/dead-letter.ts';
import { deadLetterIdForm, sourceOf } from '../events/dead-letter.ts';
import type { DeadLetterId, TenantId } from '../events/ids.ts';
import { type DeadLetterRow, findDeadLetter, listDeadLetters } from '../projections/dead-letters.ts';
import type { ErrorCode } from './error-codes.ts';
import { idempotencyKeyField, instant, limitQuery, nextCursor } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const deadLetterId = z
  .string()
  .regex(deadLetterIdForm, 'must be the id of a dead letter')
  .meta({ description: 'A dead letter: its source, a dot, and what it is about.', example: 'psp.evt_1NG8Du' });
const state = z.enum(['open', 'retrying', 'resolved', 'discarded']).meta({ example: 'open' });
const source = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a source')
  .meta({ description: 'What filed it.', example: 'psp' });

const letterFields = {
  dead_letter_id: deadLetterId,
  source,
  reason: z.string().meta({ description: 'Why it could not be done, last time.', example: 'unparsable' }),
  attempts: z.int().meta({ example: 1 }),
  state,
  retryable: z.boolean().meta({ description: 'Whether there is a way to do it again.', example: true }),
  filed_at: instant,
  changed_at: instant,
};
const payload = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({
    description: 'What a retry works with; null once the letter is settled.',
    example: { body: '{"id":"evt_1NG8Du"' },
  });

/** What an operator does with a letter.
 *  @property state what it is after that
 *  @property error the code that this action alone has
 *  @property check throws when it cannot be done */
type Action = {
  readonly path: 'retry' | 'discard';
  readonly summary: string;
  readonly description: string;
  readonly command: 'RetryDeadLetter' | 'DiscardDeadLetter';
  readonly state: 'retrying' | 'discarded';
  readonly error: ErrorCode;
  readonly check?: (tenant: TenantId, id: DeadLetterId) => Promise<void>;
};

/** What could not be done and is left to operators. */
export function deadLetterRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, personalData, retryableSources } = dependencies;
  const shown = (row: DeadLetterRow) => ({
    dead_letter_id: row.deadLetterId,
    source: row.source,
    reason: row.reason,
    attempts: row.attempts,
    state: row.state,
    retryable: row.state === 'open' && retryableSources.has(row.source),
    filed_at: timeOf(row.filedAt),
    changed_at: timeOf(row.changedAt),
  });

  app.get(
    '/v1/dead-letters',
    {
      schema: {
        tags: ['operations'],
        summary: 'What could not be done, by source',
        querystring: z.object({
          state: state.optional(),
          source: source.optional(),
          limit: limitQuery,
          cursor: deadLetterId.optional(),
        }),
        response: answers({ 200: z.object({ items: z.array(z.object(letterFields)), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['ops'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor, ...wanted } = request.query;
      await waitForRows(request, dependencies, ['dead_letters']);
      const rows = await listDeadLetters(reads.sql, reads.generations, tenant, {
        after: cursor ?? '',
        state: wanted.state ?? null,
        source: wanted.source ?? null,
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      return sendRead(request, reply, {
        items: page.map(shown),
        next_cursor: rows.length > limit ? (page.at(-1)?.deadLetterId ?? null) : null,
      });
    },
  );

  app.get(
    '/v1/dead-letters/:dead_letter_id',
    {
      schema: {
        tags: ['operations'],
        summary: 'A dead letter with what it holds',
        params: z.object({ dead_letter_id: deadLetterId }),
        response: answers({ 200: z.object({ ...letterFields, payload }) }),
      },
      config: { access: { rights: ['ops'] }, contract: { waitsFor: true, errors: ['DEAD_LETTER_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const id = request.params.dead_letter_id as DeadLetterId;
      await waitForRows(request, dependencies, ['dead_letters']);
      const row = await findDeadLetter(reads.sql, reads.generations, tenant, id);
      if (row === null) throw new Problem('DEAD_LETTER_NOT_FOUND');
      const settled = row.state === 'resolved' || row.state === 'discarded';
      const sealed = { tenant, playerId: letterSubject(id), field: letterField, ciphertext: row.sealed };
      const [text = null] = settled ? [] : await personalData.decryptMany([sealed]);
      return sendRead(request, reply, { ...shown(row), payload: text === null ? null : JSON.parse(text) });
    },
  );

  /** A route that changes a letter, and answers with its new state. */
  const change = (action: Action): void => {
    app.post(
      `/v1/dead-letters/:dead_letter_id/${action.path}`,
      {
        schema: {
          tags: ['operations'],
          summary: action.summary,
          description: action.description,
          params: z.object({ dead_letter_id: deadLetterId }),
          body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
          response: answers({ 200: z.object({ dead_letter_id: deadLetterId, state: z.literal(action.state) }) }),
        },
        config: {
          access: { rights: ['ops'] },
          contract: {
            idempotency: 'optional',
            errors: ['DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_SETTLED', action.error],
          },
        },
      },
      async (request, reply) => {
        const { tenant, actor } = signedInOf(request);
        const deadLetterId = request.params.dead_letter_id as DeadLetterId;
        return write<null>(request, reply, {
          tenant,
          actor,
          key: 'optional',
          run: async (context) => {
            await action.check?.(tenant, deadLetterId);
            return changeDeadLetter(runtime, { type: action.command, deadLetterId }, context);
          },
          answer: () => JSON.stringify({ dead_letter_id: deadLetterId, state: action.state }),
        });
      },
    );
  };

  change({
    path: 'retry',
    summary: 'Do it once more',
    description: 'It is done soon after the answer; `GET` tells what came of it.',
    command: 'RetryDeadLetter',
    state: 'retrying',
    error: 'DEAD_LETTER_NOT_RETRYABLE',
    check: async (tenant, id) => {
      if (retryableSources.has(sourceOf(id))) return;
      if ((await findDeadLetter(reads.sql, reads.generations, tenant, id)) !== null)
        throw new Problem('DEAD_LETTER_NOT_RETRYABLE');
    },
  });
  change({
    path: 'discard',
    summary: 'Give it up for good',
    description: 'What it holds is deleted. Discarding a discarded one changes nothing.',
    command: 'DiscardDeadLetter',
    state: 'discarded',
    error: 'DEAD_LETTER_RETRYING',
  });
}
