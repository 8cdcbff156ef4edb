import { writeFileSync } from 'node:fs';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Settings } from '../config/settings.ts';
import type { ExperimentId, TenantId } from '../events/ids.ts';
import { reportPage } from '../experiment-report/html/document.ts';
import type { ExperimentInput } from '../experiment-report/input.ts';
import { reportJson } from '../experiment-report/json.ts';
import { makeReport } from '../experiment-report/make-report.ts';
import type { ExperimentReport } from '../experiment-report/report.ts';
import { type AskedMetric, cohortInput, metricsOf } from '../experiment-report/tally.ts';
import { terminalSections } from '../experiment-report/terminal.ts';
import { type CliContext, UserError } from './command.ts';
import { csvCohorts } from './experiment-csv.ts';
import { columnOptions, parseExperiment } from './experiment-import-command.ts';
import { parseMetric } from './experiment-metric.ts';
import { readExperiment } from './experiment-read.ts';
import { table } from './table.ts';
import { parseTenant } from './token.ts';
import { withRuntime } from './with-runtime.ts';

type ReportOptions = {
  tenant: TenantId;
  csv?: string;
  playerColumn: string;
  cohortColumn: string;
  control?: string;
  run?: number;
  covariateDays: number;
  plannedPlayers?: number;
  metric?: AskedMetric[];
  json?: boolean;
  html?: string;
};

const help = `
Metrics are the numbers of the analytics events that name the experiment, added up for each player; a player without any has 0.
Others are taken from events by their name, within some seconds of the player's exposure; 7 days when left out.
  --metric retention_7                    a goal of which more is better; a share when all numbers are 0 or 1
  --metric crashes:mean:lower             a goal of which less is better
  --metric retention_1:guardrail=0.01     may fall by a percentage point, not more
  --metric spent:event=item_bought:measure=price:within=86400

Examples:
  npx sandai experiments report gates --tenant analysis
  npx sandai experiments report gates --csv cookie_cats.csv.gz --html gates.html`;

const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
};

/** `sandai experiments report`. */
export function addExperimentReport(experiments: Command, { settings, out, note }: CliContext): void {
  const command = experiments
    .command('report')
    .description('show whether the cohorts of an experiment differ: as a table, as JSON, or as a page with plots')
    .addArgument(new Argument('<experiment>', 'its name').argParser(parseExperiment))
    .addOption(new Option('--tenant <tenant>', 'where').default('default').argParser(parseTenant))
    .addOption(new Option('--run <number>', 'which run; the last one when left out').argParser(wholeNumber(1, 999_999)))
    .option('--control <cohort>', 'what the others are compared with; as defined when left out')
    .addOption(
      new Option('--metric <metric>', 'which one, and how; more than once; all when left out').argParser(parseMetric),
    )
    .addOption(
      new Option(
        '--covariate-days <days>',
        "a mean is made sharper by the player's same number of so many days before (CUPED)",
      )
        .default(14)
        .argParser(wholeNumber(0, 365)),
    )
    .addOption(
      new Option(
        '--planned-players <number>',
        'of all cohorts, as planned before the start (default: 10000)',
      ).argParser(wholeNumber(100, 999_999_999)),
    )
    .addOption(new Option('--json', 'print JSON').conflicts('html'))
    .option('--html <file>', 'write a page')
    .option('--csv <file>', 'from a file with one row for each player instead of the log; .gz is unpacked')
    .addHelpText('after', help);
  for (const option of columnOptions()) command.addOption(option);
  command.action(async (experiment: ExperimentId, options: ReportOptions) => {
    const { csv } = options;
    const input =
      csv === undefined
        ? await inputFromLog(settings(), note, experiment, options)
        : await inputFromCsv(experiment, csv, options);
    const { plannedPlayers } = options;
    const report = reportOf({ ...input, ...(plannedPlayers !== undefined && { plannedPlayers }) });
    if (options.json) return out(JSON.stringify(reportJson(report), null, 2));
    if (options.html === undefined) return showReport(report, out);
    writeFileSync(options.html, reportPage(report, new Date()));
    for (const warning of report.warnings) note(`WARNING  ${warning}`);
    note(`Written to ${options.html}.`);
  });
}

function inputFromLog(
  settings: Settings,
  note: (line: string) => void,
  experiment: ExperimentId,
  { tenant, run, control, covariateDays, metric = [] }: ReportOptions,
): Promise<ExperimentInput> {
  const asked = { tenant, experiment, run, control: control ?? null, covariateDays, metrics: metric };
  return withRuntime(settings, note, (runtime) => readExperiment(runtime, asked));
}

async function inputFromCsv(
  experiment: ExperimentId,
  csv: string,
  { playerColumn, cohortColumn, control, metric = [] }: ReportOptions,
): Promise<ExperimentInput> {
  const cohorts = await csvCohorts(csv, { player: playerColumn, cohort: cohortColumn });
  return {
    experiment,
    control: control ?? cohorts[0]?.cohort ?? '',
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
