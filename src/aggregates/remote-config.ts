import type { JsonObject, JsonValue } from '../events/envelope.ts';
import { type AssignableExperiment, type Assignment, assign } from './assignment.ts';
import type { PlayerAttributes } from './targeting.ts';

/** Where a value comes from. @property version of the variant; null = it is built in */
export type ConfigSource = {
  readonly source: 'cohort' | 'control' | 'global' | 'built_in';
  readonly experiment: string | null;
  readonly cohort: string | null;
  readonly version: bigint | null;
};

export type Variant = { readonly version: bigint; readonly values: JsonObject };

/** An experiment that takes part in the configuration. */
export type ConfiguredExperiment = AssignableExperiment & { readonly control: string };

/** What configurations are made of.
 *  @property variant      what a cohort is configured with; null = nothing was set
 *  @property globalConfig where what counts for everybody is kept */
export type ConfigWorld = {
  readonly builtIn: JsonObject;
  readonly globalConfig: { readonly experiment: string; readonly cohort: string };
  variant(experiment: string, cohort: string): Variant | null;
};

/** Who asks, and when. @property player null = nobody in particular, who is in no experiment; @property at ms since 1970 */
export type ConfigAsker = {
  readonly player: string | null;
  readonly attributes: PlayerAttributes;
  readonly at: number;
};

/** @property source  the first of the chain that has something
 *  @property sources by name of a value
 *  @property cohorts experiments that the player takes part in, with the names of the values that they set for any of their cohorts */
export type ResolvedConfig = {
  readonly source: ConfigSource;
  readonly values: JsonObject;
  readonly sources: Readonly<Record<string, ConfigSource>>;
  readonly cohorts: readonly {
    readonly experiment: string;
    readonly run: number;
    readonly cohort: string;
    readonly names: readonly string[];
  }[];
};

type Layer = { readonly source: ConfigSource; readonly values: JsonObject };

const everybodys = ({ builtIn, globalConfig, variant }: ConfigWorld): Layer[] => {
  const global = variant(globalConfig.experiment, globalConfig.cohort);
  const builtInLayer: Layer = {
    source: { source: 'built_in', experiment: null, cohort: null, version: null },
    values: builtIn,
  };
  return global === null
    ? [builtInLayer]
    : [builtInLayer, { source: { source: 'global', ...globalConfig, version: global.version }, values: global.values }];
};

/** The variant of a cohort, or of the control where it has none. */
function ofExperiment(world: ConfigWorld, { experiment, control }: ConfiguredExperiment, cohort: string | null) {
  const own = cohort === null ? null : world.variant(experiment, cohort);
  if (own !== null) return layerOf('cohort', experiment, cohort, own);
  const fallback = world.variant(experiment, control);
  return fallback === null ? null : layerOf('control', experiment, control, fallback);
}

const layerOf = (
  source: ConfigSource['source'],
  experiment: string,
  cohort: string | null,
  { version, values }: Variant,
): Layer => ({ source: { source, experiment, cohort, version }, values });

const byName = <Value>(entries: ReadonlyMap<string, Value>): Record<string, Value> =>
  Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));

function merged(layers: readonly Layer[], cohorts: ResolvedConfig['cohorts']): ResolvedConfig {
  const values = new Map<string, JsonValue>();
  const sources = new Map<string, ConfigSource>();
  for (const layer of layers)
    for (const [name, value] of Object.entries(layer.values)) {
      values.set(name, value);
      sources.set(name, layer.source);
    }
  const { source } = layers.at(-1)!;
  return { source, values: byName(values), sources: byName(sources), cohorts };
}

function takenPart(
  world: ConfigWorld,
  { experiment, run, cohorts }: ConfiguredExperiment,
  { cohort }: Assignment,
): ResolvedConfig['cohorts'] {
  if (cohort === null || run === null) return [];
  const names = cohorts.flatMap((each) => Object.keys(world.variant(experiment, each.cohort)?.values ?? {}));
  return [{ experiment, run, cohort, names: [...new Set(names)].sort() }];
}

const assignmentOf = (experiment: ConfiguredExperiment, { player, attributes, at }: ConfigAsker): Assignment =>
  player === null ? { cohort: null, reason: 'not_targeted' } : assign(experiment, player, attributes, at);

/** What a player's game is configured with: built in ← for everybody ← each experiment that the player takes part in, by its id;
 *  a value of a later one replaces that of an earlier one. */
export function resolveConfig(
  world: ConfigWorld,
  experiments: readonly ConfiguredExperiment[],
  asker: ConfigAsker,
): ResolvedConfig {
  const layers = everybodys(world);
  const cohorts: ResolvedConfig['cohorts'][number][] = [];
  for (const experiment of experiments) {
    const assignment = assignmentOf(experiment, asker);
    if (assignment.cohort === null) continue;
    cohorts.push(...takenPart(world, experiment, assignment));
    const layer = ofExperiment(world, experiment, assignment.cohort);
    if (layer !== null) layers.push(layer);
  }
  return merged(layers, cohorts);
}

/** The chain of one experiment: cohort → control → for everybody → built in. Who takes no part has what the control has. */
export function resolveChain(world: ConfigWorld, experiment: ConfiguredExperiment, asker: ConfigAsker): ResolvedConfig {
  const assignment = assignmentOf(experiment, asker);
  const layer = ofExperiment(world, experiment, assignment.cohort);
  return merged([...everybodys(world), ...(layer === null ? [] : [layer])], takenPart(world, experiment, assignment));
}
