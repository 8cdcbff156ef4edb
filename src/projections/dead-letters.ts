import { z } from 'zod';
import { type DeadLetterEvent, sourceOf } from '../events/dead-letter.ts';
import type { DeadLetterId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per dead letter; `sealed` is the ciphertext as the log has it, times are µs since 1970. */
const letters = {
  name: 'dead_letters',
  key: ['tenant', 'dead_letter_id'],
  columns: {
    tenant: 'text',
    dead_letter_id: 'text',
    source: 'text',
    reason: 'text',
    attempts: 'int',
    state: 'text',
    sealed: 'text',
    filed_at: 'bigint',
    changed_at: 'bigint',
  },
} as const;

/** What could not be done and is left to operators. */
export const deadLetters = defineProjection<DeadLetterEvent>({
  name: 'dead_letters',
  about: 'What could not be done and is left to operators.',
  version: 1,
  tables: [letters],
  on: {
    DeadLetterFiled: ({ tenant, version, data, recordedAt }) => [
      change(letters, version, {
        tenant,
        dead_letter_id: data.deadLetterId,
        source: sourceOf(data.deadLetterId),
        reason: data.reason,
        attempts: data.attempts,
        state: 'open',
        sealed: data.sealed,
        filed_at: recordedAt,
        changed_at: recordedAt,
      }),
    ],
    DeadLetterRetryRequested: ({ tenant, version, data, recordedAt }) => [
      change(letters, version, {
        tenant,
        dead_letter_id: data.deadLetterId,
        state: 'retrying',
        changed_at: recordedAt,
      }),
    ],
    DeadLetterRetryFailed: ({ tenant, version, data, recordedAt }) => [
      change(letters, version, {
        tenant,
        dead_letter_id: data.deadLetterId,
        state: 'open',
        reason: data.reason,
        attempts: data.attempts,
        changed_at: recordedAt,
      }),
    ],
    DeadLetterResolved: ({ tenant, version, data, recordedAt }) => [
      change(letters, version, {
        tenant,
        dead_letter_id: data.deadLetterId,
        state: 'resolved',
        attempts: data.attempts,
        changed_at: recordedAt,
      }),
    ],
    DeadLetterDiscarded: ({ tenant, version, data, recordedAt }) => [
      change(letters, version, {
        tenant,
        dead_letter_id: data.deadLetterId,
        state: 'discarded',
        changed_at: recordedAt,
      }),
    ],
  },
});

const state = z.enum(['open', 'retrying', 'resolved', 'discarded']);
export type DeadLetterState = z.infer<typeof state>;
const bigint = z.coerce.bigint();
const letterRow = z
  .object({
    dead_letter_id: z.string(),
    source: z.string(),
    reason: z.string(),
    attempts: z.coerce.number(),
    state,
    sealed: z.string(),
    filed_at: bigint,
    changed_at: bigint,
  })
  .transform((row) => ({
    deadLetterId: row.dead_letter_id as DeadLetterId,
    source: row.source,
    reason: row.reason,
    attempts: row.attempts,
    state: row.state,
    sealed: row.sealed,
    filedAt: row.filed_at,
    changedAt: row.changed_at,
  }));

/** A dead letter as the read model knows it. @property filedAt, changedAt µs since 1970 */
export type DeadLetterRow = z.infer<typeof letterRow>;

const select = async (generations: Generations) =>
  `SELECT dead_letter_id, source, reason, attempts, state, sealed, filed_at, changed_at
   FROM ${physicalName(letters, await generations.of('dead_letters'))}`;

/** Dead letters of a tenant by source and key.
 *  @param page.after  the last one of the page before, '' for the first page
 *  @param page.state  only these; null = all
 *  @param page.source only of this source; null = of all */
export async function listDeadLetters(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: {
    readonly after: string;
    readonly state: DeadLetterState | null;
    readonly source: string | null;
    readonly limit: number;
  },
): Promise<readonly DeadLetterRow[]> {
  const { rows } = await sql.query(
    `${await select(generations)}
     WHERE tenant = $1::text AND dead_letter_id > $2::text AND ($3::text IS NULL OR state = $3::text)
       AND ($4::text IS NULL OR source = $4::text)
     ORDER BY dead_letter_id LIMIT $5::int8`,
    [tenant, page.after, page.state, page.source, page.limit],
  );
  return rows.map((row) => letterRow.parse(row));
}

/** One dead letter, or null. */
export async function findDeadLetter(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  id: DeadLetterId,
): Promise<DeadLetterRow | null> {
  const { rows } = await sql.query(
    `${await select(generations)} WHERE tenant = $1::text AND dead_letter_id = $2::text`,
    [tenant, id],
  );
  return rows[0] === undefined ? null : letterRow.parse(rows[0]);
}
