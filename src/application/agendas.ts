import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../ports/database.ts';
import { type RunningPeriodic, runPeriodically } from '../processors/periodic.ts';
import { type Agenda, type AgendaRun, agendaRunner } from '../reactors/agenda.ts';

/** @property onProblem called when an agenda, or one thing on it, starts to fail; it goes on trying by itself
 *  @property now       milliseconds since 1970 */
export type AgendasOptions = {
  readonly database: Database;
  readonly agendas: readonly Agenda[];
  readonly leaseMs: number;
  readonly owner?: string;
  readonly onProblem: (agenda: string, error: unknown) => void;
  readonly now: () => number;
};

/** @property failing things that are due and could not be done in the last round of this process; @property overdueMs age of the oldest */
export type AgendaStatus = {
  readonly name: string;
  readonly held: boolean;
  readonly failing: number;
  readonly overdueMs: number;
  readonly problem: unknown;
};

export type Agendas = {
  status(): readonly AgendaStatus[];
  /** Looks at all agendas that this process holds now, instead of at their next time. */
  nudge(): void;
  stop(): Promise<void>;
};

/** Starts the agendas: of each, one process of the database at a time does what is due. */
export function startAgendas(options: AgendasOptions): Agendas {
  const { database, leaseMs, onProblem, now } = options;
  const owner = options.owner ?? `${hostname()}:${process.pid}:${randomUUID()}`;
  const last = new Map<string, AgendaRun>();
  const running: readonly RunningPeriodic[] = options.agendas.map((agenda) => {
    const runDue = agendaRunner(agenda);
    const name = `agenda:${agenda.name}`;
    const run = async (fence: () => Promise<void>) => {
      const result = await runDue(now(), fence);
      const before = last.get(name)?.failed ?? [];
      last.set(name, result);
      if (before.length === 0) for (const { error } of result.failed.slice(0, 1)) onProblem(name, error);
    };
    return runPeriodically({ name, everyMs: agenda.everyMs, run }, { database, owner, leaseMs, onProblem });
  });
  return {
    status: () =>
      running.map((each) => {
        const result = each.held() ? last.get(each.name) : undefined;
        return {
          name: each.name,
          held: each.held(),
          failing: result?.failed.length ?? 0,
          overdueMs: result?.oldestMs ?? 0,
          problem: each.problem(),
        };
      }),
    nudge: () => {
      for (const each of running) each.nudge();
    },
    async stop() {
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}
