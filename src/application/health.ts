import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadSide } from '../cli/read-side.ts';
import type { Health } from '../http/dependencies.ts';
import type { Sql } from '../ports/database.ts';
import type { Processors } from '../processors/start.ts';
import type { Agendas } from './agendas.ts';

const timeoutMs = 2_000;
const freshMs = 500;

const answers = async (sql: Sql): Promise<boolean> => {
  const timer = new AbortController();
  const late = sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const up = sql.query('SELECT 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([up, late]);
  } finally {
    timer.abort();
  }
};

/** What /readyz answers; asked often, it looks at most twice a second.
 *  @param options.processors those of read models and reactors, as they are in this process */
export function createHealth(options: {
  readonly database: Sql;
  readonly readSide: Pick<ReadSide, 'followers'>;
  readonly processors: Processors['status'];
  readonly agendas: Agendas['status'];
  readonly redis: () => 'up' | 'down' | null;
  readonly warnings: () => readonly string[];
}): () => Promise<Health> {
  const { database, readSide, processors, agendas, redis, warnings } = options;
  let last: { readonly at: number; readonly health: Promise<Health> } | undefined;
  const look = async (): Promise<Health> => {
    const up = await answers(database);
    const troubles = processors().flatMap(({ name, problem, stopped }) => [
      ...(problem === undefined ? [] : [`The processor ${name} fails at present and tries again.`]),
      ...(stopped > 0
        ? [`An event stops ${stopped} partitions of ${name}: see \`npx sandai projections status\`.`]
        : []),
    ]);
    const late = agendas().flatMap(({ name, problem, failing }) => [
      ...(problem === undefined ? [] : [`${name} fails at present and tries again.`]),
      ...(failing > 0 ? [`${failing} things of ${name} are due and cannot be done: see the log.`] : []),
    ]);
    const left = [...readSide.followers].flatMap(([view, follower]) =>
      follower.skipped() > 0 ? [`The view ${view} left out ${follower.skipped()} events that it could not read.`] : [],
    );
    const shared = redis();
    return {
      ready: up, // without Redis everything goes on in this process
      dependencies: { database: up ? 'up' : 'down', ...(shared !== null && { redis: shared }) },
      warnings: [...warnings(), ...troubles, ...late, ...left],
    };
  };
  return () => {
    const now = performance.now();
    if (last === undefined || now - last.at > freshMs) last = { at: now, health: look() };
    return last.health;
  };
}
