import { SandaiError, SandaiUnreachable } from './errors.ts';

/** @property attempt    sends the request once; rejects with a SandaiError, or with anything else when there was no answer
 *  @property deadlineMs since 1970 */
export type Retried<T> = {
  readonly attempt: (signal: AbortSignal) => Promise<T>;
  readonly deadlineMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly idempotencyKey: string | null;
};

const baseMs = 100;
const capMs = 5_000;
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Whether the same request may be answered otherwise a moment later. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof SandaiError) || passing.has(error.status) || error.code === 'IDEMPOTENCY_KEY_IN_USE';

/** Full jitter: anything from 0 to a limit that doubles; never less than the server asked for.
 *  @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export function pauseMs(retries: number, askedMs: number | null, random: () => number): number {
  const jitter = random() * Math.min(capMs, baseMs * 2 ** retries);
  return (askedMs ?? 0) + jitter;
}

/** Attempts until there is an answer that counts, or no time for another attempt.
 *  @throws SandaiError, SandaiUnreachable, or the reason of the caller's signal */
export async function withRetries<T>(retried: Retried<T>): Promise<T> {
  const { attempt, deadlineMs, timeoutMs, signal, idempotencyKey } = retried;
  for (let retries = 0; ; retries += 1) {
    signal?.throwIfAborted();
    const leftMs = Math.max(1, deadlineMs - Date.now());
    const timeout = AbortSignal.timeout(Math.min(timeoutMs, leftMs));
    try {
      return await attempt(signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal?.throwIfAborted();
      const waitMs = pauseMs(retries, error instanceof SandaiError ? error.retryAfterMs : null, Math.random);
      if (!mayPass(error)) throw error;
      if (Date.now() + waitMs >= deadlineMs)
        throw error instanceof SandaiError ? error : new SandaiUnreachable(error, idempotencyKey);
      await pause(waitMs, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
