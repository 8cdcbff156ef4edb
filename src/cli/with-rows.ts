import { projections } from '../../projections.config.ts';
import type { EventLog } from '../event-store/port.ts';
import type { Database } from '../ports/database.ts';
import type { Generations, Projection } from '../ports/projection.ts';
import { createGenerations, generationLookup } from '../processors/generations.ts';
import { followTail } from '../processors/log-tail.ts';
import { projectionSource } from '../processors/projection-source.ts';
import { startProcessors } from '../processors/start.ts';
import { UserError } from './command.ts';

/** Most events in a step: nobody waits for the rows of a few, as players do of a server. */
const batchSize = 20_000;
const sliceMs = 2_000;
const patienceMs = 600_000;

/** Lets `use` read from read models that hold everything up to now. Where no process feeds them, this one does meanwhile.
 *  @throws UserError when they do not get there */
export async function withRows<T>(
  { log, database, signal }: { readonly log: EventLog; readonly database: Database; readonly signal: AbortSignal },
  wanted: readonly Projection[],
  use: (generations: Generations) => Promise<T>,
): Promise<T> {
  const tail = await followTail(log);
  const generations = createGenerations(database, projections);
  const lookUp = generationLookup(database);
  const problems = new Map<string, unknown>();
  const sources = wanted.map((projection) => projectionSource(projection, lookUp, batchSize));
  const onProblem = (name: string, error: unknown) => void problems.set(name, error);
  const processors = startProcessors({ database, tail, sources, generations, onProblem });
  try {
    const now = await log.positions();
    const until = performance.now() + patienceMs;
    for (const { name } of wanted)
      while (!(await processors.waitFor(name, now, sliceMs))) {
        signal.throwIfAborted();
        if (performance.now() < until) continue;
        const reason = problems.get(name) instanceof Error ? ` ${(problems.get(name) as Error).message}` : '';
        throw new UserError(`${name} is behind the log: see \`npx sandai projections status\`.${reason}`);
      }
    return await use(generations);
  } finally {
    await processors.stop();
    await tail.stop();
  }
}
