/** @property maxFinished finished answers remembered at least; at most twice as many are
 *  @property isCurrent   whether a remembered answer still counts */
export type GateOptions<Kept> = {
  readonly maxFinished: number;
  readonly isCurrent: (kept: Kept) => boolean;
};

type Waiter = () => void;

/** Lets one call per key work at a time in this process, and remembers answers, so that duplicates do not reach the
 *  database. A shortcut: what makes a key count once is its record in the database.
 *
 *  A call asks for what is remembered, then enters; where another call is at work it waits and asks again; who entered
 *  must leave, whatever happens. A name is tenant, scope and key. */
export class IdempotencyGate<Kept> {
  readonly #running = new Map<string, Waiter[] | null>();
  // two generations instead of a list in order of use: remembering moves nothing
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();
  readonly #options: GateOptions<Kept>;

  constructor(options: GateOptions<Kept>) {
    this.#options = options;
  }

  /** The answer of an earlier call of this process, or undefined. */
  recall(name: string): Kept | undefined {
    const kept = this.#young.get(name) ?? this.#old.get(name);
    return kept !== undefined && this.#options.isCurrent(kept) ? kept : undefined;
  }

  /** Begins to work under a name.
   *  @returns false when another call is at work */
  enter(name: string): boolean {
    if (this.#running.has(name)) return false;
    this.#running.set(name, null);
    return true;
  }

  /** Ends the work, and lets those who wait go on.
   *  @param kept what to remember; undefined = nothing, the next call works again */
  leave(name: string, kept: Kept | undefined): void {
    if (kept !== undefined) this.#remember(name, kept);
    const waiters = this.#running.get(name);
    this.#running.delete(name);
    if (waiters) for (const waiter of waiters) waiter();
  }

  /** Forgets the remembered answers that are meant. */
  forget(isMeant: (kept: Kept) => boolean): void {
    for (const answers of [this.#young, this.#old])
      for (const [name, kept] of answers) if (isMeant(kept)) answers.delete(name);
  }

  /** Resolves when the call at work leaves, with false when the time is over first. */
  wait(name: string, ms: number): Promise<boolean> {
    if (!this.#running.has(name)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiters = this.#running.get(name) ?? [];
      this.#running.set(name, waiters);
      const timer = setTimeout(() => resolve(false), ms);
      waiters.push(() => {
        clearTimeout(timer);
        resolve(true);
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
