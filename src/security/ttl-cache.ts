/** Remembers loaded values for a short time. Calls for a key that is being loaded share the load; a value counts as old
 *  as the start of its load; what is forgotten during a load is not remembered by it. */
export type TtlCache<V> = {
  /** @param loadMany gets the keys that are not in the cache, all at once; a key missing in its answer has no value */
  readonly getMany: (
    keys: readonly string[],
    loadMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  ) => Promise<readonly (V | undefined)[]>;
  readonly forget: (key: string) => void;
};

/** @property ttlMs      how long a value is used without loading it again
 *  @property maxEntries beyond it the half that was loaded longest ago goes
 *  @property keepAbsent whether "has no value" is remembered too
 *  @property now        ms since 1970 */
export type TtlCacheOptions = {
  readonly ttlMs: number;
  readonly maxEntries: number;
  readonly keepAbsent: boolean;
  readonly now: () => number;
};

export function createTtlCache<V>({ ttlMs, maxEntries, keepAbsent, now }: TtlCacheOptions): TtlCache<V> {
  type Entry = { readonly value: Promise<V | undefined>; readonly loadedAt: number };
  // two generations: a map whose first entries were deleted is slow to find its first entry
  let young = new Map<string, Entry>();
  let old = new Map<string, Entry>();

  const entryOf = (key: string): Entry | undefined => young.get(key) ?? old.get(key);
  const forget = (key: string): void => {
    young.delete(key);
    old.delete(key);
  };
  const remember = (key: string, entry: Entry): void => {
    if (young.size >= maxEntries / 2 && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, entry);
  };

  return {
    getMany(keys, loadMany) {
      const found = new Map<string, Promise<V | undefined>>();
      const missing: string[] = [];
      const loadedAt = now();
      for (const key of new Set(keys)) {
        const entry = entryOf(key);
        if (entry && loadedAt - entry.loadedAt < ttlMs) found.set(key, entry.value);
        else missing.push(key);
      }
      if (missing.length > 0) {
        const batch = loadMany(missing);
        for (const key of missing) {
          const entry: Entry = { loadedAt, value: batch.then((values) => values.get(key)) };
          remember(key, entry);
          found.set(key, entry.value);
          const forgetThis = () => entryOf(key) === entry && forget(key);
          entry.value.then((value) => value === undefined && !keepAbsent && forgetThis(), forgetThis);
        }
      }
      return Promise.all(keys.map((key) => found.get(key)!));
    },
    forget,
  };
}
