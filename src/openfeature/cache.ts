import type { Asker } from './asker.ts';
import type { Configuration, ConfigurationSource } from './source.ts';

/** @property configuration what was read last
 *  @property stale         whether reading it anew failed */
export type Cached = { readonly configuration: Configuration; readonly stale: boolean };

/** @property onOutage    called when a configuration could not be read anew, with why
 *  @property onRecovered called when one could, after an outage
 *  @property onChanged   called when something has changed, with the names whose values differ for the player who was asked for */
export type CacheOptions = {
  readonly source: ConfigurationSource;
  readonly ttlMs: number;
  readonly maxEntries: number;
  readonly now: () => number;
  readonly isRefusal: (error: unknown) => boolean;
  readonly onOutage: (error: unknown) => void;
  readonly onRecovered: () => void;
  readonly onChanged: (names: readonly string[]) => void;
};

type Entry = { configuration: Configuration | null; readAt: number; reading: Promise<Configuration> | null };

/** Configurations of players, each read again after a while, and by nobody twice at once. What cannot be read anew stays as it was. */
export type ConfigurationCache = {
  /** @throws what the source throws, when there is nothing older */
  get(asker: Asker): Promise<Cached>;
  /** Reads that of nobody in particular; what is of another revision is read anew when it is asked for. */
  poll(): Promise<void>;
  /** Whether anything was ever read. */
  hasRead(): boolean;
  clear(): void;
};

const changedNames = (before: Configuration, after: Configuration): string[] =>
  [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].filter(
    (name) => JSON.stringify(before.values[name]) !== JSON.stringify(after.values[name]),
  );

export function createConfigurationCache(options: CacheOptions): ConfigurationCache {
  const { source, ttlMs, maxEntries, now, isRefusal, onOutage, onRecovered, onChanged } = options;
  const entries = new Map<string, Entry>();
  const nobody: Asker = { player: null };
  let revision: string | null = null;
  let isDown = false;

  const entryOf = (key: string): Entry => {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const first = entries.keys().next();
    if (entries.size >= maxEntries && first.done !== true) entries.delete(first.value);
    const entry: Entry = { configuration: null, readAt: Number.NEGATIVE_INFINITY, reading: null };
    entries.set(key, entry);
    return entry;
  };

  async function read(asker: Asker, entry: Entry): Promise<Configuration> {
    const startedAt = now();
    try {
      const after = await source(asker);
      const before = entry.configuration;
      entry.configuration = after;
      entry.readAt = startedAt;
      if (isDown) {
        isDown = false;
        onRecovered();
      }
      const changed = before === null ? [] : changedNames(before, after);
      const isMoved = revision !== null && revision !== after.revision;
      revision = after.revision;
      if (isMoved || changed.length > 0) onChanged(changed);
      return after;
    } catch (error) {
      if (!isRefusal(error) && !isDown) {
        isDown = true;
        onOutage(error);
      }
      throw error;
    } finally {
      entry.reading = null;
    }
  }

  const refresh = (asker: Asker, entry: Entry): Promise<Configuration> => {
    entry.reading ??= read(asker, entry);
    return entry.reading;
  };
  const keyOf = ({ player, ...attributes }: Asker): string =>
    JSON.stringify([player, Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1))]);

  return {
    async get(asker) {
      const entry = entryOf(keyOf(asker));
      const known = entry.configuration;
      if (known !== null && known.revision === revision && now() - entry.readAt < ttlMs)
        return { configuration: known, stale: false };
      try {
        return { configuration: await refresh(asker, entry), stale: false };
      } catch (error) {
        if (entry.configuration === null || isRefusal(error)) throw error;
        return { configuration: entry.configuration, stale: true };
      }
    },
    async poll() {
      await refresh(nobody, entryOf(keyOf(nobody)));
    },
    hasRead: () => revision !== null,
    clear: () => entries.clear(),
  };
}
