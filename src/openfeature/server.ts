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

/** Asks a server. @throws UnknownPlayer, TokenRefused; anything else counts as an outage */
export function askServer({ url, token, timeoutMs = 5_000, fetch: send = fetch }: ServerOptions) {
  const base = url.replace(/\/+$/, '');
  return async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const response = await send(`${base}${path}?${new URLSearchParams(query)}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const { status } = response;
    if (status === 400 || status === 404) throw new UnknownPlayer(`the server refuses: ${text}`);
    if (status === 401 || status === 403) throw new TokenRefused(`the server answers ${status}: ${text.slice(0, 500)}`);
    if (!response.ok) throw new Error(`the server answers ${status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
}
