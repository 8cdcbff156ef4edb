import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { reportPage } from '../experiment-report/html/document.ts';
import type { ExperimentInput } from '../experiment-report/input.ts';
import { reportJson } from '../experiment-report/json.ts';
import { makeReport } from '../experiment-report/make-report.ts';
import type { ExperimentReport } from '../experiment-report/report.ts';
import { type AskedMetric, cohortInput, metricsOf } from '../experiment-report/tally.ts';
import { terminalSections } from '../experiment-report/terminal.ts';
import { type CliContext, UserError } from './command.ts';
import { csvCohorts } from './experiment-csv.ts';
import { parseMetric } from './experiment-metric.ts';
import { table } from './table.ts';

type ReportOptions = {
  csv: string;
  playerColumn: string;
  cohortColumn: string;
  control?: string;
  metric?: AskedMetric[];
  json?: boolean;
  html?: string;
};

const reportExamples = `
Metrics:
  --metric retention_7                    a goal of which more is better; a share when all numbers are 0 or 1
  --metric crashes:mean:lower             a goal of which less is better
  --metric retention_1:guardrail=0.01     may fall by a percentage point, not more

Example:
  sandai experiments report gates --csv cookie_cats.csv.gz --html gates.html`;

/** `sandai experiments report`. */
export function addExperimentReport(experiments: Command, { out, note }: CliContext): void {
  experiments
    .command('report')
    .description('show whether the cohorts of an experiment differ: as a table, as JSON, or as a page with plots')
    .argument('<experiment>', 'its name')
    .requiredOption('--csv <file>', 'one row for each player; .gz is unpacked')
    .option('--player-column <name>', 'the column that names the player', 'userid')
    .option('--cohort-column <name>', 'the column that names the cohort', 'version')
    .option('--control <cohort>', 'what the others are compared with; the first by name when left out')
    .addOption(
      new Option('--metric <metric>', 'which one, and how; more than once; all when left out').argParser(parseMetric),
    )
    .addOption(new Option('--json', 'print JSON').conflicts('html'))
    .option('--html <file>', 'write a page')
    .addHelpText('after', reportExamples)
    .action(async (experiment: string, options: ReportOptions) => {
      const report = reportOf(await inputFromCsv(experiment, options));
      if (options.json) return out(JSON.stringify(reportJson(report), null, 2));
      if (options.html === undefined) return showReport(report, out);
      writeFileSync(options.html, reportPage(report, new Date()));
      for (const warning of report.warnings) note(`WARNING  ${warning}`);
      note(`Written to ${options.html}.`);
    });
}

async function inputFromCsv(experiment: string, options: ReportOptions): Promise<ExperimentInput> {
  const { csv, playerColumn, cohortColumn, metric = [] } = options;
  const cohorts = await csvCohorts(csv, { player: playerColumn, cohort: cohortColumn });
  return {
    experiment,
    control: options.control ?? cohorts[0]?.cohort ?? '',
    cohorts: cohorts.map((each) => cohortInput(each, 1, [])),
    metrics: metricsOf(cohorts, metric),
  };
}

function reportOf(input: ExperimentInput): ExperimentReport {
  try {
    return makeReport(input);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`${error.message} There are ${input.cohorts.map(({ cohort }) => cohort).join(', ')}.`);
  }
}

function showReport(report: ExperimentReport, out: (line: string) => void): void {
  for (const [index, { lines, rows }] of terminalSections(report).entries()) {
    if (index > 0) out('');
    for (const line of lines) out(line);
    for (const line of table(rows)) out(line);
  }
}
