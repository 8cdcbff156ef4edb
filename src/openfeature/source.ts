import type { JsonValue } from '@openfeature/core';
import type { Asker } from './asker.ts';
import { askServer, type ServerOptions } from './server.ts';

/** Where a value comes from. @property version of the variant; null = it is built in */
export type ValueSource = {
  readonly source: 'cohort' | 'control' | 'global' | 'built_in';
  readonly experiment_id: string | null;
  readonly cohort: string | null;
  readonly version: number | null;
};

/** What `GET /v1/config` answers, as far as it is used here.
 *  @property experiments those that the player takes part in, with the names of the values that they set for any cohort
 *  @property revision    changes when anything may have changed */
export type Configuration = {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly sources: Readonly<Record<string, ValueSource>>;
  readonly experiments?: readonly {
    readonly experiment_id: string;
    readonly run: number;
    readonly cohort: string;
    readonly names: readonly string[];
  }[];
  readonly revision: string;
};

/** Gives configurations: a server's, or a snapshot in this process.
 *  @throws UnknownPlayer when there is no such player, TokenRefused when there will be no answer at all; anything else counts as an outage */
export type ConfigurationSource = (asker: Asker) => Promise<Configuration> | Configuration;

/** Configurations of a server. @param options with a service key of the scope `players:read`, an operator's token, or that of a player for themselves */
export function serverSource(options: ServerOptions): ConfigurationSource {
  const ask = askServer(options);
  return async ({ player, ...attributes }) =>
    (await ask('/v1/config', player === null ? attributes : { player_id: player, ...attributes })) as Configuration;
}
