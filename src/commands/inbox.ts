import type { JsonValue } from '../events/envelope.ts';
import type { CommandContext } from './context.ts';
import type { Handled } from './handle.ts';
import { type BaseContext, type Once, once } from './once.ts';

/** A message from outside. @property id the sender's own id of it, 1 to 255 characters; the same in each delivery */
export type InboxMessage = { readonly source: string; readonly id: string };

/** Takes a message of a system outside, once for ever: the note that it arrived commits with the events that it causes, or neither does.
 *  The table of idempotency records is the inbox; the view `inbox` shows it.
 *  @returns `repeated` when the message had been taken before */
export const receive = <Result extends JsonValue>(
  message: InboxMessage,
  context: BaseContext,
  run: (context: CommandContext<Result>) => Promise<Handled<Result>>,
): Promise<Once<Result>> =>
  once(
    { tenant: context.tenant, scope: `inbox ${message.source}`, key: message.id },
    { ...context, causationId: message.id },
    run,
  );
