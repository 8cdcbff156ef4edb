import { StoreOverloaded } from '../event-store/errors.ts';
import type { StreamId } from '../events/ids.ts';

/** A call's place in the queues of its streams. @property ahead queues in which another call comes first */
type Turn = { ahead: number; go: () => void };

/** Queues commands of this process that write to the same stream, first come first served. */
export class StreamLocks {
  readonly #queues = new Map<StreamId, Turn[]>();
  readonly #maxWaitMs: number;
  readonly #now: () => number;

  /** @param maxWaitMs whose turn comes later than this is not waited for by anybody any more, so the queue of a stream is never longer than
   *    what is done in that time; left out, everybody gets a turn
   *  @param now       a clock in ms */
  constructor(maxWaitMs = Number.POSITIVE_INFINITY, now: () => number = () => performance.now()) {
    this.#maxWaitMs = maxWaitMs;
    this.#now = now;
  }

  /** Runs `work` while no other call holds any of the streams.
   *  @param streams each once
   *  @throws StoreOverloaded when its turn came too late; `work` was not begun */
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
    const since = this.#now();
    if (turn.ahead > 0)
      await new Promise<void>((resolve) => {
        turn.go = resolve;
      });
    try {
      if (this.#now() - since > this.#maxWaitMs) throw new StoreOverloaded(this.#waiting(streams));
      return await work();
    } finally {
      for (const streamId of streams) this.#leave(streamId);
    }
  }

  #waiting(streams: readonly StreamId[]): number {
    return Math.max(...streams.map((streamId) => this.#queues.get(streamId)?.length ?? 0));
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
