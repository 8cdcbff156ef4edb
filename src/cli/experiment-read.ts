import { findExperiment } from '../commands/experiment.ts';
import type { ExperimentId, TenantId } from '../events/ids.ts';
import type { ExperimentInput } from '../experiment-report/input.ts';
import { type AskedReport, readModelsOfReport, readRows } from '../experiment-report/read-rows.ts';
import { UserError } from './command.ts';
import { withRows } from './with-rows.ts';
import type { TerminalRuntime } from './with-runtime.ts';

/** @property run undefined = the last one */
export type ReadExperiment = AskedReport & {
  readonly tenant: TenantId;
  readonly experiment: ExperimentId;
  readonly run: number | undefined;
};

/** What a report needs, from the read models as of now.
 *  @throws UserError for an experiment that is not there, or never ran */
export async function readExperiment(runtime: TerminalRuntime, asked: ReadExperiment): Promise<ExperimentInput> {
  const { tenant, experiment } = asked;
  const found = await findExperiment(runtime, tenant, experiment);
  if (found.phase === 'absent') throw new UserError(`There is no experiment ${experiment} in tenant ${tenant}.`);
  if (found.run === 0) throw new UserError(`${experiment} never ran: there is nothing to report.`);
  const run = asked.run ?? found.run;
  if (run > found.run) throw new UserError(`${experiment} has had ${found.run} runs; there is no run ${run}.`);
  return await withRows(runtime, readModelsOfReport, (generations) =>
    readRows(runtime.database, generations, { tenant, experiment, run }, found.definition, asked),
  );
}
