import { InvalidArgumentError, Option } from 'commander';
import { projections } from '../../projections.config.ts';
import type { Projection } from '../ports/projection.ts';
import type { ReplayProgress, Unreadable } from '../replay/build.ts';
import { momentText } from '../replay/moment.ts';
import { parseOutput } from '../replay/output.ts';
import { replay } from '../replay/replay.ts';
import { type CliCommand, UserError } from './command.ts';
import { progressDisplay } from './progress.ts';
import { withReplay } from './with-replay.ts';

export const asOfOption = () =>
  new Option(
    '--as-of <moment>',
    'a time (2026-11-21T12:00:00Z), a position (a Sandai-Position header, or 3-1200 for partition 3), or now',
  ).default('now');
export const tenantOption = () => new Option('--tenant <tenant>', 'only events of this tenant');
export const jsonOption = () => new Option('--json', 'print JSON');
export const rateOption = () =>
  new Option(
    '--max-rate <events>',
    'read at most so many events a second, so that live traffic keeps its speed',
  ).argParser((text) => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number, for example 20000.');
    return Number(text);
  });

export function parseProjection(name: string): Projection {
  const found = projections.find((each) => each.name === name);
  if (found === undefined)
    throw new InvalidArgumentError(`There are ${projections.map((each) => each.name).join(', ')}.`);
  return found;
}

/** Progress on the error stream, and what could not be read: each by its place, up to a few. */
export function replayReport(note: (line: string) => void) {
  const display = progressDisplay(process.stderr);
  const startedAt = performance.now();
  let startEvents: number | undefined;
  let unreadable = 0;
  return {
    onProgress({ events, total }: ReplayProgress) {
      startEvents ??= events;
      const seconds = Math.max(0.001, (performance.now() - startedAt) / 1000);
      const eventsPerSecond = (events - startEvents) / seconds;
      const etaSeconds = eventsPerSecond > 0 ? (total - events) / eventsPerSecond : null;
      display.show({ events, total, eventsPerSecond, etaSeconds });
    },
    onUnreadable({ event, reason }: Unreadable) {
      unreadable += 1;
      if (unreadable <= 10)
        note(`Passed over ${event.type} at partition ${event.partition} position ${event.position}: ${reason}`);
    },
    end() {
      display.end();
      if (unreadable > 10) note(`Passed over ${unreadable} events in all that could not be read.`);
      return unreadable;
    },
  };
}

type Options = {
  readonly asOf: string;
  readonly out: string;
  readonly format?: string;
  readonly tenant?: string;
  readonly where?: string;
  readonly table?: readonly string[];
  readonly maxRate?: number;
  readonly json?: boolean;
};

/** `sandai replay <projection> --as-of <moment> --out <target>`. */
export const replayCommand: CliCommand = (program, { settings, out, note }) => {
  program
    .command('replay')
    .description('build a projection as it was at any moment, without touching the live tables')
    .argument('<projection>', 'see `sandai projections list`', parseProjection)
    .addOption(asOfOption())
    .addOption(tenantOption())
    .option('--where <condition>', 'only rows that meet a condition of SQL, as in "season = \'spring\'"')
    .option('--table <name...>', 'only these tables of the projection')
    .requiredOption(
      '--out <target>',
      'a directory, a file ending with .parquet, .csv, .jsonl or .duckdb, or postgres:<new schema>',
    )
    .option('--format <format>', 'of the files in a directory: parquet, csv or jsonl (default: parquet)')
    .addOption(rateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npx sandai replay leaderboards --as-of 2026-05-01T00:00:00Z --out spring.duckdb
  npx sandai replay leaderboards --as-of 3-1200 --tenant acme --where "season = 'spring'" --table leaderboard_entries --out entries.csv

Interrupted by Ctrl-C or killed, the same command with the same moment goes on where it was.`,
    )
    .action(async (projection: Projection, options: Options) => {
      const report = replayReport(note);
      await withReplay(settings(), note, async (context) => {
        const { moment, written } = await replay(context, {
          projection,
          asOf: options.asOf,
          output: parseOutput(options.out, options.format),
          onProgress: report.onProgress,
          onUnreadable: report.onUnreadable,
          onMoment: ({ token }) => {
            if (options.asOf === 'now') note(`As of now is --as-of ${token}`);
          },
          signal: context.signal,
          ...(options.tenant !== undefined && { tenant: options.tenant }),
          ...(options.where !== undefined && { where: options.where }),
          ...(options.table !== undefined && { tables: options.table }),
          ...(options.maxRate !== undefined && { maxEventsPerSecond: options.maxRate }),
        });
        const unreadable = report.end();
        if (options.json) out(JSON.stringify({ as_of: momentText(moment), unreadable, tables: written }, null, 2));
        else {
          out(`${projection.name} as of ${momentText(moment)}`);
          for (const { table, rows, path } of written) out(`  ${table}: ${rows} rows in ${path}`);
        }
        if (unreadable > 0) throw new UserError(`${unreadable} events could not be read: everything else was built.`);
      }).finally(report.end);
    });
};
