import { changeDeadLetter, letterField, letterSubject, readDeadLetter } from '../commands/dead-letter.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { isPassing } from '../event-store/errors.ts';
import { type DeadLetterEvent, sourceOf } from '../events/dead-letter.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { PersonalRecords } from '../ports/personal-data.ts';
import { defineReactor, type Reaction, type Reactor } from './reactor.ts';

/** Does what a dead letter is about once more; may run more than once for one request, so its commands go through `reaction.once`.
 *  @throws when it fails again; {@link RetryFailed} to say why */
export type DeadLetterRetry = (
  letter: { readonly tenant: TenantId; readonly key: string; readonly payload: JsonObject },
  reaction: Reaction,
) => Promise<void>;

/** How the letters of each source are retried. */
export type DeadLetterSources = Readonly<Record<string, DeadLetterRetry>>;

/** A retry that failed. @property reason one word of ours */
export class RetryFailed extends Error {
  override readonly name = 'RetryFailed';
  readonly reason: string;
  constructor(reason: string) {
    super(`a dead letter could not be done: ${reason}`);
    this.reason = reason;
  }
}

/** @property reveal    opens what was sealed for a subject; null = its key is gone
 *  @property onFailure told of each retry that failed */
export type DeadLettersOptions = {
  readonly runtime: CommandRuntime;
  readonly records: Pick<PersonalRecords, 'deleteDataKey'>;
  readonly reveal: (sealed: {
    readonly tenant: TenantId;
    readonly playerId: PlayerId;
    readonly field: string;
    readonly ciphertext: string;
  }) => Promise<string | null>;
  readonly sources: DeadLetterSources;
  readonly onFailure: (deadLetterId: string, error: unknown) => void;
};

/** Retries dead letters when an operator asks for it, and forgets what settled ones held. */
export const deadLetters = (options: DeadLettersOptions): Reactor =>
  defineReactor<
    Extract<DeadLetterEvent, { type: 'DeadLetterRetryRequested' | 'DeadLetterResolved' | 'DeadLetterDiscarded' }>
  >({
    name: 'dead-letters',
    from: 'beginning',
    types: ['DeadLetterRetryRequested', 'DeadLetterResolved', 'DeadLetterDiscarded'],
    batchSize: 20,
    async react({ type, tenant, data: { deadLetterId } }, reaction) {
      const { runtime, records, sources, onFailure } = options;
      if (type !== 'DeadLetterRetryRequested') return records.deleteDataKey(tenant, letterSubject(deadLetterId));
      const letter = await readDeadLetter(runtime, tenant, deadLetterId);
      if (letter.phase !== 'retrying') return; // answered before a crash
      const source = sourceOf(deadLetterId);
      const about = { tenant, playerId: letterSubject(deadLetterId), field: letterField, ciphertext: letter.sealed };
      const failure = await attempt(async () => {
        const payload = await options.reveal(about);
        const retry = Object.hasOwn(sources, source) ? sources[source] : undefined;
        if (retry === undefined) throw new RetryFailed('not_retryable');
        if (payload === null) throw new RetryFailed('unreadable');
        const key = deadLetterId.slice(source.length + 1);
        await retry({ tenant, key, payload: JSON.parse(payload) as JsonObject }, reaction);
      });
      if (failure !== null) onFailure(deadLetterId, failure.error);
      const command =
        failure === null
          ? ({ type: 'ResolveDeadLetter', deadLetterId } as const)
          : ({ type: 'RecordRetryFailure', deadLetterId, reason: reasonOf(failure.error) } as const);
      await reaction.once((context) => changeDeadLetter(runtime, command, context), 'answer');
    },
  });

/** @returns what went wrong; null = nothing did
 *  @throws what says nothing about the letter: the database is away, and the event comes again */
async function attempt(work: () => Promise<void>): Promise<{ readonly error: unknown } | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (isPassing(error)) throw error;
    return { error };
  }
}

const reasonOf = (error: unknown): string => (error instanceof RetryFailed ? error.reason : 'unexpected_error');
