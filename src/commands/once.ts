import { RecordExists } from '../event-store/errors.ts';
import type { IdempotencyRecord, RecordKey } from '../event-store/port.ts';
import type { JsonValue, RecordedEvent } from '../events/envelope.ts';
import type { CommandContext, Outcome } from './context.ts';
import type { Handled } from './handle.ts';

/** When records that are kept for ever expire: the last day that both databases and RFC 3339 can name. */
const never = Date.UTC(9999, 11, 31);

/** The request around a command, before its key is known. */
export type BaseContext = Omit<CommandContext, 'key' | 'remember'>;

/** @property repeated true = an earlier call had this outcome; then `events` is empty */
export type Once<Result> = {
  readonly outcome: Outcome<Result>;
  readonly events: readonly RecordedEvent[];
  readonly repeated: boolean;
};

/** Runs a command that succeeds at most once under a key, for ever: its outcome is remembered in the transaction of its events, so no
 *  crash comes between them. A refusal is not remembered: the next call decides anew.
 *  @param place scope: `reactor <name>`, `agenda <name>` or `inbox <source>`; no request of a client has such a scope
 *  @throws what the command throws */
export async function once<Result extends JsonValue>(
  place: RecordKey,
  context: BaseContext,
  run: (context: CommandContext<Result>) => Promise<Handled<Result>>,
): Promise<Once<Result>> {
  const remember = (outcome: Outcome<Result>): IdempotencyRecord | undefined =>
    outcome.ok
      ? { ...place, requestHash: 'once', status: 200, response: JSON.stringify(outcome.value), expiresAt: never }
      : undefined;
  try {
    const { outcome, events } = await run({ ...context, key: place, remember });
    return { outcome, events, repeated: false };
  } catch (error) {
    if (!(error instanceof RecordExists)) throw error;
    return { outcome: { ok: true, value: JSON.parse(error.record.response) as Result }, events: [], repeated: true };
  }
}
