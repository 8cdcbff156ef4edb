import type { JsonValue } from '@openfeature/core';
import type { AssignableExperiment } from '../aggregates/assignment.ts';
import { type ServerOptions, sendToServer, unexpected } from './server.ts';

/** What `GET /v1/config/definitions` answers: what the configuration of any player follows from.
 *  @property experiments those that run, by id; times in RFC 3339
 *  @property variants    what is set for everybody and for the cohorts of the experiments
 *  @property revision    changes when an experiment or a configuration has changed */
export type Definitions = {
  readonly built_in: Readonly<Record<string, JsonValue>>;
  readonly experiments: readonly (Pick<AssignableExperiment, 'cohorts' | 'targeting' | 'layer' | 'ramp'> & {
    readonly experiment_id: string;
    readonly run: number;
    readonly control: string;
    readonly starts_at: string | null;
    readonly ends_at: string | null;
  })[];
  readonly variants: readonly {
    readonly experiment_id: string;
    readonly cohort: string;
    readonly version: number;
    readonly values: Readonly<Record<string, JsonValue>>;
  }[];
  readonly revision: string;
};

/** @property tag names these definitions: whoever asks with it is told when there are others */
export type TaggedDefinitions = { readonly definitions: Definitions; readonly tag: string };

/** Gives definitions, or null where those of the tag still count.
 *  @throws TokenRefused when there will be no answer at all; anything else counts as an outage */
export type DefinitionsSource = (known: string | null) => Promise<TaggedDefinitions | null>;

/** Definitions of a server. @param options with a service key of the scope `players:read`, or an operator's token */
export function serverDefinitions(options: ServerOptions): DefinitionsSource {
  const send = sendToServer(options);
  return async (known) => {
    const answer = await send('/v1/config/definitions', known === null ? {} : { 'if-none-match': known });
    if (answer.status === 304 && known !== null) return null;
    if (answer.status !== 200) throw unexpected(answer);
    return { definitions: JSON.parse(answer.text) as Definitions, tag: answer.etag ?? '' };
  };
}
