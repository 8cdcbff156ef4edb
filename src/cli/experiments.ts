import type { CliCommand } from './command.ts';
import { addExperimentImport } from './experiment-import-command.ts';
import { addExperimentReport } from './experiment-report-command.ts';

/** `sandai experiments import | report`. */
export const experimentsCommand: CliCommand = (program, context) => {
  const experiments = program.command('experiments').description('experiments: what took place elsewhere, and reports');
  addExperimentImport(experiments, context);
  addExperimentReport(experiments, context);
};
