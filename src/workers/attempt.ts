import type { FailedAttempt } from '../aggregates/retry.ts';
import { OutsideRefused } from '../ports/outside.ts';

/** How long to wait before the next attempt: any time up to a bound that doubles with each failure ("full jitter").
 *  @param attempt which one failed, from 1
 *  @param random  from 0 to below 1 */
export const fullJitter = (attempt: number, random: number, { baseMs, capMs }: Backoff): number =>
  Math.floor(random * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30)));
export type Backoff = { readonly baseMs: number; readonly capMs: number };

/** What an attempt that threw is recorded as. Whatever somebody outside said stays out of it.
 *  @param attempt which one it was, from 1 */
export function failedAttempt(
  error: unknown,
  attempt: number,
  { now, random, backoff }: { readonly now: number; readonly random: () => number; readonly backoff: Backoff },
): FailedAttempt {
  const refused = error instanceof OutsideRefused ? error : null;
  const waitMs = Math.max(refused?.retryAfterMs ?? 0, fullJitter(attempt, random(), backoff));
  return {
    attempt,
    reason: refused?.reason ?? 'unreachable',
    permanent: refused?.permanent ?? false,
    retryAt: new Date(now + waitMs).toISOString(),
  };
}
