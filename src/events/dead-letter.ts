import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { sealedField } from './fields.ts';
import { type DeadLetterId, streamId, type TenantId } from './ids.ts';

/** `<source>.<key>`: who filed it, and what it is about in that source's own words. */
export const deadLetterIdForm = /^[a-z][a-z0-9-]{0,31}\.[A-Za-z0-9:_-]{1,128}$/;
const deadLetterId = z.string().regex(deadLetterIdForm) as unknown as z.ZodType<DeadLetterId, string>;
/** One word of ours; never what somebody outside wrote. */
export const deadLetterReason = z.string().regex(/^[a-z0-9_]{1,40}$/);
const letter = { deadLetterId };
/** How often it was tried, this time included. */
const attempts = z.int().min(0);

/** Stream `deadletter-<tenant>_<id>`: something that could not be done and is left to an operator.
 *
 *  What is needed to do it again is sealed with a data key of the letter's own, which is deleted when the letter is settled: it may
 *  be anything that came from outside. */
export const deadLetterEvents = {
  DeadLetterFiled: define({
    version: 1,
    schema: z.object({ ...letter, reason: deadLetterReason, attempts, sealed: sealedField }),
    message: ({ deadLetterId: id, reason }) => ({
      aggregateType: 'dead_letter',
      aggregateId: id,
      payload: { dead_letter: id, reason },
    }),
  }),
  DeadLetterRetryRequested: define({ version: 1, schema: z.object(letter) }),
  DeadLetterRetryFailed: define({ version: 1, schema: z.object({ ...letter, reason: deadLetterReason, attempts }) }),
  DeadLetterResolved: define({ version: 1, schema: z.object({ ...letter, attempts }) }),
  DeadLetterDiscarded: define({ version: 1, schema: z.object(letter) }),
} satisfies Record<string, EventDefinition>;

export type DeadLetterEvent = EventsOf<typeof deadLetterEvents>;

/** @param source lower-case word with digits and dashes; @param key letters, digits, colons, underscores, dashes: unique in the source */
export function deadLetterIdOf(source: string, key: string): DeadLetterId {
  const id = `${source}.${key}`;
  if (!deadLetterIdForm.test(id)) throw new TypeError(`"${id}" cannot be the id of a dead letter`);
  return id as DeadLetterId;
}

/** The source in a dead letter's id. */
export const sourceOf = (id: DeadLetterId): string => id.slice(0, id.indexOf('.'));

export const deadLetterStream = (tenant: TenantId, id: DeadLetterId) => streamId('deadletter', tenant, id);
