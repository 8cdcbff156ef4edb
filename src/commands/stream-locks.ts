import type { StreamId } from '../events/ids.ts';

/** A call's place in the queues of its streams. @property ahead queues in which another call comes first */
type Turn = { ahead: number; go: () => void };

/** Queues commands of this process that write to the same stream, first come first served. */
export class StreamLocks {
  readonly #queues = new Map<StreamId, Turn[]>();

  /** Runs `work` while no other call holds any of the streams.
   *  @param streams each once */
  async hold<T>(streams: readonly StreamId[], work: () => Promise<T>): Promise<T> {
    const turn: Turn = { ahead: 0, go: () => undefined };
    // All places are taken in one turn, so two calls can never wait for each other.
    for (const streamId of streams) {
      const queue = this.#queues.get(streamId);
      if (queue === undefined) this.#queues.set(streamId, [turn]);
      else {
        queue.push(turn);
        turn.ahead += 1;
      }
    }
    if (turn.ahead > 0)
      await new Promise<void>((resolve) => {
        turn.go = resolve;
      });
    try {
      return await work();
    } finally {
      for (const streamId of streams) this.#leave(streamId);
    }
  }

  #leave(streamId: StreamId): void {
    const queue = this.#queues.get(streamId);
    queue?.shift();
    const next = queue?.[0];
    if (next === undefined) this.#queues.delete(streamId);
    else {
      next.ahead -= 1;
      if (next.ahead === 0) next.go();
    }
  }
}
