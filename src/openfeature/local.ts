import type { ConfigurationCache, Configurations } from './cache.ts';
import type { Definitions, DefinitionsSource } from './definitions.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import type { Health } from './health.ts';

/** @property definitions where they are read
 *  @property ttlMs       how long they count; then an evaluation has them read again, and does not wait for it
 *  @property maxPlayers  whose configurations are remembered
 *  @property remote      answers where the server has to be asked
 *  @property onChanged   called when they have changed, with the names whose values may differ */
export type LocalOptions = {
  readonly definitions: DefinitionsSource;
  readonly ttlMs: number;
  readonly maxPlayers: number;
  readonly now: () => number;
  readonly health: Health;
  readonly remote: ConfigurationCache;
  readonly onChanged: (names: readonly string[]) => void;
};

type Known = { readonly definitions: Definitions; readonly tag: string; readonly evaluator: Evaluator };

/** What there is to say of each name: where it is set to what, and the experiments that decide on it. */
function byName({ built_in, experiments, variants }: Definitions): Map<string, string> {
  const said = new Map<string, unknown[]>();
  const say = (name: string, what: unknown) => said.set(name, [...(said.get(name) ?? []), what]);
  for (const [name, value] of Object.entries(built_in)) say(name, value);
  for (const { values, ...place } of variants) {
    const experiment = experiments.find(({ experiment_id }) => experiment_id === place.experiment_id);
    for (const [name, value] of Object.entries(values)) say(name, [place, experiment, value]);
  }
  return new Map([...said].map(([name, what]) => [name, JSON.stringify(what)]));
}

function changedNames(before: Definitions, after: Definitions): string[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
}

/** Configurations worked out in this process from definitions that are read now and then. The server is asked only for players on whom a rule decides by
 *  what it alone knows. */
export function createLocalConfigurations(options: LocalOptions): Configurations {
  const { definitions: source, ttlMs, maxPlayers, now, health, remote, onChanged } = options;
  let known: Known | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let isStale = false;
  let reading: Promise<Known> | null = null;

  async function read(): Promise<Known> {
    readAt = now();
    try {
      const before = known;
      const found = await source(before?.tag ?? null);
      isStale = false;
      if (found === null && before === null) throw new Error('there are no definitions');
      known = found === null ? before! : { ...found, evaluator: createEvaluator(found.definitions, maxPlayers) };
      health.answered();
      remote.saw(known.definitions.revision);
      if (before !== null && before !== known) onChanged(changedNames(before.definitions, known.definitions));
      return known;
    } catch (error) {
      isStale = true;
      health.failed(error);
      throw error;
    } finally {
      reading = null;
    }
  }
  const refresh = (): Promise<Known> => {
    reading ??= read();
    return reading;
  };

  return {
    async get(asker) {
      const { evaluator } = known ?? (await refresh());
      const at = now();
      if (at - readAt >= ttlMs) void refresh().catch(() => undefined); // told by an event
      if (evaluator.asksForWhatIsNotTold(asker, at)) return remote.get(asker);
      return { configuration: evaluator.configurationOf(asker, at), stale: isStale };
    },
    async poll() {
      await refresh();
    },
    hasRead: () => known !== null,
    clear() {
      known = null;
      remote.clear();
    },
  };
}
