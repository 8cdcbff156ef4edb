import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { experimentNamePattern } from '../events/analytics.ts';
import type { ExperimentId, TenantId } from '../events/ids.ts';
import { listTenants } from '../security/tenants.ts';
import { type CliContext, UserError } from './command.ts';
import { type CsvColumns, csvCohorts, csvRows } from './experiment-csv.ts';
import { importExperiment } from './experiment-import.ts';
import { progressDisplay } from './progress.ts';
import { parseTenant } from './token.ts';
import { withRuntime } from './with-runtime.ts';

export const columnOptions = () => [
  new Option('--player-column <name>', 'the column that names the player').default('userid'),
  new Option('--cohort-column <name>', 'the column that names the cohort').default('version'),
];

/** Reads the name of an experiment from the command line. */
export function parseExperiment(text: string): ExperimentId {
  if (experimentNamePattern.test(text)) return text as ExperimentId;
  throw new InvalidArgumentError('It is 1 to 64 letters, digits, dots, underscores or dashes.');
}

type ImportOptions = {
  experiment: ExperimentId;
  tenant: TenantId;
  control?: string;
  playerColumn: string;
  cohortColumn: string;
};

const help = `
Each row becomes the exposure of a player and an analytics event with what came of it; a file is read twice, and nothing is written when
it is not in order. Imported again, it adds nothing; broken off, the same command goes on. Give imports a tenant of their own where they
should not count as activity of your players.

Example:
  npx sandai experiments import cookie_cats.csv.gz --experiment gates --tenant analysis`;

/** `sandai experiments import`. */
export function addExperimentImport(experiments: Command, { settings, out, note }: CliContext): void {
  const command = experiments
    .command('import')
    .description('turn an experiment that took place elsewhere into events')
    .argument('<csv>', 'one row for each player; .gz is unpacked')
    .addOption(new Option('--experiment <name>', 'its name here').argParser(parseExperiment).makeOptionMandatory())
    .addOption(new Option('--tenant <tenant>', 'where').default('default').argParser(parseTenant))
    .option('--control <cohort>', 'what the others are compared with; the first by name when left out')
    .addHelpText('after', help);
  for (const option of columnOptions()) command.addOption(option);
  command.action(async (file: string, options: ImportOptions) => {
    const { experiment, tenant } = options;
    const columns: CsvColumns = { player: options.playerColumn, cohort: options.cohortColumn };
    const cohorts = await csvCohorts(file, columns);
    const total = cohorts.reduce((sum, { players }) => sum + players, 0);
    await withRuntime(settings(), note, async (runtime) => {
      if (!(await listTenants(runtime.database)).some((each) => each.tenant === tenant))
        throw new UserError(`There is no tenant ${tenant}: make it with \`npx sandai tenant create ${tenant}\`.`);
      const display = progressDisplay(process.stderr, undefined, 'players');
      const startedAt = performance.now();
      const seconds = () => Math.max(0.001, (performance.now() - startedAt) / 1000);
      const onProgress = (events: number) => {
        if (events % 500 > 0) return;
        const eventsPerSecond = events / seconds();
        display.show({ events, total, eventsPerSecond, etaSeconds: (total - events) / eventsPerSecond });
      };
      try {
        const { run, imported, known } = await importExperiment(runtime, {
          ...{ tenant, experiment, cohorts, onProgress, signal: runtime.signal, now: Date.now },
          source: basename(file),
          control: options.control ?? cohorts[0]?.cohort ?? '',
          rows: csvRows(file, columns),
        });
        display.end();
        out(
          `${experiment}, run ${run}: ${imported} players imported, ${known} were there already (${seconds().toFixed(1)} s).`,
        );
      } finally {
        display.end();
      }
    });
  });
}
