import type { StreamId } from '../events/ids.ts';

/** State of a stream at a version. */
export type Known = { readonly state: unknown; readonly version: bigint };

/** States of recently used streams; what was not used for as long as it took half of them to be used leaves.
 *  A shortcut: the database enforces versions. */
export class StateCache {
  // two generations: moving an entry to the end of one map at each use leaves a trail of deleted entries to search through
  #young = new Map<StreamId, Known>();
  #old = new Map<StreamId, Known>();
  readonly #maxYoung: number;

  constructor(maxEntries: number) {
    this.#maxYoung = Math.ceil(maxEntries / 2);
  }

  get(streamId: StreamId): Known | undefined {
    const young = this.#young.get(streamId);
    if (young !== undefined) return young;
    const old = this.#old.get(streamId);
    if (old !== undefined) this.set(streamId, old);
    return old;
  }

  set(streamId: StreamId, known: Known): void {
    if (this.#young.size >= this.#maxYoung && !this.#young.has(streamId)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(streamId, known);
  }

  delete(streamId: StreamId): void {
    this.#young.delete(streamId);
    this.#old.delete(streamId);
  }
}
