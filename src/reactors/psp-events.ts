import type { CommandRuntime } from '../commands/handle.ts';
import { applyPspEvent } from '../commands/psp-event.ts';
import type { ParsePspEvent } from '../ports/psp-event.ts';
import { type DeadLetterRetry, RetryFailed } from './dead-letters.ts';

/** Reads a webhook of a payment service provider once more, and does what it asks for. What was done meanwhile stays as it is. */
export const retryPspEvent =
  (runtime: CommandRuntime, parse: ParsePspEvent): DeadLetterRetry =>
  async ({ payload }, reaction) => {
    const { body, encoding } = payload as { body: string; encoding: 'utf8' | 'base64' };
    const event = encoding === 'utf8' ? parse(body) : null;
    if (event === null) throw new RetryFailed('unparsable');
    const outcome = await reaction.once((context) => applyPspEvent(runtime, event, context));
    if (!outcome.ok) throw new RetryFailed(outcome.code.toLowerCase());
  };
