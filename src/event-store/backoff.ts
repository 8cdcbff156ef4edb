import { setTimeout as delay } from 'node:timers/promises';

/** Full-jitter exponential backoff: waits between 0 and min(cap, base · 2^attempt) milliseconds.
 *  @param attempt 0 for the first retry
 *  @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export const backoff = (attempt: number, baseMs = 5, capMs = 1000): Promise<void> =>
  delay(Math.random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 20)));
