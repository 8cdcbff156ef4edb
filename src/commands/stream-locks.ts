import type { StreamId } from '../events/ids.ts';

/** Queues commands of this process that write to the same stream, first come first served. */
export class StreamLocks {
  readonly #tails = new Map<StreamId, Promise<void>>();

  /** Runs `work` while no other call holds any of the streams. */
  async hold<T>(streams: readonly StreamId[], work: () => Promise<T>): Promise<T> {
    // All places are taken in one turn, so two calls can never wait for each other.
    const before: Promise<void>[] = [];
    let release = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (const streamId of streams) {
      const tail = this.#tails.get(streamId);
      if (tail !== undefined) before.push(tail);
      this.#tails.set(streamId, done);
    }
    try {
      if (before.length > 0) await Promise.all(before);
      return await work();
    } finally {
      release();
      for (const streamId of streams) if (this.#tails.get(streamId) === done) this.#tails.delete(streamId);
    }
  }
}
