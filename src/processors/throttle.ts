import { setTimeout } from 'node:timers/promises';

/** Holds work back to so many units a second on average.
 *  @param perSecond undefined = as fast as possible
 *  @param signal    holds nothing back any more from its abort on */
export function createThrottle(
  perSecond: number | undefined,
  signal?: AbortSignal,
  clock: { readonly now: () => number; readonly sleep: (ms: number) => Promise<unknown> } = {
    now: () => performance.now(),
    sleep: (ms) => setTimeout(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
  },
): (units: number) => Promise<void> {
  if (perSecond === undefined) return async () => {};
  let freeAt = clock.now();
  return async (units) => {
    freeAt = Math.max(freeAt, clock.now() - 1_000) + (units / perSecond) * 1_000;
    const pause = freeAt - clock.now();
    if (pause > 0) await clock.sleep(pause);
  };
}
