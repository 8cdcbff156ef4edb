/** A nap that ends early when somebody calls. */
export type Waker = {
  /** Resolves after `ms`, or at once when {@link wake} was called since the last wait. */
  wait(ms: number): Promise<void>;
  wake(): void;
};

export function createWaker(): Waker {
  let called = false;
  let end: (() => void) | undefined;
  return {
    async wait(ms) {
      if (!called && ms > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        end = undefined;
      }
      called = false;
    },
    wake() {
      called = true;
      end?.();
    },
  };
}
