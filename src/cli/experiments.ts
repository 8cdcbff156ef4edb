import type { CliCommand } from './command.ts';
import { addExperimentImport } from './experiment-import-command.ts';
import { addExperimentPlan } from './experiment-plan-command.ts';
import { addExperimentReport } from './experiment-report-command.ts';

/** `sandai experiments plan | import | report`. */
export const experimentsCommand: CliCommand = (program, context) => {
  const experiments = program
    .command('experiments')
    .description('experiments: plans, imports, and what they have shown');
  addExperimentPlan(experiments, context);
  addExperimentImport(experiments, context);
  addExperimentReport(experiments, context);
};
