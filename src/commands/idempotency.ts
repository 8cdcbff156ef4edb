/** How a call under a key was answered: `ran` = this call did the work; `remembered` = an earlier call of this process did;
 *  `busy` = another call is still at it. */
export type Gated<Ran, Kept> =
  | { readonly kind: 'ran'; readonly value: Ran }
  | { readonly kind: 'remembered'; readonly kept: Kept }
  | { readonly kind: 'busy' };

/** @property waitMs      how long a call waits for the one that is at work
 *  @property maxFinished finished answers remembered at least; at most twice as many are
 *  @property isCurrent   whether a remembered answer still counts */
export type GateOptions<Kept> = {
  readonly waitMs: number;
  readonly maxFinished: number;
  readonly isCurrent: (kept: Kept) => boolean;
};

type Waiter = (ended: boolean) => void;

/** Lets one call per key work at a time in this process, and answers repeated ones from memory, so that duplicates do not
 *  reach the database. A shortcut: what makes a key count once is its record in the database. */
export class IdempotencyGate<Kept> {
  readonly #running = new Map<string, Waiter[] | null>();
  // two generations instead of a list in order of use: remembering moves nothing
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();
  readonly #options: GateOptions<Kept>;

  constructor(options: GateOptions<Kept>) {
    this.#options = options;
  }

  /** Works, or waits for the call under the same key that is at work.
   *  @param name    tenant, scope and key
   *  @param work    gives its answer, and what to remember of it; null = nothing, the next call works again
   *  @throws what `work` throws */
  async run<Ran>(
    name: string,
    work: () => Promise<{ readonly value: Ran; readonly kept: Kept | null }>,
  ): Promise<Gated<Ran, Kept>> {
    let deadline = 0;
    for (;;) {
      const kept = this.#young.get(name) ?? this.#old.get(name);
      if (kept !== undefined && this.#options.isCurrent(kept)) return { kind: 'remembered', kept };
      if (!this.#running.has(name)) return this.#work(name, work);
      const now = performance.now();
      if (deadline === 0) deadline = now + this.#options.waitMs;
      if (now >= deadline || !(await this.#ended(name, deadline - now))) return { kind: 'busy' };
    }
  }

  async #work<Ran>(
    name: string,
    work: () => Promise<{ readonly value: Ran; readonly kept: Kept | null }>,
  ): Promise<Gated<Ran, Kept>> {
    this.#running.set(name, null);
    try {
      const { value, kept } = await work();
      if (kept !== null) this.#remember(name, kept);
      return { kind: 'ran', value };
    } finally {
      const waiters = this.#running.get(name);
      this.#running.delete(name);
      if (waiters) for (const waiter of waiters) waiter(true);
    }
  }

  /** Resolves when the call at work has ended, with false when the time is over first. */
  #ended(name: string, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiters = this.#running.get(name) ?? [];
      this.#running.set(name, waiters);
      const timer = setTimeout(() => resolve(false), ms);
      waiters.push((ended) => {
        clearTimeout(timer);
        resolve(ended);
      });
    });
  }

  #remember(name: string, kept: Kept): void {
    if (this.#young.size >= this.#options.maxFinished) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, kept);
  }
}
