import { OutsideRefused } from '../ports/outside.ts';

const timeoutMs = 5_000;
const maxWaitMs = 3_600_000;

/** What a refusal with this status means: most of 4xx stay as they are however often one asks. */
const isPermanent = (status: number): boolean =>
  status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);

const secondsOf = (value: unknown): number => {
  const seconds = Number(value ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(maxWaitMs, seconds * 1000) : 0;
};

/** Sends JSON to a service outside.
 *  @param options.reasons our words for some statuses
 *  @throws OutsideRefused for any answer but 2xx; what `fetch` throws when there is none in time */
export async function postJson(
  url: string,
  body: unknown,
  options: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly reasons?: Readonly<Record<number, string>>;
  } = {},
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { status } = response;
  if (response.ok) return void (await response.body?.cancel());
  const asked = secondsOf(response.headers.get('retry-after')) || secondsOf(await retryAfterIn(response));
  throw new OutsideRefused(options.reasons?.[status] ?? `status_${status}`, isPermanent(status), asked);
}

/** Telegram says in the body how long to wait. */
async function retryAfterIn(response: Response): Promise<unknown> {
  try {
    const body = (await response.json()) as { parameters?: { retry_after?: unknown } } | null;
    return body?.parameters?.retry_after;
  } catch {
    return undefined; // no JSON
  }
}
