import type { Database } from '../ports/database.ts';
import type { LogTail } from '../processors/log-tail.ts';
import { agendasOf } from './agenda-list.ts';
import { type Agendas, startAgendas } from './agendas.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';
import { reactorsOf } from './reactor-list.ts';
import { type Reactors, startReactors } from './reactors.ts';

/** @property now milliseconds since 1970 */
export type AutomationOptions = Omit<AutomationDependencies, 'sql'> & {
  readonly database: Database;
  readonly tail: LogTail;
  readonly leaseMs: number;
  readonly now: () => number;
};

/** What runs without a client behind it: reactors answer to events, agendas do what is due. */
export type Automation = {
  readonly reactors: Reactors;
  readonly agendas: Agendas;
  /** Ends after what is in hand; other processes may take over at once. */
  stop(): Promise<void>;
};

/** Starts every reactor and agenda of the application. */
export async function startAutomation(options: AutomationOptions): Promise<Automation> {
  const { database, tail, generations, leaseMs, log, now } = options;
  const dependencies: AutomationDependencies = { ...options, sql: database };
  const reactors = await startReactors({
    database,
    tail,
    generations,
    reactors: reactorsOf(dependencies),
    settings: { leaseMs },
    onProblem: (name, error) => log.error({ processor: name, err: error }, 'a reactor fails and tries again'),
    now,
  });
  const agendas = startAgendas({
    database,
    agendas: agendasOf(dependencies),
    leaseMs,
    onProblem: (name, error) => log.error({ agenda: name, err: error }, 'an agenda fails and tries again'),
    now,
  });
  return {
    reactors,
    agendas,
    async stop() {
      await agendas.stop();
      await reactors.stop();
    },
  };
}
