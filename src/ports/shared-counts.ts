/** One counter. @property by how much it grows; @property ttlMs how long it is kept from now on */
export type SharedCount = { readonly key: string; readonly by: number; readonly ttlMs: number };

/** Counters that several processes add to. */
export interface SharedCounts {
  /** @returns what each counter stands at then, in the order given
   *  @throws when they cannot be reached */
  add(counts: readonly SharedCount[]): Promise<readonly number[]>;
  stop(): Promise<void>;
}
