/** @property onOutage    called when nothing could be read, with why
 *  @property onRecovered called when something could, after an outage */
export type HealthOptions = {
  readonly onOutage: (error: unknown) => void;
  readonly onRecovered: () => void;
};

/** Whether the source answers, as the last attempt found it. */
export type Health = { failed(error: unknown): void; answered(): void };

/** Tells of an outage once, and of its end. */
export function createHealth({ onOutage, onRecovered }: HealthOptions): Health {
  let isDown = false;
  return {
    failed(error) {
      if (isDown) return;
      isDown = true;
      onOutage(error);
    },
    answered() {
      if (!isDown) return;
      isDown = false;
      onRecovered();
    },
  };
}
