import type { LogPosition } from '../event-store/port.ts';
import type { Database } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { ensureCheckpoints, ensureCheckpointsAtEnd } from '../processors/checkpoints.ts';
import type { LogTail } from '../processors/log-tail.ts';
import type { ProcessorSettings } from '../processors/processor.ts';
import { type Processors, startProcessors } from '../processors/start.ts';
import type { Reactor } from '../reactors/reactor.ts';
import { reactorProcessor, reactorProcessorName } from '../reactors/reactor-processor.ts';

/** @property onProblem called when a reactor starts to fail; it goes on trying by itself
 *  @property now       milliseconds since 1970 */
export type ReactorsOptions = {
  readonly database: Database;
  readonly tail: LogTail;
  readonly generations: Generations;
  readonly reactors: readonly Reactor[];
  readonly settings?: Partial<ProcessorSettings>;
  readonly owner?: string;
  readonly onProblem: (processor: string, error: unknown) => void;
  readonly now: () => number;
};

/** Reactors at work in this process, sharing the log's partitions with those of other processes.
 *  @property waitFor waits until a reactor has answered to everything up to a position; false when the time is over */
export type Reactors = Pick<Processors, 'status' | 'stop'> & {
  waitFor(reactor: string, position: LogPosition, timeoutMs: number): Promise<boolean>;
};

/** Starts the reactors; those that are new to the database get their checkpoints first. */
export async function startReactors(options: ReactorsOptions): Promise<Reactors> {
  const { database, tail, generations, reactors, now, onProblem } = options;
  for (const { name, from } of reactors) {
    if (from === 'beginning') await ensureCheckpoints(database, reactorProcessorName(name), tail.partitions);
    else await ensureCheckpointsAtEnd(database, reactorProcessorName(name));
  }
  const processors = startProcessors({
    database,
    tail,
    generations,
    sources: reactors.map((reactor) => {
      const processor = reactorProcessor(reactor, now);
      return { name: processor.name, current: async () => processor };
    }),
    onProblem,
    ...(options.settings && { settings: options.settings }),
    ...(options.owner !== undefined && { owner: options.owner }),
  });
  return {
    ...processors,
    waitFor: (reactor, position, timeoutMs) => processors.waitFor(reactorProcessorName(reactor), position, timeoutMs),
  };
}
