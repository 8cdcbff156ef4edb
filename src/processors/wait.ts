import type { LogPosition } from '../event-store/port.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { checkpointsOf, covers } from './checkpoints.ts';
import { processorName } from './generations.ts';
import type { RunningProcessor } from './runner.ts';
import { createWaker } from './waker.ts';

const firstPollMs = 5;
const lastPollMs = 100;

const seenHere = (running: RunningProcessor): LogPosition =>
  new Map([...running.held().values()].map(({ partition, seen }) => [partition, seen]));

/** Waits for checkpoints: those of this process by its own steps, all others by polling. */
export function createWait(sql: Sql, generations: Generations, running: readonly RunningProcessor[]) {
  const reached = async (name: string, here: RunningProcessor | undefined, position: LogPosition): Promise<boolean> => {
    const isReadModel = generations.has(name);
    const cached = isReadModel ? processorName(name, await generations.of(name)) : name;
    if (here?.key() === cached && covers(seenHere(here), position)) return true;
    const key = isReadModel ? processorName(name, await generations.latest(name)) : name;
    return covers(await checkpointsOf(sql, key), position);
  };

  return async (name: string, position: LogPosition, timeoutMs: number): Promise<boolean> => {
    const here = running.find((each) => each.name === name);
    const deadline = performance.now() + timeoutMs;
    const waker = createWaker();
    const unsubscribe = here?.onStep(waker.wake);
    try {
      for (let pauseMs = firstPollMs; ; pauseMs = Math.min(lastPollMs, pauseMs * 2)) {
        if (await reached(name, here, position)) return true;
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) return false;
        await waker.wait(Math.min(pauseMs, leftMs));
      }
    } finally {
      unsubscribe?.();
    }
  };
}
