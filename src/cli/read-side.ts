import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { Database } from '../ports/database.ts';
import type { Generations, Projection } from '../ports/projection.ts';
import { checkpointsOf } from '../processors/checkpoints.ts';
import { type Follower, followLog } from '../processors/follower.ts';
import { createGenerations, generationLookup, processorName } from '../processors/generations.ts';
import { followTail, type LogTail, type TailOptions } from '../processors/log-tail.ts';
import type { ProcessorSettings } from '../processors/processor.ts';
import { projectionSource } from '../processors/projection-source.ts';
import { type Processors, startProcessors } from '../processors/start.ts';
import { type Boards, createBoards } from '../projections/boards.ts';
import { configVariants } from '../projections/config-variants.ts';
import { experiments } from '../projections/experiments.ts';
import { leaderboards } from '../projections/leaderboards.ts';
import { createMatchmakingQueue, type MatchmakingQueue } from '../projections/matchmaking-queue.ts';
import { matchmakingTickets } from '../projections/matchmaking-tickets.ts';
import { createRemoteConfig, type RemoteConfig } from '../projections/remote-config.ts';
import { createRevokedSessions, type RevokedSessions } from '../projections/revoked-sessions.ts';
import { sessionRevocations } from '../projections/session-revocations.ts';

/** The read side of one process: read models, what follows the log in memory, and waiting for positions. */
export type ReadSide = {
  readonly tail: LogTail;
  readonly generations: Generations;
  readonly processors: Processors;
  readonly boards: Boards;
  readonly revokedSessions: RevokedSessions;
  readonly matchmakingQueue: MatchmakingQueue;
  readonly remoteConfig: RemoteConfig;
  /** Followers of the four views above, by the views' names. */
  readonly followers: ReadonlyMap<string, Follower>;
  stop(): Promise<void>;
};

/** @property process   false in a process that only reads: others feed the tables
 *  @property onProblem called when something starts to fail that is tried again by itself
 *  @property onSkipped called with each event that a view in memory could not take */
export type ReadSideOptions = {
  readonly log: EventLog;
  readonly database: Database;
  readonly projections: readonly Projection[];
  readonly process?: boolean;
  readonly batchSize?: number;
  readonly settings?: Partial<ProcessorSettings>;
  readonly tail?: TailOptions;
  readonly maxClosedEntries?: number;
  readonly onProblem: (name: string, error: unknown) => void;
  readonly onSkipped: (view: string, event: RecordedEvent, error: unknown) => void;
};

const rowsTimeoutMs = 5_000;

/** A read model is too far behind the log to answer from. */
export class ReadModelBehind extends Error {
  override readonly name = 'ReadModelBehind';
  constructor(projection: string) {
    super(`${projection} is behind the log: see "npx sandai projections status", and retry later`);
  }
}

/** Starts processors and views; resolves when the views are loaded. Needs `ensureProjections` to have run. */
export async function startReadSide(options: ReadSideOptions): Promise<ReadSide> {
  const { log, database, projections, onProblem, onSkipped } = options;
  const tail = await followTail(log, options.tail);
  const generations = createGenerations(database, projections);
  const lookUp = generationLookup(database);
  const sources =
    options.process === false
      ? []
      : projections.map((projection) => projectionSource(projection, lookUp, options.batchSize));
  const processors = startProcessors({
    database,
    tail,
    sources,
    generations,
    onProblem,
    ...(options.settings && { settings: options.settings }),
  });
  const checkpoints = (projection: Projection) => async (): Promise<LogPosition> =>
    checkpointsOf(database, processorName(projection.name, await generations.latest(projection.name)));
  const followers = new Map<string, Follower>();
  const boards = createBoards({
    sql: database,
    generations,
    checkpoints: checkpoints(leaderboards),
    waitForRows: async () => {
      const position = new Map(followers.get('boards')?.appliedUpTo() ?? tail.positions());
      if (!(await processors.waitFor(leaderboards.name, position, rowsTimeoutMs)))
        throw new ReadModelBehind(leaderboards.name);
    },
    ...(options.maxClosedEntries !== undefined && { maxClosedEntries: options.maxClosedEntries }),
  });
  const revokedSessions = createRevokedSessions(database, generations, checkpoints(sessionRevocations));
  const matchmakingQueue = createMatchmakingQueue(database, generations, checkpoints(matchmakingTickets));
  const remoteConfig = createRemoteConfig(database, generations, [
    checkpoints(experiments),
    checkpoints(configVariants),
  ]);
  const stop = async () => {
    await Promise.all([...followers.values()].map((follower) => follower.stop()));
    await processors.stop();
    await tail.stop();
  };
  try {
    for (const view of [boards, revokedSessions, matchmakingQueue, remoteConfig])
      followers.set(view.name, await followLog(view, tail, { onSkipped }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { tail, generations, processors, boards, revokedSessions, matchmakingQueue, remoteConfig, followers, stop };
}
