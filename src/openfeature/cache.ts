import { type Asker, keyOfAsker } from './asker.ts';
import type { Health } from './health.ts';
import type { Configuration, ConfigurationSource } from './source.ts';

/** @property configuration what was read last
 *  @property stale         whether reading it anew failed */
export type Cached = { readonly configuration: Configuration; readonly stale: boolean };

/** @property health    told of each reading
 *  @property onChanged called when something has changed, with the names whose values differ for the player who was asked for */
export type CacheOptions = {
  readonly source: ConfigurationSource;
  readonly ttlMs: number;
  readonly maxEntries: number;
  readonly now: () => number;
  readonly isRefusal: (error: unknown) => boolean;
  readonly health: Health;
  readonly onChanged: (names: readonly string[]) => void;
};

type Entry = { configuration: Configuration | null; readAt: number; reading: Promise<Configuration> | null };

/** Configurations of players. */
export type Configurations = {
  /** @throws what the source throws, when there is nothing older */
  get(asker: Asker): Promise<Cached>;
  /** Looks whether anything has changed. */
  poll(): Promise<void>;
  /** Whether anything was ever read. */
  hasRead(): boolean;
  clear(): void;
};

/** Configurations that are each read again after a while, and by nobody twice at once. What cannot be read anew stays as it was; what is of another
 *  revision than that which was seen last is read anew when it is asked for. */
export type ConfigurationCache = Configurations & {
  /** A revision was seen elsewhere. */
  saw(seen: string): void;
};

const changedNames = (before: Configuration, after: Configuration): string[] =>
  [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].filter(
    (name) => JSON.stringify(before.values[name]) !== JSON.stringify(after.values[name]),
  );

export function createConfigurationCache(options: CacheOptions): ConfigurationCache {
  const { source, ttlMs, maxEntries, now, isRefusal, health, onChanged } = options;
  const entries = new Map<string, Entry>();
  const nobody: Asker = { player: null };
  let revision: string | null = null;

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
      health.answered();
      const changed = before === null ? [] : changedNames(before, after);
      const isMoved = revision !== null && revision !== after.revision;
      revision = after.revision;
      if (isMoved || changed.length > 0) onChanged(changed);
      return after;
    } catch (error) {
      if (!isRefusal(error)) health.failed(error);
      throw error;
    } finally {
      entry.reading = null;
    }
  }

  const refresh = (asker: Asker, entry: Entry): Promise<Configuration> => {
    entry.reading ??= read(asker, entry);
    return entry.reading;
  };

  return {
    async get(asker) {
      const entry = entryOf(keyOfAsker(asker));
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
      await refresh(nobody, entryOf(keyOfAsker(nobody)));
    },
    saw(seen) {
      revision = seen;
    },
    hasRead: () => revision !== null,
    clear: () => entries.clear(),
  };
}
