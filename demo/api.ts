import { setTimeout as sleep } from 'node:timers/promises';

/** @property replayed whether the server repeated a stored answer
 *  @property position place in the log that the write reached, for reads that must see it */
export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly replayed: boolean;
  readonly position: string | null;
};

export type Call = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
};

/** Counts of what a client had to do. */
export type Counts = { requests: number; retries: number; cutOff: number; replayed: number };

/** An answer that no retry will change. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(call: Call, { status, body }: Answer) {
    super(`${call.method} ${call.path} was answered ${status}: ${body.slice(0, 300)}`);
    this.status = status;
  }
}

const deadlineMs = 60_000;
const mayRetry = (status: number): boolean => status === 429 || status === 503 || status >= 500;
const inUse = 'IDEMPOTENCY_KEY_IN_USE';

/** A client that retries what may be retried. Writes must carry an idempotency key, so that a retry cannot count twice.
 *  @param base `http://host:port` */
export function createApi(base: string, counts: Counts) {
  async function send(call: Call, cutOffAfterMs?: number): Promise<Answer> {
    counts.requests += 1;
    const abort = new AbortController();
    const cut = cutOffAfterMs === undefined ? undefined : setTimeout(() => abort.abort(), cutOffAfterMs);
    try {
      const response = await fetch(base + call.path, {
        method: call.method,
        headers: { ...(call.body && { 'content-type': 'application/json' }), ...call.headers },
        ...(call.body && { body: JSON.stringify(call.body) }),
        signal: abort.signal,
      });
      const body = await response.text();
      const replayed = response.headers.get('idempotency-replayed') === 'true';
      if (replayed) counts.replayed += 1;
      return { status: response.status, body, replayed, position: response.headers.get('sandai-position') };
    } finally {
      clearTimeout(cut);
    }
  }

  /** Sends a call until it has an answer that counts.
   *  @param cutOffAfterMs cuts the connection of the first attempt after so long, whatever became of it
   *  @throws Refused when the server refuses it; the network's error when there is no answer for a minute */
  return async function call(request: Call, cutOffAfterMs?: number): Promise<Answer> {
    const deadline = Date.now() + deadlineMs;
    for (let attempt = 0; ; attempt += 1) {
      if (attempt > 0) counts.retries += 1;
      try {
        const answer = await send(request, attempt === 0 ? cutOffAfterMs : undefined);
        if (answer.status < 400) return answer;
        if (!mayRetry(answer.status) && !answer.body.includes(inUse)) throw new Refused(request, answer);
        if (Date.now() > deadline) throw new Refused(request, answer);
      } catch (error) {
        if (error instanceof Refused || Date.now() > deadline) throw error;
        if (attempt === 0 && cutOffAfterMs !== undefined) {
          counts.cutOff += 1;
          continue;
        }
      }
      await sleep(Math.random() * Math.min(1_000, 20 * 2 ** attempt));
    }
  };
}

export type Api = ReturnType<typeof createApi>;
