/** The calls that run, so that a store can wait for them before it closes. */
export class InFlight {
  #count = 0;
  #closed = false;
  readonly #whenIdle: (() => void)[] = [];

  /** @throws Error when everything is closed */
  refuseWhenClosed(): void {
    if (this.#closed) throw new Error('the event store is closed: open it again');
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    this.refuseWhenClosed();
    this.#count += 1;
    try {
      return await call();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }

  /** Waits until nothing runs; from then on nothing may start. */
  async close(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    this.#closed = true;
  }
}
