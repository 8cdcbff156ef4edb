import type { StreamId } from '../events/ids.ts';

/** State of a stream at a version. */
export type Known = { readonly state: unknown; readonly version: bigint };

/** States of recently used streams, the longest unused leaving first. A shortcut: the database enforces versions. */
export class StateCache {
  readonly #entries = new Map<StreamId, Known>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get(streamId: StreamId): Known | undefined {
    const known = this.#entries.get(streamId);
    if (known === undefined) return undefined;
    this.#entries.delete(streamId);
    this.#entries.set(streamId, known);
    return known;
  }

  set(streamId: StreamId, known: Known): void {
    this.#entries.delete(streamId);
    this.#entries.set(streamId, known);
    if (this.#entries.size <= this.#maxEntries) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  delete(streamId: StreamId): void {
    this.#entries.delete(streamId);
  }
}
