/** @property url       `https://host`, or below a path of it
 *  @property token     a service key, an operator's token, or that of a player for themselves
 *  @property timeoutMs of one request, 5 s when left out */
export type ServerOptions = {
  readonly url: string;
  readonly token: string;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

/** The source has no such player, or the id or an attribute has the wrong form. */
export class UnknownPlayer extends Error {
  override readonly name = 'UnknownPlayer';
}

/** The token does not count, or not for this: nothing can be had with it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

export type ServerAnswer = { readonly status: number; readonly text: string; readonly etag: string | null };

/** Sends requests to a server. @throws TokenRefused, and what `fetch` throws */
export function sendToServer({ url, token, timeoutMs = 5_000, fetch: send = fetch }: ServerOptions) {
  const base = url.replace(/\/+$/, '');
  return async (pathAndQuery: string, headers: Readonly<Record<string, string>> = {}): Promise<ServerAnswer> => {
    const response = await send(`${base}${pathAndQuery}`, {
      headers: { ...headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const { status } = response;
    if (status === 401 || status === 403) throw new TokenRefused(`the server answers ${status}: ${text.slice(0, 500)}`);
    return { status, text, etag: response.headers.get('etag') };
  };
}

export const unexpected = ({ status, text }: ServerAnswer): Error =>
  new Error(`the server answers ${status}: ${text.slice(0, 500)}`);

/** Asks a server about a player. @throws UnknownPlayer, TokenRefused; anything else counts as an outage */
export function askServer(options: ServerOptions) {
  const send = sendToServer(options);
  return async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const answer = await send(`${path}?${new URLSearchParams(query)}`);
    const { status, text } = answer;
    if (status === 400 || status === 404) throw new UnknownPlayer(`the server refuses: ${text}`);
    if (status < 200 || status > 299) throw unexpected(answer);
    return JSON.parse(text);
  };
}
