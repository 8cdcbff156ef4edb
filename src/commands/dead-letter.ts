import {
  type DeadLetter,
  type DiscardDeadLetter,
  deadLetter,
  type RecordRetryFailure,
  type ResolveDeadLetter,
  type RetryDeadLetter,
} from '../aggregates/dead-letter.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { deadLetterIdOf, deadLetterStream } from '../events/dead-letter.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { DeadLetterId, PlayerId, TenantId } from '../events/ids.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Whose data key seals what a dead letter holds: each has one of its own, as a player has. */
export const letterSubject = (id: DeadLetterId): PlayerId => `dead-letter ${id}` as PlayerId;
export const letterField = 'dead_letter';

/** @property source, key what it is called: see `deadLetterIdOf`
 *  @property reason   one word of ours for what kept it from being done
 *  @property attempts how often it was tried
 *  @property payload  whatever a retry needs, up to 512 KiB of JSON; kept sealed until the letter is settled */
export type NewDeadLetter = {
  readonly source: string;
  readonly key: string;
  readonly reason: string;
  readonly attempts: number;
  readonly payload: JsonObject;
};

/** Leaves something that could not be done to an operator. The same source and key again change nothing, also when that letter is
 *  settled. How a retry is done is registered by source in src/application/dead-letter-sources.ts. */
export async function fileDeadLetter(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  { source, key, reason, attempts, payload }: NewDeadLetter,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const deadLetterId = deadLetterIdOf(source, key);
  const stream = using(deadLetter, deadLetterStream(context.tenant, deadLetterId), 'write', true);
  const sealer = runtime.vault.forNewPlayer(context.tenant, letterSubject(deadLetterId));
  const sealed = sealer.encrypt(letterField, JSON.stringify(payload));
  for (;;)
    try {
      return await handle(
        runtime,
        [stream],
        (stateOf) => {
          const { events } = deadLetter.decide(
            { type: 'FileDeadLetter', deadLetterId, reason, attempts, sealed },
            stateOf(stream),
          );
          const dataKeys = sealer.newKey === null || events.length === 0 ? [] : [sealer.newKey];
          return { events: [[stream, events]], outcome: { ok: true, value: null }, dataKeys };
        },
        context,
      );
    } catch (error) {
      // Somebody filed it meanwhile: decide on that.
      if (!(error instanceof DataKeyExists)) throw error;
    }
}

/** Asks for a retry, records what came of it, or gives up. Codes: DEAD_LETTER_NOT_FOUND, DEAD_LETTER_SETTLED, DEAD_LETTER_RETRYING. */
export function changeDeadLetter(
  runtime: CommandRuntime,
  command: RetryDeadLetter | RecordRetryFailure | ResolveDeadLetter | DiscardDeadLetter,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(deadLetter, deadLetterStream(context.tenant, command.deadLetterId));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = deadLetter.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** A dead letter as the log has it at this moment. */
export const readDeadLetter = (runtime: CommandRuntime, tenant: TenantId, id: DeadLetterId): Promise<DeadLetter> =>
  loadState(runtime.log, runtime.states, using(deadLetter, deadLetterStream(tenant, id)), true);
