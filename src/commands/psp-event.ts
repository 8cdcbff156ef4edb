import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { PspEvent } from '../ports/psp-event.ts';
import type { CommandContext } from './context.ts';
import { fileDeadLetter } from './dead-letter.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { receive } from './inbox.ts';
import type { BaseContext } from './once.ts';
import { reverseTransaction } from './refund.ts';

/** Where webhooks of payment service providers that could not be done are filed. */
export const pspSource = 'psp';

/** The body of a webhook. @property hash SHA-256 of its bytes: what it is filed under when it cannot be done; @property text its bytes
 *  as UTF-8, or as base64 where they are none */
export type PspBody = { readonly hash: string; readonly text: string; readonly encoding: 'utf8' | 'base64' };

/** Takes an event of a payment service provider once, for ever: what it changes commits with the note that it came. What cannot be read or
 *  done is left to operators.
 *  @param event null = the body could not be read */
export async function takePspEvent(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  event: PspEvent | null,
  { hash, text, encoding }: PspBody,
  context: BaseContext,
): Promise<Pick<Handled<null>, 'events'>> {
  let reason = 'unparsable';
  if (event !== null) {
    const { outcome, events } = await receive<null>({ source: pspSource, id: event.id }, context, (noted) =>
      applyPspEvent(runtime, event, noted),
    );
    if (outcome.ok) return { events };
    reason = outcome.code.toLowerCase();
  }
  const payload = { body: text, encoding };
  return fileDeadLetter(runtime, { source: pspSource, key: hash, reason, attempts: 1, payload }, context);
}

/** Does what an event asks for; most ask for nothing. Code: BALANCE_OUT_OF_RANGE. */
export const applyPspEvent = (
  runtime: CommandRuntime,
  { reversed }: PspEvent,
  context: CommandContext<null>,
): Promise<Handled<null>> =>
  reversed === null
    ? handle(runtime, [], () => ({ events: [], outcome: { ok: true, value: null } }), context)
    : reverseTransaction(runtime, reversed, context);
