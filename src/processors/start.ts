import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { LogPosition } from '../event-store/port.ts';
import type { Database } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { LogTail } from './log-tail.ts';
import { createPassing } from './passing.ts';
import { defaultProcessorSettings, type ProcessorSettings, type ProcessorSource } from './processor.ts';
import { runProcessor } from './runner.ts';
import { createWait } from './wait.ts';

/** @property sources     what to run; none in a process that only reads
 *  @property generations the ones that this process's queries use, so that a wait and the query after it mean the same tables
 *  @property onProblem   called when a processor starts to fail; it goes on trying by itself */
export type ProcessorsOptions = {
  readonly database: Database;
  readonly tail: LogTail;
  readonly sources: readonly ProcessorSource[];
  readonly generations: Generations;
  readonly settings?: Partial<ProcessorSettings>;
  readonly owner?: string;
  readonly onProblem: (processor: string, error: unknown) => void;
};

/** The processors of one process.
 *  @property status partitions held here and the present failure, per processor; for lag over all processes see `processorStatus` */
export type Processors = {
  status(): readonly {
    readonly name: string;
    readonly key: string | null;
    readonly held: number;
    readonly stopped: number;
    readonly problem: unknown;
  }[];
  /** Waits until the rows hold everything up to a position, whichever process writes them. Queries after it read tables that do.
   *  @param name a read model, or a processor
   *  @returns false when the time is over */
  waitFor(name: string, position: LogPosition, timeoutMs: number): Promise<boolean>;
  /** Ends after the batches in flight; other processes may take over at once. */
  stop(): Promise<void>;
};

/** Starts to share the processors' partitions with the other processes of this database. */
export function startProcessors(options: ProcessorsOptions): Processors {
  const { database, tail, generations, onProblem } = options;
  const settings = { ...defaultProcessorSettings, ...options.settings };
  const owner = options.owner ?? `${hostname()}:${process.pid}:${randomUUID()}`;
  const heartbeat = createHeartbeat(database, owner, settings.leaseMs);
  const passing = createPassing(database, owner, settings);
  const context = { database, tail, owner, heartbeat, passing, settings, onProblem };
  const running = options.sources.map((source) => runProcessor(source, context));
  const wait = createWait(database, generations, running);
  return {
    status: () =>
      running.map((each) => ({
        name: each.name,
        key: each.key(),
        held: each.held().size,
        stopped: [...each.held().values()].filter((hold) => hold.poison !== null).length,
        problem: each.problem(),
      })),
    waitFor: wait,
    async stop() {
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}
