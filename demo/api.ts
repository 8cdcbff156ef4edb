import http from 'node:http';
import https from 'node:https';
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

const json = { 'content-type': 'application/json' };
const deadlineMs = 60_000;
const mayRetry = (status: number): boolean => status === 429 || status === 503 || status >= 500;
const inUse = 'IDEMPOTENCY_KEY_IN_USE';

/** A client that retries what may be retried. Writes must carry an idempotency key, so that a retry cannot count twice.
 *  @param base `http://host:port`, or https */
export function createApi(base: string, counts: Counts) {
  const { Agent, request } = base.startsWith('https:') ? https : http;
  const agent = new Agent({ keepAlive: true });

  // not `fetch`, which takes longer to ask than the server to answer, on the same processors
  async function send({ method, path, headers, body }: Call, cutOffAfterMs?: number): Promise<Answer> {
    counts.requests += 1;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const url = new URL(base + path);
      const asking = request(url, { method, headers: { ...(body && json), ...headers }, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('error', reject);
        response.once('end', () => {
          const header = (name: string) => response.headers[name]?.toString() ?? null;
          const replayed = header('idempotency-replayed') === 'true';
          resolve({ status: response.statusCode ?? 0, body: text, replayed, position: header('sandai-position') });
        });
      });
      const cut = cutOffAfterMs === undefined ? undefined : setTimeout(() => asking.destroy(), cutOffAfterMs);
      asking.once('error', reject).once('close', () => {
        clearTimeout(cut);
        reject(new Error('the connection was cut'));
      });
      asking.end(body && JSON.stringify(body));
    });
    if (answer.replayed) counts.replayed += 1;
    return answer;
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
