import type { JsonValue } from '@openfeature/core';
import { assign } from '../aggregates/assignment.ts';
import {
  type ConfigSource,
  type ConfiguredExperiment,
  type ConfigWorld,
  resolveConfig,
  type Variant,
} from '../aggregates/remote-config.ts';
import { asksFor, type PlayerAttributes } from '../aggregates/targeting.ts';
import { appVersionPattern, attributeTextPattern } from '../events/attributes.ts';
import { globalConfig } from '../events/global-config.ts';
import { type Asker, keyOfAsker } from './asker.ts';
import type { Definitions } from './definitions.ts';
import { UnknownPlayer } from './server.ts';
import type { Configuration, ValueSource } from './source.ts';

/** Definitions, ready to be evaluated. */
export type Evaluator = {
  /** What the server would answer at that time, ms since 1970. @throws UnknownPlayer when the id or an attribute has the wrong form */
  configurationOf(asker: Asker, at: number): Configuration;
  /** Whether the player's tier or age decides on a cohort, which only the server knows. */
  asksForWhatIsNotTold(asker: Asker, at: number): boolean;
};

const playerPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const patterns = {
  player: playerPattern,
  platform: attributeTextPattern,
  app_version: appVersionPattern,
  country: attributeTextPattern,
  language: attributeTextPattern,
} as const;
const timeOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));

/** What is known of an asker, in the form in which the server takes it. */
function checked(asker: Asker): { readonly player: string | null; readonly attributes: PlayerAttributes } {
  for (const [name, pattern] of Object.entries(patterns)) {
    const text = asker[name as keyof Asker];
    if (typeof text === 'string' && !pattern.test(text)) throw new UnknownPlayer(`${name} has the wrong form: ${text}`);
  }
  const { player, ...attributes } = asker;
  return { player: player?.toLowerCase() ?? null, attributes };
}

const shown = ({ source, experiment, cohort, version }: ConfigSource): ValueSource => ({
  source,
  experiment_id: experiment,
  cohort,
  version: version === null ? null : Number(version),
});

/** @param maxPlayers whose configurations are remembered */
export function createEvaluator(definitions: Definitions, maxPlayers: number): Evaluator {
  const { built_in: builtIn, revision } = definitions;
  const experiments = definitions.experiments.map(
    ({ experiment_id, starts_at, ends_at, ...rest }): ConfiguredExperiment => ({
      ...rest,
      experiment: experiment_id,
      startsAt: timeOf(starts_at),
      endsAt: timeOf(ends_at),
    }),
  );
  const keyOf = (experiment: string, cohort: string) => `${experiment}/${cohort}`;
  const variants = new Map(
    definitions.variants.map(({ experiment_id, cohort, version, values }): [string, Variant] => [
      keyOf(experiment_id, cohort),
      { version: BigInt(version), values },
    ]),
  );
  const world: ConfigWorld = {
    builtIn,
    globalConfig,
    variant: (experiment, cohort) => variants.get(keyOf(experiment, cohort)) ?? null,
  };
  const decidedByServer = experiments.filter(
    ({ targeting }) => targeting !== null && (asksFor(targeting, 'tier') || asksFor(targeting, 'account_age_days')),
  );
  const resolved = (asker: Asker, at: number): Configuration => {
    const { values, sources, cohorts } = resolveConfig(world, experiments, { ...checked(asker), at });
    return {
      values: values as Readonly<Record<string, JsonValue>>,
      sources: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, shown(source)])),
      experiments: cohorts.map(({ experiment, ...rest }) => ({ experiment_id: experiment, ...rest })),
      revision,
    };
  };
  // only these times change what the same definitions say of the same asker
  const times = experiments.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]).filter((time) => time !== null);
  const periodOf = (at: number): number => times.filter((time) => time <= at).length;
  const remembered = new Map<string, Configuration>();
  let period = 0;
  return {
    configurationOf(asker, at) {
      const now = periodOf(at);
      if (now !== period) remembered.clear();
      period = now;
      const key = keyOfAsker(asker);
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const found = resolved(asker, at);
      if (remembered.size >= maxPlayers) remembered.clear();
      remembered.set(key, found);
      return found;
    },
    asksForWhatIsNotTold(asker, at) {
      const { player } = checked(asker);
      return (
        player !== null &&
        // whom a rule would change nothing for, since they are not in by the ramp or the layer, need no answer to it
        decidedByServer.some((each) => assign({ ...each, targeting: null }, player, {}, at).cohort !== null)
      );
    },
  };
}
