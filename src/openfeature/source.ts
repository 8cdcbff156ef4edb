import type { JsonValue } from '@openfeature/core';

/** For whom a configuration is asked. @property player null = nobody in particular */
export type Asker = {
  readonly player: string | null;
  readonly platform?: string;
  readonly app_version?: string;
  readonly country?: string;
  readonly language?: string;
};

/** Where a value comes from. @property version of the variant; null = it is built in */
export type ValueSource = {
  readonly source: 'cohort' | 'control' | 'global' | 'built_in';
  readonly experiment_id: string | null;
  readonly cohort: string | null;
  readonly version: number | null;
};

/** What `GET /v1/config` answers, as far as it is used here. @property revision changes when anything may have changed */
export type Configuration = {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly sources: Readonly<Record<string, ValueSource>>;
  readonly revision: string;
};

/** Gives configurations: a server's, or a snapshot in this process.
 *  @throws UnknownPlayer when there is no such player; anything else counts as an outage */
export type ConfigurationSource = (asker: Asker) => Promise<Configuration> | Configuration;

/** The source has no such player, or the id or an attribute has the wrong form. */
export class UnknownPlayer extends Error {
  override readonly name = 'UnknownPlayer';
}

/** @property url       `https://host`, or below a path of it
 *  @property token     a service key with the scope `players:read`, an operator's token, or that of a player for themselves
 *  @property timeoutMs of one request, 5 s when left out */
export type ServerOptions = {
  readonly url: string;
  readonly token: string;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

/** Configurations of a server. */
export function serverSource({ url, token, timeoutMs = 5_000, ...options }: ServerOptions): ConfigurationSource {
  const send = options.fetch ?? fetch;
  const base = `${url.replace(/\/+$/, '')}/v1/config`;
  return async ({ player, ...attributes }) => {
    const query = new URLSearchParams(player === null ? attributes : { player_id: player, ...attributes });
    const response = await send(`${base}?${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.status === 400 || response.status === 404) throw new UnknownPlayer(`the server refuses: ${text}`);
    if (!response.ok) throw new Error(`the server answers ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as Configuration;
  };
}
